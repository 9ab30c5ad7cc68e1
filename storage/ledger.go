package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// LedgerState is how far a message got.
type LedgerState string

// The states. A row only moves queued -> sending -> sent; sending goes back to
// queued when it is certain that nothing arrived, and to unknown or failed when
// a person must look.
const (
	Queued  LedgerState = "queued"
	Sending LedgerState = "sending"
	Sent    LedgerState = "sent"
	Unknown LedgerState = "unknown" // it may have arrived and can not be verified
	Failed  LedgerState = "failed"  // Slack refuses it for good
)

// LedgerEntry is one message that the bot says of its own accord or where
// others can read it. It holds a kind, ids and subjects, never text: the text
// is rendered when it is sent.
type LedgerEntry struct {
	ID      int64
	Key     string             // unique for ever, for instance share/1337.42 or reminder/U7/2026-W48
	Kind    string             // which renderer, for instance client.card
	Channel analysis.ChannelID // where to; empty: a DM with User
	User    analysis.UserID    // for whom; empty: everybody in Channel
	Lang    string             // nl or en
	Client  analysis.ClientID
	Group   analysis.GroupID
	Subject string // what else it is about, as its renderer names it, for instance a kind of client; never text
	// Parent is the key of the entry in whose thread it belongs; empty: in none.
	// It waits until that one is sent.
	Parent string
	// Thread is Slack's timestamp of a message that somebody wrote, in whose thread it
	// belongs, with Channel; empty: in none, or in that of Parent.
	Thread   string
	Author   analysis.UserID // on whose behalf; empty: the bot's own
	At       time.Time       // business time of the request; what is rendered is as of then
	Due      time.Time       // wall time; not sent before
	State    LedgerState
	TS       string // Slack's timestamp once sent
	Attempts int
	Attempt  time.Time // when the last attempt began; reconciling looks from here
	Owner    string
	Lease    time.Time
	Reason   string // error code of the last failure, for administrators; never content
	// Wanted counts the changes of what it is about. Once sent, it is changed in
	// place until what was rendered last is what is wanted.
	Wanted int
	// Stubbed says that its content has given way to a stub.
	Stubbed bool
}

// LedgerTx queues messages together with the change that causes them.
type LedgerTx interface {
	// Enqueue adds e as queued and reports whether it was added. An existing
	// key is no error and changes nothing.
	Enqueue(ctx context.Context, e LedgerEntry) (added bool, err error)
	// Revise says that what the message with key is about changed, so that it is
	// changed in place. No such message is no error: there is nothing to change.
	Revise(ctx context.Context, key string) error
	// Withdraw has the content of the message with key replaced by a stub, whether
	// it was sent or is still to be. No such message, and one that is a stub
	// already, are no error.
	Withdraw(ctx context.Context, key string, at time.Time) error
	// Stub has the content of sent messages replaced by a stub: those as of
	// before that are of one of kinds, at most limit. It returns how many.
	Stub(ctx context.Context, kinds []string, before, at time.Time, limit int) (int, error)
}

// Ledger is the delivery side. Times are wall time. MarkSent, Requeue and Park
// are for entries that are sending; any other is left as it is, with an
// analysis.NotFound error.
type Ledger interface {
	// Claim leases to owner, until until, at most limit queued entries that are
	// due at now, the longest due first, and makes them sending with one more
	// attempt. Entries for the channels that rest are passed over.
	// No entry is handed to two owners.
	Claim(ctx context.Context, owner string, now, until time.Time, limit int, rest ...analysis.ChannelID) ([]LedgerEntry, error)
	// Stale leases to owner, until until, entries in sending whose lease ended
	// before settled: their sender died or never heard back. They stay sending
	// and their attempts are not raised: the caller must find out what happened.
	Stale(ctx context.Context, owner string, settled, until time.Time, limit int) ([]LedgerEntry, error)
	// MarkSent records that entry id is in Slack as ts. Saying so again is no
	// error.
	MarkSent(ctx context.Context, id int64, ts string) error
	// Requeue puts a sending entry back in the queue, due at due; reason is an
	// error code. Attempts stays as it is.
	Requeue(ctx context.Context, id int64, due time.Time, reason string) error
	// Park ends an entry as Unknown or Failed; it stays visible as Stranded.
	Park(ctx context.Context, id int64, state LedgerState, reason string) error
	// Revised leases to owner, until until, at most limit sent entries that
	// changed since they were rendered and that nobody has in hand.
	Revised(ctx context.Context, owner string, now, until time.Time, limit int) ([]LedgerEntry, error)
	// MarkShown ends a lease of Revised: wanted is what Slack shows now, or as
	// much as it will ever show: then refused is the error code with which Slack
	// refuses for good, else empty.
	MarkShown(ctx context.Context, id int64, wanted int, refused string) error
	// Defer ends a lease of Revised without a change; it is tried again at due.
	// reason is an error code.
	Defer(ctx context.Context, id int64, due time.Time, reason string) error
	// Undelivered counts the entries per state other than sent.
	Undelivered(ctx context.Context) (map[LedgerState]int, error)
	// Entry returns the entry with key, or an analysis.NotFound error.
	Entry(ctx context.Context, key string) (LedgerEntry, error)
}

// Stranded is what of the ledger a person must look at.
type Stranded interface {
	// Stranded returns the entries that are unknown or failed, of since or later by
	// business time, the newest first, at most limit of them, and how many in all.
	Stranded(ctx context.Context, since time.Time, limit int) ([]LedgerEntry, int, error)
}
