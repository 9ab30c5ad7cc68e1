package openai

import (
	"sync"
	"time"
)

const (
	tripAfter = 3                // failures of the endpoint in a row
	restFor   = 10 * time.Minute // how long nobody is sent there then
)

// breaker keeps people from waiting for an endpoint that is down.
type breaker struct {
	mu       sync.Mutex
	failures int
	until    time.Time
}

func (b *breaker) allows(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !now.Before(b.until)
}

// record counts a job in which the endpoint failed, or one in which it did not.
func (b *breaker) record(now time.Time, failed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !failed {
		b.failures = 0
		return
	}
	if b.failures++; b.failures >= tripAfter {
		b.failures, b.until = 0, now.Add(restFor)
	}
}
