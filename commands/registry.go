package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// On says what starts an Entry.
type On string

// The ways in which Slack reaches us.
const (
	Slash      On = "slash"      // somebody typed a command
	Action     On = "action"     // somebody pressed a button or chose from a list
	Submission On = "submission" // somebody sent a modal
	Suggestion On = "suggestion" // a list wants its options
	Shortcut   On = "shortcut"   // the lightning menu
	OnMessage  On = "message"    // the menu of a message
	HomeOpened On = "home"       // somebody looks at the app's Home tab
	Mention    On = "mention"    // somebody mentioned the bot in a channel, or wrote to it
	FileSent   On = "file"       // somebody sent the bot a file
	TalkOpened On = "talk"       // somebody opened their DM with the bot, or looks at something else beside it
	TalkHalted On = "halt"       // somebody stopped the answer in a talk by Slack's own button
)

// Entry is one line of the Registry: one thing the bot can do.
type Entry struct {
	// ID is <command>.<action>, for instance client.open; it is the catalogue
	// key, the audit's action and, with Version, the action_id or callback_id.
	ID      string
	On      On
	Version int // of the screen that carries it; raised when its value changes meaning
	// Names are the slash command (/klant, /client) or a shortcut's name, by
	// language. Empty for what screens carry.
	Names      map[locale.Lang]string
	Permission analysis.Permission
	// Scopes are the bot scopes it needs beyond those every answer needs.
	Scopes []string
	// Loading opens a small modal within the trigger's three seconds; the reply's
	// Modal then takes its place.
	Loading bool
	// Stays says of a submission that its window stays open for what Run answers,
	// as Loading does of all of an entry's: the form stood over another window.
	// Nil: it closes.
	Stays func(req Request) bool
	Run   UseCase
	// File names the file that a request is about, by Slack's id, for Request.File;
	// nil: it is about none. It is fetched after the asker was authorized.
	File func(req Request) string
	// Thread says whether a request wants the thread of the message whose menu was
	// used, or in which it was said, for Request.Thread; nil: none does. It is read
	// after the asker was authorized.
	Thread func(req Request) bool
	// Validate checks a submission within 250 ms, reading only; the errors are
	// sentences by block_id. Nil: nothing to check.
	Validate func(ctx context.Context, req Request) (map[string]string, error)
}

// ActionID is the action_id or callback_id by which a screen names e.
func (e Entry) ActionID() string { return fmt.Sprintf("%s.v%d", e.ID, e.Version) }

// Letter renders a ledger entry of one kind at the moment it is sent. A
// subject that is gone is an analysis.NotFound error.
type Letter func(ctx context.Context, e storage.LedgerEntry) (view.Message, error)

// Registry is the one table of what the bot can do. Dispatch, manifest, help,
// completion and the role test read only it.
type Registry struct {
	Entries []Entry
	Letters map[string]Letter // by ledger kind
	// Events are the inner events it listens to, with the scope each needs
	// (empty: none).
	Events map[string]string
}

// Slash finds the entry of a typed command, in either language.
func (r *Registry) Slash(name string) (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == Slash && e.named(name) })
}

// Screen finds the entry that a screen's action_id or callback_id names. An id
// "client.open.v1#3" is the third such element of its block. stale reports an
// id that is ours in an older or newer version.
func (r *Registry) Screen(on On, id string) (e Entry, ok, stale bool) {
	id, _, _ = strings.Cut(id, "#")
	if e, ok = r.find(func(e Entry) bool { return e.On == on && e.ActionID() == id }); ok {
		return e, true, false
	}
	base := id
	if i := strings.LastIndex(id, ".v"); i > 0 {
		base = id[:i]
	}
	e, stale = r.find(func(e Entry) bool { return e.On == on && e.ID == base })
	return e, false, stale
}

// Mentioned finds the entry that answers what people say to the bot.
func (r *Registry) Mentioned() (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == Mention })
}

// Sent finds the entry that takes a file somebody sent.
func (r *Registry) Sent() (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == FileSent })
}

// Talked finds the entry that answers who opened their DM with the bot.
func (r *Registry) Talked() (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == TalkOpened })
}

// Halted finds the entry that stops the answer in a talk.
func (r *Registry) Halted() (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == TalkHalted })
}

// Home finds the entry that draws the Home tab.
func (r *Registry) Home() (Entry, bool) {
	return r.find(func(e Entry) bool { return e.On == HomeOpened })
}

func (r *Registry) find(match func(Entry) bool) (Entry, bool) {
	i := slices.IndexFunc(r.Entries, match)
	if i < 0 {
		return Entry{}, false
	}
	return r.Entries[i], true
}

func (e Entry) named(name string) bool {
	for _, n := range e.Names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}
