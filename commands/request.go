// Package commands is what the bot can do: a use-case a file, and the Registry
// that says how each is reached. A use-case reads the store, asks analysis and
// returns a Reply; it never talks to Slack. What must go out later is a ledger
// row that commits with the change.
package commands

import (
	"context"
	"io"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// UseCase answers one registered request.
type UseCase func(ctx context.Context, req Request) (Reply, error)

// Request is what somebody asked, after bot found out who they are and where
// they are. Everything in it that came from a screen (Text, Value, Fields,
// Private) is untrusted: ids in it are looked up and authorized again.
type Request struct {
	// Key names this request for ever: the same for every delivery of it. What
	// it changes is recorded under it, so that it happens once.
	Key     string
	Actor   analysis.Actor
	Lang    locale.Lang    // the asker's
	Zone    *time.Location // the asker's
	At      time.Time      // business time
	Channel Channel        // where it was asked; zero on the command line and in modals
	// Text is what was typed after the command, or the query of a select.
	Text string
	// Value is the pressed button's or chosen option's value.
	Value string
	// Fields are a submission's inputs by block_id; several choices are joined
	// by newlines.
	Fields map[string]string
	// Private is the modal's private_metadata.
	Private string
	// Message is the message whose menu was used; zero otherwise.
	Message Quoted
	// File is the file that Entry.File named; nil for every other request.
	File *File
	// Thread is what Entry.Thread asked for; nil for every other request.
	Thread *Thread
	// Root is the timestamp of the message that the thread hangs under in which it was
	// said, its own where it stands in none; InThread says that it stands in one. Empty
	// for what nobody said.
	Root     string
	InThread bool
	// Element is what stands behind the # of the pressed element's action_id: an id,
	// not trusted.
	Element string
	// InModal says that the press came from a modal, so that the answer changes
	// that modal (Reply.Modal) and not a message.
	InModal bool
}

// Quoted is a message that somebody points the bot at.
type Quoted struct {
	Text   string // as Slack writes it, mentions and links escaped
	Author analysis.UserID
	Link   string // to the message; empty where Slack did not say in which workspace it stands
}

// Thread is a thread as colleagues wrote it, the oldest message first; what bots say
// is not in it.
type Thread struct {
	Posts []Post
	More  bool // there is more than was read
}

// Post is one message of a thread.
type Post struct {
	Author analysis.UserID
	Text   string // as Slack writes it, mentions and links escaped
	At     time.Time
	Link   string // to the message; empty where Slack did not say in which workspace it stands
}

// File is what somebody sent. It is gone when the use-case returns.
type File struct {
	ID   string // Slack's
	Name string // as they called it, not trusted
	Size int64  // bytes
	At   io.ReaderAt
}

// Channel is what bot knows of the conversation.
type Channel struct {
	ID   analysis.ChannelID
	Name string // without #; empty for a DM
	// Direct: a DM with the bot. Only there is nobody else who reads.
	Direct bool
	// Member: the bot is in it, so it can post there.
	Member bool
	// Archived: nothing can be said there any more.
	Archived bool
}

// officeZone is where Dutch offices are: a day begins there where the asker's
// own zone is not known.
var officeZone = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.UTC // a machine without zone files; cmd embeds them
	}
	return zone
}()

// today is the day of the request where the asker lives.
func (r Request) today() analysis.Day {
	if r.Zone == nil {
		return analysis.DayOf(r.At.In(officeZone))
	}
	return analysis.DayOf(r.At.In(r.Zone))
}
