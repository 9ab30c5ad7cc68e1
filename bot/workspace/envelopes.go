package workspace

import (
	"encoding/json"
	"errors"
	"slices"
	"sync/atomic"
	"time"
)

// transport carries envelopes to the app. Socket Mode is one; signed HTTP
// requests can be another. All calls come with Server.mu held and must not block.
type transport interface {
	// send hands e over and reports whether anybody took it. The transport
	// calls envelope.left when the bytes leave and Server.acknowledge when the
	// app answered.
	send(e *envelope) bool
	// ready says whether anybody could take an envelope now.
	ready() bool
}

// envelope is one delivery attempt of something the app must acknowledge.
type envelope struct {
	id      string
	kind    string // "events_api", "slash_commands" or "interactive"
	inner   string // the payload's own type, for Ack
	payload json.RawMessage
	accepts bool // whether the acknowledgement may carry a payload
	retry   int
	reason  string
	due     time.Time // while waiting: when to try (again), in workspace time
	offline bool      // waits for a connection rather than only for due

	conn  *socketConn
	sent  atomic.Pointer[time.Time] // when its bytes began to leave; set without the lock
	timer *time.Timer

	// onAck and onFail run with Server.mu held; nil for events.
	onAck  func(payload json.RawMessage)
	onFail func(code string)
}

// Ack is the measurement of one delivered envelope. Acknowledged is zero while
// or when it was not acknowledged.
type Ack struct {
	Type                    string // "block_actions", "slash_commands", "message", …
	Delivered, Acknowledged time.Time
}

// Latency is the time between delivery and acknowledgement, 0 without one.
func (a Ack) Latency() time.Duration {
	if a.Acknowledged.IsZero() {
		return 0
	}
	return a.Acknowledged.Sub(a.Delivered)
}

// measure keeps a; of very many only the newer half.
func (s *Server) measure(a Ack) {
	if len(s.acks) >= maxAcks {
		s.acks = append(s.acks[:0:0], s.acks[maxAcks/2:]...)
	}
	s.acks = append(s.acks, a)
}

// Acks are the finished deliveries (acknowledged or given up) in order.
func (s *Server) Acks() []Ack {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.acks)
}

// UnderWay is how many envelopes the app has and did not acknowledge yet.
func (s *Server) UnderWay() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.inflight)
}

// ResetAcks forgets the measurements so far.
func (s *Server) ResetAcks() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acks = nil
}

func (e *envelope) isEvent() bool { return e.kind == "events_api" }

func (e *envelope) stopTimer() {
	if e.timer != nil {
		e.timer.Stop()
	}
}

func (e *envelope) fail(s *Server, code string) {
	s.measure(e.ack(time.Time{}))
	if e.onFail != nil {
		e.onFail(code)
	}
}

// dispatch delivers e and starts its clock. Interactions that nobody takes fail
// at once; events wait.
func (s *Server) dispatch(e *envelope) {
	e.id = newUUID()
	e.conn = nil
	if s.closed || s.uninstalled {
		e.fail(s, "dispatch_failed")
		return
	}
	if !s.out.send(e) {
		if !e.isEvent() {
			e.fail(s, "dispatch_failed")
			return
		}
		s.retryLater(e, "connection_failed", true)
		return
	}
	s.inflight[e.id] = e
	id := e.id
	e.timer = time.AfterFunc(s.cfg.AckTimeout, func() { s.expire(id) })
}

// left notes when the envelope's bytes leave; a duplicate does not count.
func (e *envelope) left() {
	now := time.Now()
	e.sent.CompareAndSwap(nil, &now)
}

// ack is the measurement of e, acknowledged at a time or, with zero, not.
func (e *envelope) ack(at time.Time) Ack {
	a := Ack{Type: e.inner, Acknowledged: at}
	if sent := e.sent.Load(); sent != nil {
		a.Delivered = *sent
	}
	return a
}

var errAckTooLarge = errors.New("acknowledgement is 20 KB or more")

// acknowledge ends an envelope. Unknown and late ids are ignored, as Slack does.
func (s *Server) acknowledge(id string, payload json.RawMessage, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.inflight[id]
	if e == nil {
		return
	}
	delete(s.inflight, id)
	e.stopTimer()
	s.measure(e.ack(at))
	if s.faults.LateMS == 0 {
		s.acknowledged(e, payload)
		return
	}
	time.AfterFunc(time.Duration(s.faults.LateMS)*time.Millisecond, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.acknowledged(e, payload)
	})
}

// acknowledged does what the acknowledgement of e carries.
func (s *Server) acknowledged(e *envelope, payload json.RawMessage) {
	if e.onAck != nil {
		if !e.accepts {
			payload = nil
		}
		e.onAck(payload)
	}
	s.touch()
}

// expire runs when an envelope was not acknowledged in time.
func (s *Server) expire(id string) { s.unacknowledged(id, "timeout", "operation_timeout", false) }

// unacknowledged ends an attempt that brought no acknowledgement: an event comes
// again, for the reason given, unless the app wants it never; a person reads code.
func (s *Server) unacknowledged(id, reason, code string, never bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.inflight[id]
	if e == nil || s.closed {
		return
	}
	delete(s.inflight, id)
	e.stopTimer()
	if e.isEvent() && !never {
		s.retryLater(e, reason, false)
	} else {
		e.fail(s, code)
	}
	s.touch()
}

// retryLater queues an event for its next attempt, after 0 s, 1 min and 5 min,
// and then gives it up. Attempts that found no connection do not count: Slack
// tries those again as soon as the app is back.
func (s *Server) retryLater(e *envelope, reason string, offline bool) {
	if offline {
		if len(s.waiting) >= maxWaitingEvents {
			e.fail(s, reason)
			return
		}
		e.offline = true
		s.waiting = append(s.waiting, e)
		return
	}
	if e.retry >= len(s.cfg.RetryDelays) {
		e.fail(s, reason)
		return
	}
	s.measure(e.ack(time.Time{}))
	again := &envelope{kind: e.kind, inner: e.inner, payload: e.payload, retry: e.retry + 1, reason: reason,
		due: s.now().Add(s.cfg.RetryDelays[e.retry])}
	s.waiting = append(s.waiting, again)
	s.wakeRetries()
}

func (s *Server) wakeRetries() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// retryLoop redelivers what is due, by workspace time, so that a jump of five
// minutes brings the last retry at once.
func (s *Server) retryLoop() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-s.stop.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
		timer.Reset(s.redeliver())
	}
}

// redeliver dispatches what is due and returns how long until the next one.
func (s *Server) redeliver() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, next := s.now(), time.Hour
	waiting := s.waiting
	s.waiting = nil
	for _, e := range waiting {
		switch {
		case e.offline && s.out.ready():
			e.offline = false
			s.dispatch(e)
		case !e.offline && !e.due.After(now):
			s.dispatch(e)
		default:
			if !e.offline {
				next = min(next, e.due.Sub(now))
			}
			s.waiting = append(s.waiting, e)
		}
	}
	if len(s.waiting) > 0 && s.out.ready() {
		next = min(next, 50*time.Millisecond) // somebody is there, but its queue was full
	}
	return max(next, time.Millisecond)
}

// lost is called with mu held when a connection went away: its unacknowledged
// events go to another one, its interactions run into their time-out.
func (s *Server) lost(c *socketConn) {
	for id, e := range s.inflight {
		if e.conn != c || !e.isEvent() {
			continue
		}
		delete(s.inflight, id)
		e.stopTimer()
		again := &envelope{kind: e.kind, inner: e.inner, payload: e.payload, retry: e.retry + 1,
			reason: "connection_failed", due: s.now()}
		s.measure(e.ack(time.Time{}))
		s.waiting = append(s.waiting, again)
	}
	s.wakeRetries()
}
