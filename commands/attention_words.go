package commands

import (
	"context"
	"strings"

	"klantbot/analysis"
)

// attentionWords routes the words after /aandacht: the report and events by
// their name, everything else to week.
func attentionWords(week UseCase, report AttentionReport, events Gatherings) UseCase {
	return func(ctx context.Context, req Request) (Reply, error) {
		word, _, _ := strings.Cut(strings.ToLower(clean(req.Text)), " ")
		switch word {
		case "rapport", "report":
			return report.Show(ctx, req)
		case "bijeenkomst", "bijeenkomsten", "event", "events":
			return events.Open(ctx, req)
		}
		return week(ctx, req)
	}
}

// attentionEntries are the part of the table about the report and events.
func attentionEntries(report AttentionReport, events Gatherings) []Entry {
	hold := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.HoldGathering, Loading: true, Run: run}
	}
	add := hold(Submission, "gathering.add", events.Add)
	add.Validate = events.Validate
	send := hold(Action, "gathering.send", events.Send)
	send.Scopes = []string{"chat:write", "files:write", "im:history"}
	return []Entry{
		{ID: "attention.send", On: Action, Version: 1, Permission: analysis.ReportOffice,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: report.Send},
		hold(Action, "gathering.open", events.Open), hold(Action, "gathering.form", events.Form), add,
		hold(Action, "gathering.show", events.Show), send, hold(Action, "gathering.mark", events.Mark),
		hold(Submission, "gathering.came", events.Came), hold(Action, "gathering.undo", events.Undo),
		hold(Action, "gathering.remove", events.Remove),
		hold(Action, "gathering.guests", events.Guests), hold(Action, "gathering.turn", events.Turn),
	}
}
