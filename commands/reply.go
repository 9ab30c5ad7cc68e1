package commands

import (
	"context"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// Reply is what a use-case answers. Exactly one of its parts is set, or none
// when there is nothing to say (the message stays as it is); Home may stand
// beside another.
type Reply struct {
	// Now is shown to the asker alone: ephemerally for a command, in place of
	// the message whose button was pressed for an action (Beside: as a new
	// ephemeral message beside it).
	Now    *view.Message
	Beside bool
	// Instead, with Now after a window was sent: it takes the place of the message
	// from which the window was opened, and is said anew where that is not known.
	Instead bool
	// Modal opens a window, or replaces the one the press came from.
	Modal *view.Modal
	// Behind draws the message anew from which the window was opened that is
	// replaced by Modal, or that closed; nil: it still says what is so.
	Behind Behind
	// Later returns what the answer becomes once something is done that takes
	// minutes; nil: it is whole. It is called after the answer was given, and what
	// it returns is shown in the same place, unless somebody did something there
	// meanwhile. Where it fails or the process ends first, the answer stays as it
	// was, so that must say what to do.
	Later func(ctx context.Context) (Reply, error)
	// Stream, with Now to begin with, is an answer that comes a clause at a time; nil: it
	// is whole.
	Stream *Stream
	// Home is drawn anew for the asker: they opened it, or what they did shows
	// on it.
	Home *view.Home
	// Errors refuse a submission, a sentence per block_id.
	Errors map[string]string
	// Options answer a select's query; at most 40. Suggest says that they are
	// the answer, also when there are none.
	Options []view.Option
	Suggest bool
	// Prompts are what can be asked, shown where a talk was opened.
	Prompts []view.Prompt
	// Titled names the talk in which it was said, where talks have names: what it is
	// about, never whom. Empty: it keeps the name it has.
	Titled string
}

// Say is a Reply with a message for the asker alone.
func Say(m view.Message) Reply { return Reply{Now: &m} }

// Show is a Reply with a modal.
func Show(m view.Modal) Reply { return Reply{Modal: &m} }

// refuse is the answer to a request that the actor may not make. It names
// nothing of what is there.
func refuse() error { return analysis.Fail(analysis.Forbidden, "error.forbidden", nil) }
