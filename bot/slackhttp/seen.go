package slackhttp

import (
	"sync"
	"time"
)

// seen remembers the signatures that were taken in, as long as they would be
// accepted again: 5 minutes either way. Only what Slack signed is remembered, so
// nobody else can fill it; it holds two generations and forgets the older one.
type seen struct {
	mu         sync.Mutex
	now, older map[string]struct{}
	turned     time.Time
}

// first reports whether proof was not seen before, and remembers it.
func (s *seen) first(proof string, at time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || at.Sub(s.turned) >= 2*oldest {
		s.older, s.now, s.turned = s.now, map[string]struct{}{}, at
	}
	_, before := s.older[proof]
	_, again := s.now[proof]
	if before || again {
		return false
	}
	s.now[proof] = struct{}{}
	return true
}

// forget lets proof come again: what it signed was not taken in.
func (s *seen) forget(proof string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.now, proof)
	delete(s.older, proof)
}
