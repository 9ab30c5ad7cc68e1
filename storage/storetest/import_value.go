package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// addHours imports rows as hours of the bookkeeping Uren.
func addHours(t testing.TB, s Store, replace bool, rows ...analysis.StagedHours) storage.ImportOutcome {
	t.Helper()
	for i := range rows {
		rows[i].Line = i + 2
	}
	o := storage.ImportOptions{Kind: analysis.ImportHours, File: "uren.csv", Source: "Uren", ReplacePeriod: replace, At: morning}
	return apply(t, s, o, func(staging storage.Staging) error { return staging.AddHours(t.Context(), rows) })
}

// wantOutcome compares what was added, changed, unchanged, removed and refused.
func wantOutcome(t *testing.T, what string, got storage.ImportOutcome, want ...int) {
	t.Helper()
	wantEqual(t, what, fmt.Sprint([]int{got.Added, got.Changed, got.Unchanged, got.Removed, got.RefusedCount}), fmt.Sprint(want))
}

// costs returns what work for the clients' groups cost, by number of the group;
// unknown is left out.
func costs(t *testing.T, s Store, asOf analysis.Day) string {
	t.Helper()
	known := map[string]analysis.Cents{}
	for _, h := range historiesOf(t, s, asOf) {
		if h.CostKnown {
			known[h.Number] = h.Cost
		}
	}
	return fmt.Sprint(known)
}

// testHours: hours are taken over once, equal ones all count, and an undo takes
// them out again.
func testHours(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	o := storage.ImportOptions{Kind: analysis.ImportHours, Source: "Uren", CreateUnknown: true, At: morning}
	unknown := apply(t, s, o, func(staging storage.Staging) error {
		return staging.AddHours(ctx, []analysis.StagedHours{{Line: 2, Number: "1", Day: 20000, Minutes: 60, Cost: 1}})
	})
	wantOutcome(t, "hours of nobody", unknown, 0, 0, 0, 0, 1)
	wantEqual(t, "why", unknown.Refused[0].Reason.Key, "import.unknown_number")

	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "02", "Twee"), someone("3", "Drie"), someone("4", "Vier"))
	asOf := analysis.Date(2026, 1, 31)
	ago := asOf.AddMonths(-24)
	rows := []analysis.StagedHours{
		{Number: "1", Day: asOf, Minutes: 90, Cost: 100}, {Number: "1", Day: asOf, Minutes: 90, Cost: 100},
		{Number: "2", Day: ago + 1, Minutes: 30, Cost: 20}, {Number: "02", Day: ago, Minutes: 30, Cost: 5000},
		{Number: "3", Day: asOf + 1, Minutes: 30, Cost: 7}, {Number: "3", Day: asOf - 9, Minutes: -30, Cost: -7},
		{Number: "4", Day: ago, Minutes: 1, Cost: 9}, {Number: "nobody", Day: asOf, Minutes: 1, Cost: 1},
		{Number: "", Day: asOf, Minutes: 1, Cost: 1}, {Number: "1", Day: analysis.NoDay, Minutes: 1, Cost: 1},
	}
	first := addHours(t, s, false, rows...)
	wantOutcome(t, "first import", first, 7, 0, 0, 0, 3)
	wantOutcome(t, "the same again", addHours(t, s, false, rows...), 0, 0, 7, 0, 3)
	wantEqual(t, "costs", costs(t, s, asOf), "map[1:220 3:-7]")
	wantEqual(t, "costs the day before", costs(t, s, asOf-1), "map[1:5020 3:-7 4:9]")

	// Of the period only what the file has, and nothing of other dates.
	replaced := addHours(t, s, true, rows[0], analysis.StagedHours{Number: "3", Day: asOf - 9, Minutes: 15, Cost: 3})
	wantOutcome(t, "replaced", replaced, 1, 0, 1, 2, 0)
	wantEqual(t, "costs replaced", costs(t, s, asOf), "map[1:120 3:3]")
	undo := func(id analysis.ImportID, rows int) {
		t.Helper()
		n, err := s.UndoImport(ctx, id, "U1", morning.Add(time.Hour))
		if err != nil || n != rows {
			t.Fatalf("UndoImport = %d, %v; want %d rows", n, err, rows)
		}
	}
	undo(replaced.ID, 3)
	wantEqual(t, "costs after undo", costs(t, s, asOf), "map[1:220 3:-7]")
	undo(first.ID, 7)
	wantEqual(t, "costs after undoing all", costs(t, s, asOf), "map[]")

	staging, err := s.Stage(ctx, storage.ImportOptions{Kind: analysis.ImportRevenue, Source: "Exact", At: morning})
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Close()
	if staging.AddHours(ctx, rows) == nil {
		t.Error("hours were staged among revenue")
	}
}

// testImportJudgements: what a file says that is not known yet is recorded for
// the client's group, and an undo brings back what was judged before.
func testImportJudgements(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	g, three := clientOf(t, s, "1").Group, clientOf(t, s, "3").Group
	by := judge(t, s, g, "strategic", 4)
	kept := judge(t, s, three, "creation", 2)
	judge(t, s, three, "stability", 3)
	judge(t, s, three, "stability", -1)
	add := func(by analysis.UserID, rows ...analysis.StagedJudgement) storage.ImportOutcome {
		t.Helper()
		o := storage.ImportOptions{Kind: analysis.ImportJudgements, File: "oordelen.csv", By: by, At: morning.Add(time.Hour)}
		return apply(t, s, o, func(staging storage.Staging) error { return staging.AddJudgements(ctx, rows) })
	}
	rows := []analysis.StagedJudgement{
		{Line: 2, Number: "1", Criterion: "strategic", Value: 1}, {Line: 2, Number: "1", Criterion: "groei!", Value: 0},
		{Line: 3, Number: "2", Criterion: "strategic", Value: 3}, {Line: 4, Number: "3", Criterion: "creation", Value: 2},
		{Line: 4, Number: "3", Criterion: "stability", Value: 2}, {Line: 5, Number: "9", Criterion: "creation", Value: 2},
	}
	first := add("U7", rows...)
	wantOutcome(t, "import", first, 2, 1, 2, 0, 1)
	imported := func(g analysis.GroupID, criterion string, value int) analysis.Judgement {
		return analysis.Judgement{Group: g, Criterion: criterion, Value: value, By: "U7", At: morning.Add(time.Hour)}
	}
	wantJudgements(t, s, g, imported(g, "groei!", 0), imported(g, "strategic", 3))
	wantJudgements(t, s, three, kept, imported(three, "stability", 2))
	wantOutcome(t, "the same file again", add("U7", rows...), 0, 0, 5, 0, 1)
	if n, err := s.UndoImport(ctx, first.ID, "U1", morning); err != nil || n != 3 {
		t.Errorf("UndoImport = %d, %v; want three rows", n, err)
	}
	wantJudgements(t, s, g, by)
	wantJudgements(t, s, three, kept)

	staging, err := s.Stage(ctx, storage.ImportOptions{Kind: analysis.ImportJudgements, At: morning})
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Close()
	wantKind(t, "a mark outside the scale", staging.AddJudgements(ctx, []analysis.StagedJudgement{{Number: "1", Criterion: "x", Value: 5}}), analysis.Invalid)
}
