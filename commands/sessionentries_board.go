package commands

import (
	"context"
	"slices"
	"strings"

	"klantbot/analysis"
)

// newSessions returns the use-cases of sessions.
func newSessions(n Needs, client Client, meant func(context.Context, Request, string) (analysis.ManagerID, error)) SessionScreens {
	return SessionScreens{Use: Sessions{Events: n.Sessions, Store: n.Writer}, Clients: client, Meant: meant, Places: n.Places, Letters: n.Letters,
		Actions: n.Actions, Grouper: n.Grouper, Sorts: n.Model.Sorts, Surveys: n.Surveys,
		Shelves: Portfolio{Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster, Market: n.Market, Ratings: n.Ratings, Touches: n.Touches}, Known: n.Colleagues, Now: n.Now}
}

// sessionEntries are the part of the table that sessions carry: one part a kind of
// screen.
func sessionEntries(c SessionScreens) []Entry {
	return slices.Concat(sessionBoardEntries(c), sessionNowEntries(c))
}

// letters are what sessions say in channels.
func (c SessionScreens) letters() map[string]Letter {
	return map[string]Letter{boardLetter: c.Board, newsLetter: c.News, topicLetter: c.Topic, outcomeLetter: c.Outcome}
}

// sessionBoardEntries are what every session has: /sessie, its beginning, its board
// and what moves it. Reading a channel's past finds out whether a message arrived.
func sessionBoardEntries(c SessionScreens) []Entry {
	begin := Entry{ID: "session.begin", On: Submission, Version: 1, Permission: analysis.HoldSession, Loading: true,
		Scopes: []string{"chat:write", "channels:history", "groups:history", "files:read", "files:write"}, Run: c.Begin}
	return append([]Entry{
		{ID: "session", On: Slash, Names: names("/sessie", "/session"), Permission: analysis.JoinSession, Scopes: []string{"commands"}, Run: c.Show},
		{ID: "session.form", On: Action, Version: 1, Permission: analysis.HoldSession, Run: c.Form},
		{ID: "session.change", On: Action, Version: 1, Permission: analysis.HoldSession, Run: c.Change},
		{ID: "session.subject", On: Suggestion, Version: 1, Permission: analysis.HoldSession, Run: c.Suggest},
		{ID: "session.plan", On: Submission, Version: 1, Permission: analysis.HoldSession, Loading: true, Validate: c.ValidatePlan, Run: c.Plan},
		{ID: "session.people", On: Submission, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: c.People},
		begin,
	}, joining(Action, map[string]UseCase{"list": c.List, "open": c.Open, "lead": c.Lead, "ready": c.Ready, "forward": c.Forward, "reopen": c.Reopen, "extend": c.Extend, "switch": c.Switch,
		"step": c.Step, "pause": c.Pause, "resume": c.Resume, "end": c.End, "take": c.Take, "leave": c.Leave})...)
}

// joining are entries that everybody who may take part in sessions reaches: who may do
// what in one, and when, the session itself says.
func joining(on On, runs map[string]UseCase) []Entry {
	var all []Entry
	for name, run := range runs {
		all = append(all, Entry{ID: "session." + name, On: on, Version: 1, Permission: analysis.JoinSession, Run: run})
	}
	analysis.Sort(all, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) })
	return all
}
