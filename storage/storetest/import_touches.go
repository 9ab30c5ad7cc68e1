package storetest

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testImportTouches: moments of a file are taken over once, equal ones all
// count, what was logged by hand or taken back is the same one, and an undo
// takes them out again.
func testImportTouches(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	one := inGroup("G", "1", "Een")
	one.ManagerEmail, one.ManagerName = "anna@kantoor.example", "Anna Bos"
	addClients(t, s, one, inGroup("G", "02", "Twee"), someone("3", "Drie"))
	g, manager := clientOf(t, s, "1").Group, clientOf(t, s, "1").Manager
	day := analysis.DayOf(morning.UTC())
	hand := called(g, day-5)
	hand.Manager, hand.Note = manager, "belt terug"
	byHand := addTouch(t, s, hand)
	gone := called(g, day-6)
	removed := addTouch(t, s, gone)
	removed.Removed = true
	if err := revise(t, s, removed); err != nil {
		t.Fatal(err)
	}

	add := func(rows ...analysis.StagedTouch) storage.ImportOutcome {
		t.Helper()
		for i := range rows {
			rows[i].Line = i + 2
		}
		o := storage.ImportOptions{Kind: analysis.ImportTouches, File: "contacten.csv", By: "U7", At: morning}
		return apply(t, s, o, func(staging storage.Staging) error { return staging.AddTouches(ctx, rows) })
	}
	rows := []analysis.StagedTouch{
		{Number: "1", Day: day - 5, Kind: analysis.Call, ByEmail: "anna@kantoor.example", Note: "belt terug"},
		{Number: "1", Day: day - 6, Kind: analysis.Call},
		{Number: "2", Day: day - 3, Kind: analysis.Visit, ByName: "Anna  bos", Note: "jaarrekening"},
		{Number: "02", Day: day - 3, Kind: analysis.Visit, ByName: "anna Bos", Note: "jaarrekening"},
		{Number: "3", Day: day - 3, Kind: analysis.Mail, ByEmail: "weg@kantoor.example"},
		{Number: "nobody", Day: day - 3, Kind: analysis.Mail},
		{Number: "", Day: day - 3, Kind: analysis.Mail},
		{Number: "3", Day: analysis.NoDay, Kind: analysis.Mail},
		{Number: "3", Day: day + 2, Kind: analysis.Mail},
	}
	first := add(rows...)
	wantOutcome(t, "import", first, 3, 0, 2, 0, 4)
	wantEqual(t, "future", first.Refused[3].Reason.Key, "import.touch_future")
	if len(first.Warnings) != 1 || first.Warnings[0].Key != "import.touches_by_nobody" || first.Warnings[0].Args["names"] != "weg@kantoor.example" {
		t.Errorf("warnings = %v", first.Warnings)
	}
	wantOutcome(t, "the same again", add(rows...), 0, 0, 5, 0, 4)
	got, n, err := s.Touches(ctx, g, 0, 10)
	if err != nil || n != 3 || got[2] != byHand || got[0].Manager != manager || got[0].Source != "import" || got[0].Note != "jaarrekening" ||
		got[0].ID == got[1].ID || got[0].Version != 1 || got[0].Author != "U7" || !got[0].At.Equal(morning) {
		t.Errorf("Touches = %+v (%d), %v", got, n, err)
	}
	// Later hand-made moments get numbers of their own.
	addTouch(t, s, called(g, day))
	if rows, err := s.UndoImport(ctx, first.ID, "U1", morning.Add(time.Hour)); err != nil || rows != 3 {
		t.Errorf("UndoImport = %d, %v; want three rows", rows, err)
	}
	if _, n, err := s.Touches(ctx, g, 0, 10); err != nil || n != 2 {
		t.Errorf("%d moments after the undo, %v; want those by hand", n, err)
	}
}

// testTouchesOfWhoMoved: a moment that a file brought stays the same one when its
// client went to another group, and when its colleague became known.
func testTouchesOfWhoMoved(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	clientList(inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), inGroup("H", "3", "Drie")).into(t, s, raw)
	day := analysis.DayOf(morning) - 9
	moments := file{options: storage.ImportOptions{Kind: analysis.ImportTouches, File: "contacten.csv", At: morning}, touches: []analysis.StagedTouch{
		{Line: 2, Number: "1", Day: day, Kind: analysis.Call, ByEmail: "x@k.example"},
		{Line: 3, Number: "1", Day: day, Kind: analysis.Call, ByEmail: "x@k.example"},
		{Line: 4, Number: "2", Day: day, Kind: analysis.Call, ByEmail: "x@k.example"},
		{Line: 5, Number: "2", Day: day, Kind: analysis.Visit},
	}}
	wantCounts(t, moments.into(t, s, raw), 4, 0, 0, 0, 0)
	moved := inGroup("H", "1", "Een")
	moved.ManagerEmail = "x@k.example"
	wantCounts(t, clientList(moved).into(t, s, raw), 0, 1, 0, 0, 0)
	before := dump(t, raw)
	wantCounts(t, moments.into(t, s, raw), 0, 0, 4, 0, 0)
	wantSame(t, "the same file again", dump(t, raw), before)
	moments.touches = append(moments.touches, analysis.StagedTouch{Line: 6, Number: "1", Day: day, Kind: analysis.Call, ByEmail: "x@k.example"})
	wantCounts(t, moments.into(t, s, raw), 1, 0, 4, 0, 0)
	wantCounts(t, moments.into(t, s, raw), 0, 0, 5, 0, 0)
}
