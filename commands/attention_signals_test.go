package commands

import (
	"context"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// importAnswers imports the answers to a survey: a client's number, who answered and
// the NPS.
func importAnswers(t *testing.T, db *sqlstore.DB, wave string, byName bool, day analysis.Day, rows ...analysis.StagedResponse) analysis.ImportID {
	t.Helper()
	s, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportSurvey, File: "antwoorden.csv", Wave: wave, Audience: analysis.AskedClients, ByName: byName, At: at})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range rows {
		rows[i].Line, rows[i].Day, rows[i].Grade, rows[i].Respondent = i+2, day, analysis.NotSaid, rows[i].Number+rows[i].Email
	}
	if err := s.AddResponses(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	out, err := s.Apply(t.Context())
	if err != nil || out.RefusedCount > 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	return out.ID
}

// nps is an answer of a client.
func nps(number, email string, score int) analysis.StagedResponse {
	return analysis.StagedResponse{Number: number, Email: email, SurveyAnswers: analysis.SurveyAnswers{NPS: score}}
}

// toldOffice is a digest office whose digests know what clients said.
func toldOffice(t *testing.T) *digestOffice {
	t.Helper()
	w := newDigestOffice(t)
	w.digest.Week.Signals = &Signals{Portfolio: w.db, Revenue: w.db, Invoiced: w.db, Rated: SurveyRatings{Surveys: w.db}}
	return w
}

// groupOf is the group of a client.
func (w *digestOffice) groupOf(number string) analysis.GroupID {
	w.Helper()
	hit, _ := w.dir.Find(w.Context(), number, 1)
	if len(hit) == 0 {
		w.Fatalf("no client %s", number)
	}
	c, err := w.db.Client(context.Background(), hit[0].Client)
	if err != nil {
		w.Fatal(err)
	}
	return c.Group
}

// signals are those that the digest of Fleur asks about as of day, by group.
func (w *digestOffice) signals(day analysis.Day) map[analysis.GroupID][]attention.SignalKind {
	w.Helper()
	week, err := w.digest.Week.Plan(context.Background(), AttentionAsk{Day: day, Manager: w.fleur.ID})
	if err != nil || len(week.People) != 1 {
		w.Fatal(week.People, err)
	}
	found := map[analysis.GroupID][]attention.SignalKind{}
	for _, i := range week.People[0].Items {
		for _, s := range i.Signals {
			found[i.Group] = append(found[i.Group], s.Kind)
		}
	}
	return found
}

// TestLowRating: who rates the office low by name is the first of the digest, with
// who answered, why and what to ask, until somebody calls. What was said
// anonymously is nowhere.
func TestLowRating(t *testing.T) {
	w := toldOffice(t)
	day := analysis.DayOf(monday) - 14
	id := importAnswers(t, w.db, "Klanten 2026", true, day, nps("0103", "smit@pietersen.example", 3), nps("0104", "", 8), nps("510", "", 7))
	importAnswers(t, w.db, "Anoniem 2026", false, day, nps("0101", "", 1), nps("511", "", 0))
	low, seven := w.groupOf("0103"), w.groupOf("510")
	got := w.signals(analysis.DayOf(monday))
	if len(got) != 2 || !slices.Equal(got[low], []attention.SignalKind{attention.LowRating}) || got[seven] == nil {
		t.Fatalf("signals = %v, want those of %d and %d", got, low, seven)
	}
	w.queue(monday)
	m, p := w.letter("UF")
	if p.Items[0].Group != low && p.Items[0].Group != seven {
		t.Errorf("the first item is about %d", p.Items[0].Group)
	}
	said := jsonOf(t, m.Blocks)
	for _, want := range []string{"mevrouw Smit", "Gaf op 23 nov 2026 een lage waardering", "Wat hadden we voor u anders moeten doen?"} {
		if !strings.Contains(said, want) {
			t.Errorf("the digest does not say %q: %s", want, said)
		}
	}
	e, err := w.db.Entry(t.Context(), digestKey("UF", p.Week.String()))
	if err != nil {
		t.Fatal(err)
	}
	e.Lang = "en"
	english, err := w.digest.Letter(t.Context(), e)
	if said := jsonOf(t, english.Blocks); err != nil || !strings.Contains(said, "Gave a low rating on 23 Nov 2026") || !strings.Contains(said, "What should we have done differently for you?") {
		t.Errorf("in English: %s, %v", said, err)
	}
	change(t, w.db, func(tx storage.Tx) error {
		_, _, err := tx.AddTouch(t.Context(), analysis.Touch{Group: low, Kind: analysis.Call, Day: day, Manager: w.fleur.ID, NextDay: analysis.NoDay, At: monday})
		return err
	})
	if got := w.signals(analysis.DayOf(monday)); got[low] != nil || got[seven] == nil {
		t.Errorf("after a call on the day of the answer: %v", got)
	}
	if got := w.signals(day + attention.SignalDays); len(got) != 0 {
		t.Errorf("a quarter later: %v", got)
	}
	if _, err := w.db.UndoImport(t.Context(), id, "", monday); err != nil {
		t.Fatal(err)
	}
	if got := w.signals(analysis.DayOf(monday)); len(got) != 0 {
		t.Errorf("answers that were taken out: %v", got)
	}
	if m, _ := w.letter("UF"); strings.Contains(jsonOf(t, m.Blocks), "lage waardering") {
		t.Error("the digest still says so")
	}
}

// TestLifeEvent: what somebody noted about a client asks for a call, and is gone
// from the digest that was sent when it was a mistake.
func TestLifeEvent(t *testing.T) {
	w := toldOffice(t)
	group, today := w.groupOf("0104"), analysis.DayOf(monday)
	var noted int64
	change(t, w.db, func(tx storage.Tx) (err error) {
		noted, err = tx.AddOccasion(t.Context(), storage.NotedOccasion{Group: group, Occasion: attention.Occasion{Kind: attention.Takeover, Day: today - 1}, At: monday})
		return err
	})
	if got := w.signals(today); len(got) != 1 || !slices.Equal(got[group], []attention.SignalKind{attention.LifeEvent}) {
		t.Fatalf("signals = %v", got)
	}
	w.queue(monday)
	m, p := w.letter("UF")
	if said := jsonOf(t, m.Blocks); p.Items[0].Group != group || !strings.Contains(said, "Overname op 6 dec 2026: bel") || !strings.Contains(said, "Wat moet er over een jaar goed geregeld zijn?") {
		t.Errorf("the digest says %s", said)
	}
	change(t, w.db, func(tx storage.Tx) error { return tx.RemoveOccasion(t.Context(), noted) })
	if m, _ := w.letter("UF"); strings.Contains(jsonOf(t, m.Blocks), "Overname") {
		t.Error("what was noted by mistake stays in the digest")
	}
}

// TestSignalsOfMergedGroups: a digest that was sent before its group became part of
// another still says why it asks.
func TestSignalsOfMergedGroups(t *testing.T) {
	w := toldOffice(t)
	day := analysis.DayOf(monday) - 14
	var rows []analysis.StagedClient
	for i, number := range []string{"0950", "0951"} {
		c := row(number, []string{"Zonneveld Holding B.V.", "Zonneveld Beheer B.V."}[i], "")
		c.ContactName, c.ContactEmail = "Wilhelmina Zonneveld", "wilhelmina@zonneveld.example"
		rows = append(rows, c)
	}
	stage(t, w.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(t.Context(), rows) })
	if err := w.dir.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	importAnswers(t, w.db, "Klanten 2026", true, day, nps("0951", "", 2))
	group := w.groupOf("0951")
	own := []attention.Line{{Activity: "telefoongesprek", Kind: attention.Periodic, Touch: analysis.Call, Times: 12, Role: attention.ByManager, Minutes: 15}}
	change(t, w.db, func(tx storage.Tx) error {
		return tx.SetOwnLines(t.Context(), storage.OwnLines{Group: group, Own: true, Lines: own, At: monday.AddDate(-1, 0, 0)})
	})
	w.queue(monday)
	m, p := w.letter("UF")
	if p.Items[0].Group != group || !strings.Contains(jsonOf(t, m.Blocks), "lage waardering") {
		t.Fatalf("the first row is %+v", p.Items[0])
	}
	open, _, err := w.db.Proposals(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	merged := false
	for _, proposal := range open {
		if slices.ContainsFunc(proposal.Groups, func(g analysis.Group) bool { return g.ID == group }) {
			merged = true
			change(t, w.db, func(tx storage.Tx) error {
				kept, err := tx.Merge(t.Context(), proposal.ID, "UP", monday)
				if kept == group {
					t.Error("it is the group that stays")
				}
				return err
			})
		}
	}
	if m, _ := w.letter("UF"); !merged || !strings.Contains(jsonOf(t, m.Blocks), "lage waardering") {
		t.Errorf("merged: %v; the digest says %s", merged, jsonOf(t, m.Blocks))
	}
}
