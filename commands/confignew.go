package commands

import "klantbot/analysis"

// configEntries are the part of the table that the windows of the settings
// carry.
func configEntries(c Config) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ChooseValue, Loading: true, Run: run}
	}
	save := entry(Submission, "setting.save", c.Save)
	save.Validate = c.Validate
	return []Entry{
		entry(Action, "setting.open", c.Open),
		entry(Action, "setting.kinds", c.Kinds),
		entry(Action, "setting.criteria", c.Criteria),
		entry(Action, "setting.form", c.Form),
		save,
		entry(Action, "setting.confirm", c.Confirm),
		entry(Action, "setting.apply", c.Apply),
		entry(Action, "setting.undo", c.Confirm),
	}
}
