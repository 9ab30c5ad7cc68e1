package main

import (
	"sync/atomic"
	"time"
)

// wallTime is the machine's clock: leases, signatures, Retry-After.
func wallTime() time.Time { return time.Now() }

// businessClock is the time that counts for planning and screens. It starts
// where --as-of says and runs on; the local workspace can make it jump.
type businessClock struct{ offset atomic.Int64 }

// newBusinessClock returns a clock that says at now.
func newBusinessClock(at time.Time) *businessClock {
	c := &businessClock{}
	c.set(at)
	return c
}

func (c *businessClock) set(at time.Time) { c.offset.Store(int64(time.Until(at))) }

// Now is business time.
func (c *businessClock) Now() time.Time { return time.Now().Add(time.Duration(c.offset.Load())) }
