package commands

import "klantbot/analysis"

// planEntries are the part of the table that the windows of the attention plan
// carry.
func planEntries(c AttentionPlan) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ChoosePlan, Loading: true, Run: run}
	}
	save := entry(Submission, "plan.save", c.Save)
	save.Validate = c.Validate
	return []Entry{
		entry(Action, "plan.open", c.Open),
		entry(Action, "plan.people", c.People),
		entry(Action, "plan.form", c.Form),
		save,
		entry(Action, "plan.confirm", c.Confirm),
		entry(Action, "plan.apply", c.Apply),
		entry(Action, "plan.undo", c.Undo),
	}
}
