package commands

import "klantbot/analysis"

// talkEntries are the part of the table that looking back on one's own talks
// carries.
func talkEntries(c Talks) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: run}
	}
	save := entry("talk.save", Submission, c.Save)
	save.Validate = c.Validate
	return []Entry{
		entry("talk.open", Action, c.Open),
		entry("talk.form", Action, c.Form),
		save,
		entry("talk.undo", Action, c.Undo),
		entry("talk.share", Action, c.Share),
	}
}
