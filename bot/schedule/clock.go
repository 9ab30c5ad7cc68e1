package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// Task is something that is looked at every minute of business time.
type Task struct {
	Name string
	// Run does what is due at at. It may be called twice for the same minute, and
	// by several processes at once.
	Run func(ctx context.Context, at time.Time) error
}

// Clock runs tasks every minute of business time.
type Clock struct {
	Now   func() time.Time // business time
	Tasks []Task
	Log   *slog.Logger
	Every time.Duration // how often, by the wall, it is looked whether the minute passed; 1 s
	// Looked is called after every task was run at at; may be nil.
	Looked func(at time.Time)
}

// Run runs until ctx ends. A task that fails is tried again the next minute.
func (c Clock) Run(ctx context.Context) {
	every := c.Every
	if every <= 0 {
		every = time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	var last time.Time
	for {
		if now := c.Now(); !now.Truncate(time.Minute).Equal(last) { // also when it jumped back
			last = now.Truncate(time.Minute)
			for _, t := range c.Tasks {
				if err := c.once(ctx, t, now); err != nil && ctx.Err() == nil {
					c.Log.Error("what is due could not be looked at", "task", t.Name, "error", err)
				}
			}
			if c.Looked != nil {
				c.Looked(now)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// once runs t and survives its panics, of which it logs where, not what.
func (c Clock) once(ctx context.Context, t Task, at time.Time) (err error) {
	defer func() {
		if p := recover(); p != nil {
			c.Log.Error("panic while looking at what is due", "task", t.Name, "what", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		}
	}()
	return t.Run(ctx, at)
}
