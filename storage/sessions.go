package storage

import (
	"context"
	"errors"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
)

// ErrSeqTaken says that somebody else added the event with that Seq first: read
// the session again, fold it, and see whether what was wanted still stands.
var ErrSeqTaken = errors.New("another event was added first")

// SessionHead is what a list needs of a session, as its last event left it.
type SessionHead struct {
	ID           session.ID
	Seq          int
	Kind         session.Kind
	Mode         session.Mode
	Goal         string
	Subject      session.Subject // its Group is the one that the group is part of by now
	Channel      analysis.ChannelID
	Facilitator  analysis.UserID // empty: nobody
	Participants []analysis.UserID
	Status       session.Status
	Why          session.Why
	Phase        session.Phase
	Deadline     time.Time // zero: none
	Begun, Last  time.Time
	// Actions counts those that were agreed on, Pending those still to be done.
	Actions, Pending int
}

// SessionFilter chooses sessions; what is zero does not choose.
type SessionFilter struct {
	Kind    session.Kind
	Subject session.Subject // exactly it
	Channel analysis.ChannelID
	User    analysis.UserID // takes part or leads
	// Going: it neither reached its outcome nor was stopped.
	Going bool
}

// Sessions reads discussions.
type Sessions interface {
	// SessionEvents returns all events of a session in their order, or
	// analysis.NotFound.
	SessionEvents(ctx context.Context, id session.ID) ([]session.Event, error)
	// Sessions returns the newest first, at most limit after skipping offset, and
	// how many there are in all.
	Sessions(ctx context.Context, f SessionFilter, offset, limit int) ([]SessionHead, int, error)
}

// ActionLine is an action with the session it came of.
type ActionLine struct {
	session.Action // its History has one element: what set the present date
	Session        session.ID
	Kind           session.Kind
	Channel        analysis.ChannelID
	Subject        session.Subject
	Changes        int       // how many there were: Base of the next one
	Changed        time.Time // the last one
	Reason         string    // of the last one
}

// ActionFilter chooses actions; what is zero does not choose.
type ActionFilter struct {
	Session session.ID
	Subject session.Subject  // of sessions about exactly it
	Group   analysis.GroupID // that they are for
	Owner   analysis.UserID
	Pending bool         // still to be done
	Before  analysis.Day // due before it, with Pending; 0: whenever
}

// Actions reads actions of all sessions.
type Actions interface {
	// Actions returns those still to be done first, the earliest date first, then
	// the others, the last changed first; at most limit after skipping offset, and
	// how many there are in all.
	Actions(ctx context.Context, f ActionFilter, offset, limit int) ([]ActionLine, int, error)
}

// SessionTx writes discussions.
type SessionTx interface {
	// BeginSession makes a session with first, whose Key is not empty. Where a
	// session began with that Key already its id comes back with added false.
	BeginSession(ctx context.Context, first session.Event) (id session.ID, added bool, err error)
	// AppendEvent adds e at its Seq, which is one more than that of the last event,
	// and reports whether it did: where the session has an event with its Key
	// nothing is added. ErrSeqTaken where another event is there; the transaction
	// can go on.
	AppendEvent(ctx context.Context, id session.ID, e session.Event) (added bool, err error)
	// KeepSession makes lists and reminders see s: its head and its actions. It is
	// called after the events that s was folded from.
	KeepSession(ctx context.Context, s *session.State) error
	// EraseSessions takes out of all sessions, their actions and what people thought
	// of their own talks whatever e names, for good, and returns the sessions that
	// changed. What the bot said about those, under keys that begin with session/ID/
	// and action/ID/, is drawn anew; files that came with it stay in Slack. Groups
	// that were merged into one of e are meant too. Doing it again changes nothing.
	EraseSessions(ctx context.Context, e session.Erasure) ([]session.ID, error)
}

// Reflections reads what people thought of their own talks.
type Reflections interface {
	// OwnReflections returns somebody's own, newest talk first. Nobody else's
	// request may call it: administrators' neither.
	OwnReflections(ctx context.Context, user analysis.UserID) ([]session.Reflection, error)
	// TeamReflections returns those written from <= day <= to (UTC) without who,
	// when and what they learned: persons are told apart by a number that means
	// nothing.
	TeamReflections(ctx context.Context, from, to analysis.Day) ([]session.Reflection, error)
}

// ReflectionTx writes them.
type ReflectionTx interface {
	// AddReflection keeps r and returns its id.
	AddReflection(ctx context.Context, r session.Reflection) (int64, error)
	// RemoveReflection takes one back that user wrote, or analysis.NotFound.
	RemoveReflection(ctx context.Context, user analysis.UserID, id int64) error
	// ForgetReflections removes those written before then, at most limit, and
	// returns how many.
	ForgetReflections(ctx context.Context, before time.Time, limit int) (int, error)
}
