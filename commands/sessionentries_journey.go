package commands

import (
	"context"

	"klantbot/analysis"
)

// journeyEntries are the part of the table that a klantreis carries. Who may do
// what in it, and when, the session itself says.
func journeyEntries(c Journeys) []Entry {
	open := func(id string, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: run}
	}
	sent := func(id string, run UseCase, validate func(context.Context, Request) (map[string]string, error)) Entry {
		return Entry{ID: id, On: Submission, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: run, Validate: validate}
	}
	return []Entry{
		open("journey.wish", c.Wish), sent("journey.wished", c.Wished, c.ValidateWish),
		open("journey.frame", c.Frame), sent("journey.framed", c.Framed, c.ValidateFrame),
		open("journey.step", c.Step), sent("journey.said", c.Said, c.ValidateStep), open("journey.read", c.Read),
		open("journey.weigh", c.Weigh), sent("journey.weighed", c.Weighed, c.ValidateWeights),
		{ID: "session.file", On: Action, Version: 1, Permission: analysis.JoinSession, Run: c.File}, // of either kind
		open("journey.act", c.Act), sent("journey.agreed", c.Agreed, c.ValidateAct),
	}
}

// letters are what a klantreis says in its channel.
func (c Journeys) letters() map[string]Letter {
	return map[string]Letter{journeyStepLetter: c.StepLetter, journeyWishesLetter: c.WishesLetter, journeyChancesLetter: c.ChancesLetter, journeyOutcomeLetter: c.OutcomeLetter, fileLetter: c.FileLetter}
}
