package commands

import (
	"klantbot/analysis"
	"klantbot/commands/locale"
)

// clientEntries are the part of the table that finding and showing clients needs.
func clientEntries(client Client, share Share) []Entry {
	return []Entry{
		{ID: "client", On: Slash, Names: names("/klant", "/client"), Permission: analysis.FindClients,
			Scopes: []string{"commands"}, Run: client.Show},
		{ID: "client.open", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.explain", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Explain},
		{ID: "client.compare", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Compare},
		{ID: "client.pick", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.pick", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "client.find", On: Shortcut, Version: 1, Names: names("Zoek klant", "Find client"),
			Permission: analysis.FindClients, Scopes: []string{"commands"}, Loading: true, Run: client.Find},
		{ID: "client.share", On: Action, Version: 1, Permission: analysis.ShareClient, Run: share.Ask},
		{ID: "client.post", On: Action, Version: 1, Permission: analysis.ShareClient,
			Scopes: []string{"chat:write", "channels:history", "groups:history"}, Run: share.Post},
	}
}

// pyramidEntries are the part of the table that the pyramid, the matrix and the
// client types carry.
func pyramidEntries(pyramid Pyramid) []Entry {
	return []Entry{
		{ID: "pyramid", On: Slash, Names: names("/piramide", "/pyramid"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: pyramid.Show},
		{ID: "pyramid.open", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: pyramid.Open},
		{ID: "pyramid.moved", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: pyramid.Moved},
		{ID: "pyramid.send", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: pyramid.Send},
		{ID: "pyramid.share", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write"}, Run: pyramid.Share},
	}
}

// surveyEntries are the part of the table that /onderzoek and its reports carry.
func surveyEntries(s SurveyScreens, q Questionnaire, w SurveyWords, client Client) []Entry {
	write := Entry{ID: "survey.make", On: Submission, Version: 1, Permission: analysis.HoldSurvey, Loading: true,
		Scopes: []string{"chat:write", "files:write", "im:history"}, Run: q.Make, Validate: q.Validate}
	return []Entry{
		{ID: "survey", On: Slash, Names: names("/onderzoek", "/survey"), Permission: analysis.ViewSurvey,
			Scopes: []string{"commands"}, Run: s.Show},
		{ID: "survey.list", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.List},
		{ID: "survey.open", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.Open},
		{ID: "survey.source", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.Source},
		{ID: "survey.client", On: Action, Version: 1, Permission: analysis.ReadAnswers, Run: s.Client},
		{ID: "survey.client", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "survey.send", On: Action, Version: 1, Permission: analysis.ViewSurvey,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: s.Send},
		{ID: "survey.form", On: Action, Version: 1, Permission: analysis.HoldSurvey, Loading: true, Run: q.Open},
		{ID: "survey.words", On: Action, Version: 1, Permission: analysis.ChooseValue, Loading: true, Run: w.Open},
		{ID: "survey.choose", On: Submission, Version: 1, Permission: analysis.ChooseValue, Loading: true, Run: w.Save, Validate: w.Validate},
		write,
	}
}

// groupEntries are the part of the table that proposed groups and the services
// that independence forbids carry.
func groupEntries(groups Groups, independence Independence) []Entry {
	return []Entry{
		{ID: "service.page", On: Action, Version: 1, Permission: analysis.ManageOffice, Run: independence.List},
		{ID: "service.forbid", On: Action, Version: 1, Permission: analysis.ManageOffice, Run: independence.Forbid},
		{ID: "group.page", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.List},
		{ID: "group.merge", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Merge},
		{ID: "group.dismiss", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Dismiss},
		{ID: "group.undo", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Undo},
	}
}

// segmentEntries are the part of the table that the window of the segmentation
// carries. ViewOffice is what everybody has: who makes, decides or proposes is
// asked of each group.
func segmentEntries(s Segmenting, client Client) []Entry {
	action := func(id string, p analysis.Permission, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: p, Loading: true, Run: run}
	}
	form := func(id string, p analysis.Permission, run UseCase) Entry {
		return Entry{ID: id, On: Submission, Version: 1, Permission: p, Loading: true, Run: run}
	}
	save, decide := form("segment.save", analysis.ProposeSegment, s.Save), form("segment.decide", analysis.DecideFuture, s.Decide)
	save.Validate, decide.Validate = s.Validate, s.ValidateFuture
	return []Entry{
		action("segment.open", analysis.ViewOffice, s.Open),
		action("segment.draft", analysis.DraftSegments, s.Draft),
		action("segment.adjust", analysis.ProposeSegment, s.Adjust),
		action("segment.find", analysis.ProposeSegment, s.Find),
		{ID: "segment.find", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		save,
		action("segment.accept", analysis.DecideSegments, s.Accept),
		action("segment.refuse", analysis.DecideSegments, s.Refuse),
		action("segment.undo", analysis.ProposeSegment, s.Undo),
		action("segment.explain", analysis.ViewOffice, s.Explain),
		action("segment.ask", analysis.DecideSegments, s.Ask),
		action("segment.finalize", analysis.DecideSegments, s.Finalize),
		action("segment.compare", analysis.ViewOffice, s.Compare),
		action("segment.low", analysis.ViewOffice, s.Low),
		action("segment.future", analysis.DecideFuture, s.Future),
		decide,
		action("segment.checklist", analysis.DecideFuture, s.Checklist),
		form("segment.parting", analysis.DecideFuture, s.Parting),
	}
}

// judgeEntries are the part of the table that the window of the judging carries.
func judgeEntries(j Judging) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.JudgeGroups, Loading: true, Run: run}
	}
	return []Entry{entry("judge.open", Action, j.Open), entry("judge.skip", Action, j.Skip),
		entry("judge.undo", Action, j.Undo), entry("judge.save", Submission, j.Save)}
}

func names(dutch, english string) map[locale.Lang]string {
	return map[locale.Lang]string{locale.Dutch: dutch, locale.English: english}
}
