package workspace

import (
	"net/http"
	"strconv"
	"time"
)

// bucket counts the calls of one method (and channel) in the current minute.
type bucket struct {
	tokens float64
	at     time.Time
}

// roulette throws the dice of the faults for a method: drop says that the
// answer must be dropped after the effect, status is an HTTP failure or 0.
func (s *Server) roulette(method string) (drop bool, status int) {
	if !s.faults.concerns(method) {
		return false, 0
	}
	switch {
	case s.roll(s.faults.RateLimited):
		return false, http.StatusTooManyRequests
	case s.roll(s.faults.ServerError):
		return false, http.StatusServiceUnavailable
	}
	return s.roll(s.faults.DropAnswer), 0
}

// throttle applies Slack's rate of a method as a token bucket whose size is the
// rate a minute (for chat.postMessage: one a second with a burst of five a
// channel). It gives 429 or 0.
func (s *Server) throttle(name string, m apiMethod, a args) int {
	if !s.cfg.RateLimits || m.perMinute == 0 {
		return 0
	}
	key, size := name, float64(m.perMinute)
	if m.byChannel {
		key, size = name+" "+a.text("channel"), 5
	}
	now := s.cfg.Now()
	b := s.buckets[key]
	if b == nil {
		b = &bucket{tokens: size, at: now}
		s.buckets[key] = b
	}
	b.tokens = min(size, b.tokens+now.Sub(b.at).Minutes()*float64(m.perMinute))
	b.at = now
	if b.tokens < 1 {
		return http.StatusTooManyRequests
	}
	b.tokens--
	return 0
}

// answerFault writes a 429 with Retry-After or a 5xx as Slack's edge does.
func (s *Server) answerFault(w http.ResponseWriter, status int) {
	if status == http.StatusTooManyRequests {
		s.mu.Lock()
		after := max(s.faults.RetryAfter, 1)
		s.mu.Unlock()
		w.Header().Set("Retry-After", strconv.Itoa(after))
		writeJSON(w, status, object{"ok": false, "error": "ratelimited"})
		return
	}
	http.Error(w, "<html><body>Server Error</body></html>", status)
}
