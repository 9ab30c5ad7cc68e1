package bot

import (
	"context"
	"sync"
	"time"

	"klantbot/storage"
)

// job is one envelope that this process took upon itself.
type job struct {
	in       interaction
	received time.Time // wall time
	stored   time.Time // wall time; it is acknowledged right after
	at       time.Time // business time
	resumed  bool      // taken from the inbox: somebody may have begun on it
	lost     context.CancelCauseFunc
	ctx      context.Context

	// settled: finished or put back. Its lease is not moved any more.
	mu      sync.Mutex
	settled bool
}

// newJob puts key under our care. Its context ends when the lease is lost or
// the dispatcher stops.
func (d *Dispatcher) newJob(in interaction, received time.Time) *job {
	j := &job{in: in, received: received, at: d.cfg.Now()}
	j.ctx, j.lost = context.WithCancelCause(d.base)
	return j
}

// hold registers j unless its key is already ours.
func (d *Dispatcher) hold(j *job) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ours := d.held[j.in.key]; ours {
		return false
	}
	d.held[j.in.key] = j
	return true
}

// letGo ends our care for j and gives its place to the next.
func (d *Dispatcher) letGo(j *job) {
	d.mu.Lock()
	delete(d.held, j.in.key)
	d.mu.Unlock()
	d.asking.gave(d.cfg.Wall())
	j.lost(nil)
	d.freed(1)
}

// freed gives n places back, and has the inbox looked through when something
// may lie there for want of one.
func (d *Dispatcher) freed(n int) {
	d.places.Release(int64(n))
	if n == 0 || d.counts.overflow.Load() == 0 {
		return
	}
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// work runs jobs until stopped; what waits then stays in the inbox.
func (d *Dispatcher) work(stopped <-chan struct{}) {
	for {
		select {
		case <-stopped:
			return
		default:
		}
		select {
		case <-stopped:
			return
		case j := <-d.jobs:
			d.perform(j)
			d.letGo(j)
		}
	}
}

// tend takes up what lies in the inbox: from an earlier process, because the
// queue was full, or to be tried again. It also forgets old keys.
func (d *Dispatcher) tend(ctx context.Context) {
	poll := time.NewTicker(d.cfg.Poll)
	defer poll.Stop()
	pruned := time.Time{}
	for {
		d.counts.overflow.Store(0)
		d.takeUp(ctx)
		if now := d.cfg.Wall(); now.Sub(pruned) > time.Hour {
			pruned = now
			d.prune(ctx, now)
		}
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
		case <-d.wake:
		}
	}
}

// takeAtOnce bounds the places that taking up may hold while it asks the inbox:
// never all of them, so that what comes in meanwhile finds one.
func (d *Dispatcher) takeAtOnce() int { return min(16, max(1, (d.cfg.Workers+d.cfg.Queue)/2)) }

// takeUp fills free places from the inbox.
func (d *Dispatcher) takeUp(ctx context.Context) {
	for ctx.Err() == nil {
		free := 0
		for free < d.takeAtOnce() && d.places.TryAcquire(1) {
			free++
		}
		if free == 0 {
			d.counts.overflow.Add(1) // look again when a place comes free
			return
		}
		now := d.cfg.Wall()
		found, err := d.cfg.Inbox.Take(ctx, d.owner, now, now.Add(d.cfg.Lease), now.Add(-answerWithin), free)
		if err != nil && ctx.Err() == nil {
			d.cfg.Log.Error("inbox can not be read", "error", err)
		}
		d.freed(free - len(found))
		for _, e := range found {
			d.resume(ctx, e)
		}
		if len(found) < free {
			return
		}
	}
}

// resume queues an envelope from the inbox; it holds a place already.
func (d *Dispatcher) resume(ctx context.Context, e storage.Envelope) {
	in, err := decode(e.Kind, e.Payload)
	if err != nil {
		d.counts.malformed.Add(1)
		d.places.Release(1)
		d.finish(ctx, e.Key)
		return
	}
	j := d.newJob(in, e.Received)
	j.resumed, j.stored = true, e.Received
	if !d.hold(j) {
		// Our own lease ran out while the database was busy; it still runs.
		j.lost(nil)
		d.places.Release(1)
		return
	}
	d.counts.resumed.Add(1)
	d.jobs <- j
}

// keep moves the leases of what waits and runs, until ctx ends.
func (d *Dispatcher) keep(ctx context.Context) {
	tick := time.NewTicker(d.cfg.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, j := range d.holding() {
			d.extend(ctx, j)
		}
	}
}

// extend moves the lease of j, and stops j when another process has it.
func (d *Dispatcher) extend(ctx context.Context, j *job) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.settled {
		return
	}
	held, err := d.cfg.Inbox.Extend(ctx, j.in.key, d.owner, d.cfg.Wall().Add(d.cfg.Lease))
	switch {
	case err != nil && ctx.Err() == nil:
		d.cfg.Log.Error("lease can not be extended", "key", j.in.key, "error", err)
	case err == nil && !held:
		d.cfg.Log.Warn("lease lost to another process", "key", j.in.key)
		j.lost(errLeaseLost)
	}
}

func (d *Dispatcher) holding() []*job {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]*job, 0, len(d.held))
	for _, j := range d.held {
		all = append(all, j)
	}
	return all
}

// release ends the leases of what was not run, so that the next start need not
// wait for them.
func (d *Dispatcher) release() {
	ctx, cancel := context.WithTimeout(context.Background(), storeWithin)
	defer cancel()
	for _, j := range d.holding() {
		d.postpone(ctx, j, d.cfg.Wall())
	}
	for {
		select {
		case j := <-d.jobs:
			d.letGo(j)
		default:
			return
		}
	}
}

// postpone leaves j in the inbox until until.
func (d *Dispatcher) postpone(ctx context.Context, j *job, until time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.settled = true
	if _, err := d.cfg.Inbox.Extend(ctx, j.in.key, d.owner, until); err != nil {
		d.cfg.Log.Error("envelope can not be put back", "key", j.in.key, "error", err)
	}
}

// conclude marks j as answered.
func (d *Dispatcher) conclude(ctx context.Context, j *job) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.settled = true
	d.finish(ctx, j.in.key)
}

// finish marks key as answered. When that fails the answer may come twice, to
// the asker alone; it never goes missing.
func (d *Dispatcher) finish(ctx context.Context, key string) {
	if err := d.cfg.Inbox.Finish(ctx, key, d.cfg.Wall()); err != nil {
		d.cfg.Log.Error("envelope can not be finished", "key", key, "error", err)
	}
}

func (d *Dispatcher) prune(ctx context.Context, now time.Time) {
	dropped, err := d.cfg.Inbox.Prune(ctx, now.Add(-KeysKept))
	if err != nil && ctx.Err() == nil {
		d.cfg.Log.Error("inbox can not be pruned", "error", err)
	}
	if dropped > 0 {
		d.counts.givenUp.Add(int64(dropped))
		d.cfg.Log.Warn("requests were never answered", "count", dropped)
	}
}
