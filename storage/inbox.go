package storage

import (
	"context"
	"time"
)

// Envelope is something Slack handed us that must be answered.
type Envelope struct {
	// Key is event_id for events and trigger_id for commands, actions and
	// submissions: the same for every delivery of the same thing.
	Key      string
	Kind     string // as the wire names it: slash_commands, interactive, events_api
	Payload  []byte // JSON as received; emptied once it is finished
	Received time.Time
}

// Inbox holds what was acknowledged and not yet answered, so that a killed
// process loses nothing. Times are wall time.
type Inbox interface {
	// Accept stores e, leased to owner until until, and reports whether it was
	// new. A known key changes nothing.
	Accept(ctx context.Context, e Envelope, owner string, until time.Time) (added bool, err error)
	// Finish marks key as answered and empties its payload. The key itself stays
	// known until Prune. An unknown key is no error.
	Finish(ctx context.Context, key string, at time.Time) error
	// Extend moves the lease of key to until, if owner still holds it, and
	// reports whether it does. A lease that ended is held until another takes it;
	// what is finished is held by nobody.
	Extend(ctx context.Context, key, owner string, until time.Time) (held bool, err error)
	// Take leases to owner, until until, at most limit unfinished envelopes
	// whose lease ended before now and that were received after notBefore,
	// oldest first. No envelope is handed to two owners.
	Take(ctx context.Context, owner string, now, until, notBefore time.Time, limit int) ([]Envelope, error)
	// Prune forgets envelopes received before before, finished or not, and
	// processed keys as old; it returns how many unfinished ones it dropped.
	Prune(ctx context.Context, before time.Time) (unfinished int, err error)
}
