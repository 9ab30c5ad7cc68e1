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
	return c.letterOf(s, outcomeLetter, outcomeKey(s.Visit), lang, at)
}

// outcomeKey ends the key of the outcome that a session reached in a visit.
func outcomeKey(visit int) string { return "outcome/" + strconv.Itoa(visit) }

// toldOfOutcome says what a session came to, keeps it as things stand, and, once the
// session was reopened, says of it that it holds no longer.
func (c SessionScreens) toldOfOutcome(ctx context.Context, tx storage.Tx, before, after *session.State, entry func(*session.State) storage.LedgerEntry) error {
	if before.Phase == session.Concluded && before.Visit != after.Visit {
		if err := tx.Revise(ctx, entry(before).Key); err != nil {
			return err
		}
	}
	if after.Phase != session.Concluded || after.Status != session.Running {
		return nil
	}
	e := entry(after)
	if added, err := tx.Enqueue(ctx, e); err != nil || added {
		return err
	}
	return tx.Revise(ctx, e.Key)
}

// replaced reports whether e is an outcome that the session left.
func replaced(s *session.State, e storage.LedgerEntry) bool {
	return s.Phase != session.Concluded || !strings.HasSuffix(e.Key, "/"+outcomeKey(s.Visit))
}

// Outcome draws what a session came to, with a picture that fits a slide and a file.
func (c SessionScreens) Outcome(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s, err := c.lettered(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), officeZone)
	o, err := c.outcomeOf(ctx, p, s, e.At)
	if err != nil {
		return view.Message{}, err
	}
	if replaced(s, e) {
		return view.SessionOutcomeReplaced(p, o.About), nil
	}
	table := outcomeTable(s)
	options := chart.Options{Scope: o.About, AsOf: o.AsOf()}
	return pictured(view.SessionOutcomeMessage(p, o), fmt.Sprintf("sessie-%d-%s", s.ID, o.AsOf()), chart.OutcomeText(p, table, options),
		func(w io.Writer) error { return chart.Outcome(w, p, table, options) })
}

func (c SessionScreens) outcomeOf(ctx context.Context, p *locale.Printer, s *session.State, at time.Time) (o view.SessionOutcome, err error) {
	o.At = at.In(officeZone)
	if o.SessionBoard, err = c.board(ctx, p, s); err != nil {
		return o, err
	}
	o.Name, err = c.named(ctx, p)
	return o, err
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

// named returns what people are called: as in the office's list, else by their
// e-mail, else as Slack knows them.
func (c SessionScreens) named(ctx context.Context, p *locale.Printer) (func(analysis.UserID) string, error) {
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
		return view.PersonWord(p, u, string(u))
	}, nil
}
