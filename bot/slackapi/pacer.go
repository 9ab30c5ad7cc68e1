package slackapi

import (
	"context"
	"sync"
	"time"

	"klantbot/bot"
)

// rate is how often a method may be called.
type rate struct {
	every time.Duration // one more call is allowed each
	burst int           // after being idle
}

func perMinute(n int) rate { return rate{time.Minute / time.Duration(n), max(n/5, 1)} }

// rates are SLACK.md's. chat.postMessage counts a channel; the others count
// for the whole workspace. What is not here is paced by Retry-After alone.
var rates = map[string]rate{
	"chat.postMessage":      {time.Second, 1},
	"chat.postEphemeral":    perMinute(100),
	"chat.update":           perMinute(50),
	"conversations.info":    perMinute(50),
	"files.delete":          perMinute(50),
	"conversations.open":    perMinute(50),
	"conversations.history": perMinute(50),
	"conversations.replies": perMinute(50),
	"users.info":            perMinute(100),
	"users.list":            perMinute(20),
	"views.open":            perMinute(100),
	"views.update":          perMinute(100),
}

// standing says who waits for a turn: a person, or work that can wait.
type standing bool

const (
	ahead  standing = false
	behind standing = true // takes a turn only while half the burst is left to others
)

// turn is one method, or one method in one channel.
type turn struct{ method, key string }

// pacer hands out turns. It spreads calls evenly once a burst is used up (the
// generic cell rate algorithm), and keeps methods that Slack refused for a
// while at rest.
type pacer struct {
	now   func() time.Time
	rates map[string]rate

	mu      sync.Mutex
	due     map[turn]time.Time // when the next call would be exactly on time
	blocked map[string]time.Time
}

func newPacer(unpaced bool) *pacer {
	p := &pacer{now: time.Now, rates: rates, due: map[turn]time.Time{}, blocked: map[string]time.Time{}}
	if unpaced {
		p.rates = nil
	}
	return p
}

// mostTurns bounds the channels that are remembered.
const mostTurns = 4096

// roomToSend is what must be left of the caller's time after waiting: a call
// that begins at the last moment is cut off, and then nobody knows.
const roomToSend = time.Second

// wait blocks until method may be called for key. When that takes longer than
// most, or than ctx has room for, it returns RateLimited at once and nothing is
// reserved. Who stands behind never waits: it is told when to come again, and
// reserves nothing ahead of people.
func (p *pacer) wait(ctx context.Context, method, key string, most time.Duration, who standing) error {
	if deadline, ok := ctx.Deadline(); ok {
		most = min(most, deadline.Sub(p.now())-roomToSend)
	}
	if who == behind {
		most = 0
	}
	after := p.reserve(turn{method, key}, max(most, 0), who)
	if after <= 0 {
		return nil
	}
	if after > most {
		return &bot.RateLimited{After: after}
	}
	timer := time.NewTimer(after)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &bot.RateLimited{After: time.Second} // nothing was sent
	}
}

// reserve returns how long to wait, and takes the turn unless that is more
// than most.
func (p *pacer) reserve(t turn, most time.Duration, who standing) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	rest := p.blocked[t.method].Sub(now)
	r, paced := p.rates[t.method]
	if !paced {
		return max(rest, 0)
	}
	due := p.due[t]
	if due.Before(now) {
		due = now
	}
	burst := r.burst
	if who == behind {
		burst = max(burst/2, 1)
	}
	after := max(due.Sub(now)-time.Duration(burst-1)*r.every, rest, 0)
	if after > most {
		return after
	}
	if len(p.due) >= mostTurns {
		p.tidy(now)
	}
	p.due[t] = due.Add(r.every)
	return after
}

// block keeps method at rest for after, as Slack asked.
func (p *pacer) block(method string, after time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := p.now().Add(after); until.After(p.blocked[method]) {
		p.blocked[method] = until
	}
}

// tidy forgets channels that are idle: those start with a fresh burst anyway.
func (p *pacer) tidy(now time.Time) {
	for t, due := range p.due {
		if due.Before(now) {
			delete(p.due, t)
		}
	}
}
