package bot

import "sync/atomic"

// counts is what happened since the start.
type counts struct {
	accepted, duplicates, malformed, resumed, answered, denied   atomic.Int64
	panics, failed, late, givenUp, simplified, notStored, events atomic.Int64

	overflow atomic.Int64 // envelopes that may lie in the inbox for want of a place
}

// Counts says what a Dispatcher did since it started, for health and metrics.
type Counts struct {
	Accepted   int64 // stored and acknowledged
	Duplicates int64 // deliveries of what was known already
	Malformed  int64 // could not be read; dropped
	NotStored  int64 // the inbox could not be written; not acknowledged
	Events     int64 // events noted
	Resumed    int64 // taken up from the inbox
	Answered   int64 // requests that got their answer, refusals included
	Denied     int64 // of which refused: no colleague, no right, or read by outsiders
	Failed     int64 // use-cases that ended in an internal error
	Panics     int64 // of which panics
	Late       int64 // suggestions and validations that took over 250 ms
	GivenUp    int64 // answers that could not be sent within 30 minutes
	Simplified int64 // answers that Slack took only without the newer kinds of block
	Waiting    int   // accepted and not yet answered by this process
}

// Counts returns the counts so far.
func (d *Dispatcher) Counts() Counts {
	c := &d.counts
	d.mu.Lock()
	waiting := len(d.held)
	d.mu.Unlock()
	return Counts{
		Accepted: c.accepted.Load(), Duplicates: c.duplicates.Load(), Malformed: c.malformed.Load(),
		NotStored: c.notStored.Load(), Events: c.events.Load(), Resumed: c.resumed.Load(),
		Answered: c.answered.Load(), Denied: c.denied.Load(), Failed: c.failed.Load(), Panics: c.panics.Load(),
		Late: c.late.Load(), GivenUp: c.givenUp.Load(), Simplified: c.simplified.Load(), Waiting: waiting,
	}
}
