package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

func sortedCopy(lines []string) []string { return slices.Sorted(slices.Values(lines)) }

func testUndo(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	var dumps []string
	var ids []analysis.ImportID
	for i, f := range []file{
		clientList(inGroup("F", "1", "Een"), inGroup("F", "2", "Twee"), contactOf("3", "Drie", "Piet Puk", "")),
		revenueOf("boek", invoiced("1", 1, "a", "X", 10), invoiced("3", 1, "a", "X", 10), invoiced("", 1, "a", "Y", 10)),
		clientList(inGroup("G", "2", "Twee b"), contactOf("3", "Drie", "Piet Puk", "p@p.example"), someone("4", "Vier")),
		revenueOf("boek", invoiced("1", 1, "a", "X", 10), invoiced("4", 1, "a", "Z", 10)),
		clientList(inGroup("G", "3", ""), someone("1", "Eén")),
	} {
		dumps = append(dumps, dump(t, raw))
		out := f.into(t, s, raw)
		ids = append(ids, out.ID)
		all, err := s.ListImports(t.Context(), 10)
		if err != nil || len(all) != i+1 || all[0].ID != out.ID || all[0].Added != out.Added || all[0].File != f.options.File || !all[0].At.Equal(morning) {
			t.Fatalf("ListImports = %+v (%v), want import %d first", all, err, out.ID)
		}
	}
	for i := len(ids) - 1; i >= 0; i-- {
		if n := undo(t, s, ids[i]); n == 0 {
			t.Errorf("undo of import %d put nothing back", ids[i])
		}
		wantSame(t, fmt.Sprintf("after undo of import %d", i), dump(t, raw), dumps[i])
		_, err := s.UndoImport(t.Context(), ids[i], "", morning)
		wantKind(t, "undo again", err, analysis.NotFound)
	}
	all, err := s.ListImports(t.Context(), 2)
	if err != nil || len(all) != 2 || !all[0].Undone {
		t.Errorf("ListImports = %+v (%v), want the newest two, undone", all, err)
	}
	_, err = s.UndoImport(t.Context(), 99, "", morning)
	wantKind(t, "undo of no import", err, analysis.NotFound)
}

func testUndoRefused(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	first := clientList(someone("1", "Een"), someone("2", "Twee")).into(t, s, raw)
	second := clientList(someone("2", "Twee!")).into(t, s, raw)
	before := dump(t, raw)
	_, err := s.UndoImport(t.Context(), first.ID, "", morning)
	wantTouchedBy(t, err, second.ID)
	wantSame(t, "after a refused undo", dump(t, raw), before)
	undo(t, s, second.ID)
	undo(t, s, first.ID)
	wantEqual(t, "clients left", rowsOf(t, raw, `SELECT id FROM client`), "")
	clientList(someone("3", "Drie")).into(t, s, raw)
	wantEqual(t, "id after undo", rowsOf(t, raw, `SELECT id FROM client`), "3\n")
}

func testUndoKeepsWhatIsUsed(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	row := someone("1", "Een")
	row.ManagerEmail = "m@k.example"
	list := clientList(row, someone("2", "Twee")).into(t, s, raw)
	revenueOf("boek", invoiced("1", 1, "a", "X", 10)).into(t, s, raw)
	undo(t, s, list.ID)
	wantEqual(t, "clients left", rowsOf(t, raw, `SELECT number FROM client`), "1\n")
	wantEqual(t, "groups left", rowsOf(t, raw, `SELECT number FROM client_group`), "1\n")
	wantEqual(t, "managers left", rowsOf(t, raw, `SELECT email FROM manager`), "m@k.example\n")
	if months, err := s.MonthRevenue(t.Context(), clientOf(t, s, "1").Group); err != nil || len(months) != 1 {
		t.Errorf("MonthRevenue = %v (%v), want what was invoiced", months, err)
	}
}

// testUndoContactNames: a file may give the name of one contact person to
// another, and undoing it gives both their own back.
func testUndoContactNames(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	clientList(contactOf("1", "Een", "Piet Puk", "p@een.example"), contactOf("1", "", "Jan Jut", "j@een.example")).into(t, s, raw)
	before := dump(t, raw)
	for _, f := range []file{
		clientList(contactOf("1", "", "Zus Zoet", "p@een.example"), contactOf("1", "", "Piet Puk", "x@een.example")),
		clientList(contactOf("1", "", "Zus Zoet", "p@een.example"), contactOf("1", "", "Piet Puk", "j@een.example")),
		clientList(contactOf("1", "", "PIET PUK", ""), contactOf("1", "", "Piet Puk", "j@een.example")),
	} {
		out := f.into(t, s, raw)
		undo(t, s, out.ID)
		wantSame(t, "after undo", dump(t, raw), before)
	}

	second := clientList(contactOf("1", "", "Zus Zoet", "p@een.example")).into(t, s, raw)
	third := clientList(contactOf("1", "", "Piet Puk", "x@een.example")).into(t, s, raw)
	after := dump(t, raw)
	_, err := s.UndoImport(t.Context(), second.ID, "", morning)
	wantTouchedBy(t, err, third.ID)
	wantSame(t, "after a refused undo", dump(t, raw), after)
	undo(t, s, third.ID)
	undo(t, s, second.ID)
	wantSame(t, "after both", dump(t, raw), before)
}

// wantTouchedBy checks that err refuses an undo for what import later did.
func wantTouchedBy(t *testing.T, err error, later analysis.ImportID) {
	t.Helper()
	wantKind(t, "undo of what was changed since", err, analysis.Invalid)
	var said *analysis.Error
	if !errors.As(err, &said) || said.Key != "import.touched_later" || said.Args["later"] != int64(later) {
		t.Errorf("error %v with %v, want one that names import %d", err, said, later)
	}
}

// testStaging: what is staged is nobody's business until it is applied, and
// texts of any kind arrive as both engines can keep them.
func testStaging(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	before := dump(t, raw)
	odd := someone("1", "Smit\x00 & Zn. \"'; DROP TABLE client;-- \xff €")
	staging := clientList(odd).stage(t, s)
	wantSame(t, "while staged", dump(t, raw), before)
	if err := staging.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := staging.Apply(t.Context()); err == nil {
		t.Errorf("Apply after Close: no error")
	}
	wantSame(t, "after Close", dump(t, raw), before)
	clientList(odd).into(t, s, raw)
	name := clientOf(t, s, "1").Name
	if !strings.HasPrefix(name, "Smit & Zn. \"'; DROP TABLE client;-- ") || !strings.HasSuffix(name, " €") {
		t.Errorf("name = %q", name)
	}
	wantCounts(t, clientList(odd).into(t, s, raw), 0, 0, 1, 0, 0)
}
