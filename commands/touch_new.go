package commands

import (
	"context"

	"klantbot/analysis"
)

// planOf is how n plans the week.
func planOf(n Needs) Attention {
	return Attention{Groups: n.Attention, Touches: n.Touches, Segments: n.Segments, Settings: n.Settings, Absences: n.Absences,
		Managers: n.Managers, Roster: n.Roster, Signals: n.Signals, Store: n.Writer}
}

// cardsOf are the cards of n; without a store of attention they say nothing of
// what is asked next.
func cardsOf(n Needs) Cards {
	cards := Cards{Clients: n.Clients, Revenue: n.Revenue, Managers: n.Managers, Segments: n.Segments, Market: n.Market, Lifetimes: n.Lifetimes, Touches: n.Touches, Judgements: n.Judgements, Ratings: n.Ratings, Feedback: n.Feedback, Objections: n.Objections}
	if n.Actions != nil {
		cards.Actions = newActions(n).Of
	}
	if n.Attention != nil {
		week := planOf(n)
		cards.Week = &week
	}
	return cards
}

// newTouching is how contact is logged; what is logged on the Home tab shows there.
func newTouching(n Needs, client Client, home Home) Touching {
	return Touching{Clients: n.Clients, Touches: n.Touches, Managers: n.Managers, Staff: Staff{Colleagues: n.Colleagues, Managers: n.Managers},
		Week: client.Cards.Week, Feedback: n.Feedback, Store: n.Writer, Card: client.behind, Home: home.Drawn}
}

// newWeekly is /aandacht and the Home tab, whose rows have the buttons of the
// digest and are drawn anew after a press.
func newWeekly(n Needs, digest Digest) (Weekly, Home) {
	weekly := Weekly{Handling: digest.Handling, Staff: Staff{Colleagues: n.Colleagues, Managers: n.Managers}}
	home := Home{Weekly: weekly, Digest: digest, Touches: n.Touches, Roster: n.Roster, Store: n.Writer, Stranded: Stranded{Ledger: n.Stranded, Store: n.Writer}, Follows: newFollowUps(n, digest.Handling).Mine,
		Setup: Setup{Segments: n.Segments, Touches: n.Touches, Managers: n.Managers}}
	if n.Actions != nil {
		home.Actions = newActions(n).Mine
	}
	if n.Directory != nil {
		home.Setup.Clients = n.Directory.Size
	}
	digest.Redraw["a"], digest.Redraw["h"] = weekly.Redrawn, home.Redrawn
	return weekly, home
}

// touchEntries are the part of the table about moments of contact. Who may
// correct one is asked of each.
func touchEntries(t Touching, client Client) []Entry {
	action := func(id string, p analysis.Permission, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: p, Loading: true, Run: run}
	}
	return []Entry{
		action("touch.open", analysis.LogTouches, t.Open),
		{ID: "touch.message", On: OnMessage, Version: 1, Names: names("Leg contact vast", "Log contact"), Permission: analysis.LogTouches,
			Scopes: []string{"commands"}, Loading: true, Run: t.FromMessage},
		action("touch.client", analysis.LogTouches, t.Chosen),
		{ID: "touch.client", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "touch.save", On: Submission, Version: 1, Permission: analysis.LogTouches, Loading: true, Run: t.Save, Validate: t.Validate},
		action("touch.list", analysis.ViewClient, t.List),
		action("touch.revise", analysis.LogTouches, t.Revise),
		action("touch.remove", analysis.LogTouches, t.Remove),
		action("touch.undo", analysis.LogTouches, t.Undo),
	}
}

// weekEntries are the part of the table about the week: /aandacht and the Home
// tab.
func weekEntries(w Weekly, h Home, client Client) []Entry {
	return []Entry{
		{ID: "attention.week", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: w.Page},
		{ID: "attention.team", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: w.Team},
		{ID: "home", On: HomeOpened, Version: 1, Permission: analysis.ViewOffice, Run: h.Open},
		{ID: "home.page", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: h.Page},
		{ID: "home.find", On: Action, Version: 1, Permission: analysis.FindClients, Loading: true, Run: client.Find},
		{ID: "home.team", On: Action, Version: 1, Permission: analysis.ViewOffice, Loading: true,
			Run: func(ctx context.Context, req Request) (Reply, error) {
				req.InModal = true // a window opens over the tab
				return w.team(ctx, req, 0)
			}},
	}
}
