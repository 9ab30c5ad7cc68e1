package bot

import (
	"sync"
	"time"

	"klantbot/analysis"
)

// rates bounds what one person may ask: a bucket of requests that fills up again.
// Nobody who types and presses by hand empties it; a script or a stuck key does, and
// must not take the answers of colleagues. It is memory alone.
type rates struct {
	burst int           // requests at once
	every time.Duration // in which one more comes

	mu      sync.Mutex
	buckets map[analysis.UserID]*bucket
}

type bucket struct {
	left float64
	at   time.Time
	told time.Time // when they last read that it is too much
}

const (
	mostBuckets = 10_000 // people remembered before the full buckets are forgotten
	tellAgain   = 10 * time.Second
)

// take reports whether user may ask one more thing at now.
func (r *rates) take(user analysis.UserID, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.buckets) >= mostBuckets {
		r.forget(now)
	}
	b := r.buckets[user]
	if b == nil {
		if r.buckets == nil {
			r.buckets = map[analysis.UserID]*bucket{}
		}
		b = &bucket{left: float64(r.burst), at: now}
		r.buckets[user] = b
	}
	b.left = min(float64(r.burst), b.left+r.gained(b, now))
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// tells reports whether it is time to say to user that it was too much: not at every
// request, or the answers would be what is too much.
func (r *rates) tells(user analysis.UserID, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.buckets[user]
	if b == nil || !b.told.IsZero() && now.Sub(b.told) < tellAgain {
		return false
	}
	b.told = now
	return true
}

// gained is what came back to b since it was last used; a clock that went back gives
// nothing.
func (r *rates) gained(b *bucket, now time.Time) float64 {
	return max(0, float64(now.Sub(b.at))/float64(r.every))
}

// forget drops who did not ask for so long that their bucket is full.
func (r *rates) forget(now time.Time) {
	for user, b := range r.buckets {
		if b.left+r.gained(b, now) >= float64(r.burst) {
			delete(r.buckets, user)
		}
	}
}
