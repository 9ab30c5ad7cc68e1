package commands

import "klantbot/analysis"

// newFollowUps are the lists of n; what is given to colleagues goes by hand.
func newFollowUps(n Needs, hand Handling) FollowUps {
	return FollowUps{Surveys: n.Surveys.Surveys, Followed: n.FollowUps, Clients: n.Clients, Roster: n.Roster, Segments: n.Segments, Revenue: n.Revenue,
		Managers: n.Managers, Hand: hand, Store: n.Writer, Now: n.Now}
}

// followEntries are the part of the table that the lists carry.
func followEntries(c FollowUps) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ViewSurvey, Loading: true, Run: run}
	}
	hand, done, drop := entry("follow.hand", Submission, c.Give), entry("follow.done", Submission, c.Done), entry("follow.drop", Submission, c.Drop)
	hand.Validate, done.Validate, drop.Validate = c.ValidateWhom, c.ValidateNote, c.ValidateNote
	return []Entry{
		entry("follow.open", Action, c.Open),
		entry("follow.take", Action, c.Take),
		entry("follow.hand", Action, c.AskWhom), hand,
		entry("follow.done", Action, c.AskResult), done,
		entry("follow.drop", Action, c.AskReason), drop,
		entry("follow.undo", Action, c.Undo),
		entry("follow.history", Action, c.History),
	}
}
