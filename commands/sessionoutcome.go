package commands

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// outcomeLetter is what a session nu-3jaar came to.
const outcomeLetter = "session.outcome"

// outcomeEntry is the message of the outcome: once for each time it is reached.
func (c SessionScreens) outcomeEntry(s *session.State, lang string, at time.Time) storage.LedgerEntry {
	return c.letterOf(s, outcomeLetter, "outcome/"+strconv.Itoa(s.Visit), lang, at)
}

// Outcome draws what a session came to, with a picture that fits a slide and a file.
func (c SessionScreens) Outcome(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s, err := c.lettered(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), officeZone)
	o := view.SessionOutcome{AsOf: analysis.DayOf(e.At.In(officeZone))}
	if o.SessionBoard, err = c.board(ctx, p, s); err != nil {
		return view.Message{}, err
	}
	if o.Name, err = c.named(ctx, s); err != nil {
		return view.Message{}, err
	}
	table := outcomeTable(s)
	options := chart.Options{Scope: o.About, AsOf: o.AsOf}
	return pictured(view.SessionOutcomeMessage(p, o), fmt.Sprintf("sessie-%d-%s", s.ID, o.AsOf), chart.OutcomeText(p, table, options),
		func(w io.Writer) error { return chart.Outcome(w, p, table, options) })
}

// outcomeTable is what the picture shows.
func outcomeTable(s *session.State) chart.OutcomeTable {
	horizons := map[session.Horizon]chart.Horizon{session.Now: chart.Now, session.Later: chart.InThreeYears}
	courses := map[session.Choice]chart.Course{session.Keep: chart.Keep, session.Start: chart.Start, session.Stop: chart.Stop}
	t := chart.OutcomeTable{Actions: len(s.Actions), Voters: s.Voters()}
	for _, r := range s.Outcome() {
		t.Items = append(t.Items, chart.OutcomeItem{Text: r.Cluster.Name, Horizon: horizons[r.Horizon], Course: courses[r.Choice], Votes: r.Dots})
	}
	return t
}

// named returns what people of s are called: as in the office's list, else by their
// e-mail, else as Slack knows them.
func (c SessionScreens) named(ctx context.Context, s *session.State) (func(analysis.UserID) string, error) {
	managers, err := c.Clients.Cards.Managers.AllManagers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the managers: %w", err)
	}
	accounts, err := Accounts(ctx, c.Known)
	if err != nil {
		return nil, err
	}
	names := map[analysis.UserID]string{}
	for email, who := range accounts {
		names[who.User] = email
	}
	for _, m := range managers {
		if who, ok := accounts[strings.ToLower(m.Email)]; ok && m.Name != "" {
			names[who.User] = m.Name
		}
	}
	return func(u analysis.UserID) string {
		if name := names[u]; name != "" {
			return name
		}
		return string(u)
	}, nil
}
