package commands

import (
	"context"
	"slices"

	"klantbot/analysis"
)

// sessionNowEntries are the part of the table that a session nu-3jaar carries.
func sessionNowEntries(c SessionScreens) []Entry {
	type check = func(context.Context, Request) (map[string]string, error)
	form := func(name string, run UseCase, validate check) Entry {
		return Entry{ID: "session." + name, On: Submission, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: run, Validate: validate}
	}
	return slices.Concat(joining(Action, map[string]UseCase{"write": c.Write, "source": c.Source, "groups": c.Groups, "group": c.Group, "rename": c.Rename,
		"merge": c.Merge, "split": c.Split, "move": c.Move, "regroup": c.Regroup, "propose": c.Propose, "vote": c.Vote, "talk": c.Talk, "act": c.Act, "clients": c.Choose}),
		[]Entry{{ID: "session.facts", On: Action, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: c.Facts}, form("chose", c.Chose, nil), form("wrote", c.Wrote, c.ValidateWrite), form("sourced", c.Sourced, nil), form("renamed", c.Renamed, nil), form("merged", c.Merged, nil),
			form("parted", c.Parted, nil), form("moved", c.MovedCard, nil), form("voted", c.Voted, c.ValidateVote), form("agreed", c.Agreed, c.ValidateAct),
			{ID: "session.talked", On: Submission, Version: 1, Permission: analysis.JoinSession, Run: c.Talked, Validate: c.ValidateTalk}})
}
