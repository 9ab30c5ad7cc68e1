package commands

import (
	"context"

	"klantbot/analysis"
)

// actionEntries are the part of the table that the actions of sessions carry.
// Everybody may see them; who may change one is asked of its session.
func actionEntries(c SessionActions) []Entry {
	window := func(id string, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: run}
	}
	// Where it stands in a message, a press is answered by that message.
	press := func(id string, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: analysis.JoinSession, Run: run}
	}
	form := func(id string, run UseCase, validate func(context.Context, Request) (map[string]string, error)) Entry {
		return Entry{ID: id, On: Submission, Version: 1, Permission: analysis.JoinSession, Run: run, Validate: validate,
			Stays: func(req Request) bool { return !actionSpotOf(req.Private).letter }}
	}
	return []Entry{
		window("action.open", c.Open),
		press("action.done", c.Done),
		press("action.reopen", c.Reopen),
		press("action.undo", c.Undo),
		window("action.move", c.AskDay), form("action.move", c.Move, c.ValidateMove),
		window("action.drop", c.AskReason), form("action.drop", c.Drop, c.ValidateReason),
		window("action.hand", c.AskWhom), form("action.hand", c.Hand, c.ValidateWhom),
		window("action.history", c.History),
	}
}
