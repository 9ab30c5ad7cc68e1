package schedule

import (
	"context"
	"errors"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// Sessions does what time asks of facilitated discussions and of the actions that
// came of them. Everything it writes has a key; what is remembered here only spares
// reading.
type Sessions struct {
	All storage.Sessions
	// Tend does what a session needs, and returns how much that was.
	Tend func(ctx context.Context, id session.ID, at time.Time) (int, error)
	// Ready reports whether reminders of actions go out at at; Remind queues those
	// of its day.
	Ready  func(at time.Time) bool
	Remind func(ctx context.Context, at time.Time) (int, error)
	Zone   *time.Location // of the office
	// Queued is called after messages were written; may be nil.
	Queued func()

	mu       sync.Mutex
	reminded analysis.Day // the day of which the reminders are out
}

// sessionsAtOnce is how many sessions are read together.
const sessionsAtOnce = 100

// Run does what is due at at. A session that can not be looked at keeps no other
// from it.
func (s *Sessions) Run(ctx context.Context, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	did, err := s.tend(ctx, at)
	if day := analysis.DayOf(at.In(s.Zone)); s.Ready(at) && day != s.reminded {
		n, wrong := s.Remind(ctx, at)
		if did += n; wrong == nil {
			s.reminded = day
		}
		err = errors.Join(err, wrong)
	}
	if did > 0 && s.Queued != nil {
		s.Queued()
	}
	return err
}

// tend looks at the sessions that go on. Their list is read first: what is done
// changes it.
func (s *Sessions) tend(ctx context.Context, at time.Time) (did int, err error) {
	var ids []session.ID
	for offset := 0; ; offset += sessionsAtOnce {
		heads, total, err := s.All.Sessions(ctx, storage.SessionFilter{Going: true}, offset, sessionsAtOnce)
		if err != nil {
			return 0, err
		}
		for _, h := range heads {
			ids = append(ids, h.ID)
		}
		if offset+sessionsAtOnce >= total {
			break
		}
	}
	for _, id := range ids {
		n, wrong := s.Tend(ctx, id, at)
		did, err = did+n, errors.Join(err, wrong)
	}
	return did, err
}
