package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// FreshRaw is Fresh for tests that compare every row: raw reaches the same
// database beside the store.
type FreshRaw func(t testing.TB) (open func() Store, raw *sql.DB)

// Imports proves storage.Imports for the stores that fresh makes.
func Imports(t *testing.T, fresh FreshRaw) {
	for _, part := range []struct {
		name string
		test func(*testing.T, FreshRaw)
	}{
		{"ClientList", testClientList},
		{"DuplicateNumbers", testDuplicateNumbers},
		{"ContactPersons", testContactPersons},
		{"People", testPeople},
		{"ColleaguesByName", testColleaguesByName},
		{"LowestNumber", testLowestNumber},
		{"Labels", testLabels},
		{"LabelsOfRefusedRows", testLabelsOfRefusedRows},
		{"LabelsAndMerges", testLabelsAndMerges},
		{"Attribution", testAttribution},
		{"UnknownNumbers", testUnknownNumbers},
		{"ZerosInFront", testZerosInFront},
		{"Overlap", testOverlap},
		{"Undated", testUndated},
		{"EqualLines", testEqualLines},
		{"ServiceYears", testServiceYears},
		{"ReplacePeriod", testReplacePeriod},
		{"Undo", testUndo},
		{"UndoRefused", testUndoRefused},
		{"UndoKeepsWhatIsUsed", testUndoKeepsWhatIsUsed},
		{"UndoContactNames", testUndoContactNames},
		{"Killed", testKilled},
		{"AtOnce", testImportsAtOnce},
		{"Many", testManyRows},
		{"Proposed", testProposed},
		{"Staging", testStaging},
		{"TouchesOfWhoMoved", testTouchesOfWhoMoved},
		{"ForgottenStay", testForgottenStay},
		{"AnyFiles", testAnyFiles},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, fresh)
		})
	}
}

// reporter is what tests and properties have in common.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// dumped are the tables an import may write to, but for its own row.
var dumped = []string{"manager", "client_group", "client", "contact", "service", "source", "invoice_line",
	"unattributed_line", "hours", "judgement", "touch", "before_image", "proposal", "proposal_group"}

// dump writes down every row of the database that an import may touch.
func dump(t reporter, raw *sql.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range dumped {
		fmt.Fprintf(&b, "%s\n%s", table, rowsOf(t, raw, "SELECT * FROM "+table))
	}
	b.WriteString(rowsOf(t, raw, "SELECT clients_imported FROM office"))
	return b.String()
}

// rowsOf runs a query and writes its rows, ordered by all columns.
func rowsOf(t reporter, raw *sql.DB, query string) string {
	t.Helper()
	rows, err := raw.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintln(values...))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(sortedCopy(lines), "")
}

// wantSame checks that two dumps are the same and shows where they are not.
func wantSame(t reporter, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			t.Fatalf("%s: row %d is\n%s\nwant\n%s", what, i, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d rows, want %d", what, len(a), len(b))
}

// file is what one import reads.
type file struct {
	options storage.ImportOptions
	clients []analysis.StagedClient
	lines   []analysis.StagedLine
	// of the other kinds
	hours      []analysis.StagedHours
	touches    []analysis.StagedTouch
	judgements []analysis.StagedJudgement
}

// clientList is a file of clients.
func clientList(rows ...analysis.StagedClient) file {
	return file{options: storage.ImportOptions{Kind: analysis.ImportClients, File: "clients.csv", At: morning}, clients: rows}
}

// revenueOf is a file of invoice lines of the bookkeeping source.
func revenueOf(source string, rows ...analysis.StagedLine) file {
	return file{options: storage.ImportOptions{Kind: analysis.ImportRevenue, File: "revenue.csv", Source: source, At: morning}, lines: rows}
}

// stage stages f.
func (f file) stage(t reporter, s Store) storage.Staging {
	t.Helper()
	for i := range f.clients {
		f.clients[i].Line = i + 2
	}
	for i := range f.lines {
		f.lines[i].Line = i + 2
	}
	ctx := context.Background()
	staging, err := s.Stage(ctx, f.options)
	if err != nil {
		t.Fatalf("Stage: %v", err)
	}
	switch f.options.Kind {
	case analysis.ImportHours:
		err = staging.AddHours(ctx, f.hours)
	case analysis.ImportTouches:
		err = staging.AddTouches(ctx, f.touches)
	case analysis.ImportJudgements:
		err = staging.AddJudgements(ctx, f.judgements)
	default:
		err = errors.Join(staging.AddClients(ctx, f.clients), staging.AddLines(ctx, f.lines))
	}
	if err != nil {
		t.Fatalf("add rows: %v", err)
	}
	return staging
}

// into compares and then applies f, and checks that comparing says the same and
// leaves everything as it is.
func (f file) into(t reporter, s Store, raw *sql.DB) storage.ImportOutcome {
	t.Helper()
	staging := f.stage(t, s)
	defer staging.Close()
	before := dump(t, raw)
	said, err := staging.Compare(context.Background())
	if err != nil {
		t.Fatalf("Compare: %v", err)
	}
	wantSame(t, "after Compare", dump(t, raw), before)
	did, err := staging.Apply(context.Background())
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	if said.ID != 0 || did.ID == 0 {
		t.Errorf("Compare has id %d and Apply %d, want 0 and another", said.ID, did.ID)
	}
	said.ID = did.ID
	if a, b := outcomeText(said), outcomeText(did); a != b {
		t.Errorf("Compare says\n%s\nApply did\n%s", a, b)
	}
	return did
}

// outcomeText writes an outcome with its refusals.
func outcomeText(o storage.ImportOutcome) string {
	var b strings.Builder
	for _, r := range o.Refused {
		fmt.Fprintf(&b, "%d: %s %v; ", r.Line, r.Reason.Key, r.Reason.Args)
	}
	o.Refused = nil
	return fmt.Sprintf("%+v %s", o, b.String())
}

// wantCounts checks an outcome's counts.
func wantCounts(t testing.TB, o storage.ImportOutcome, added, changed, unchanged, removed, refused int) {
	t.Helper()
	got := [...]int{o.Added, o.Changed, o.Unchanged, o.Removed, o.RefusedCount}
	if want := [...]int{added, changed, unchanged, removed, refused}; got != want {
		t.Errorf("added, changed, unchanged, removed, refused = %v, want %v", got, want)
	}
}

// wantRefused checks the one refusal of an outcome.
func wantRefused(t testing.TB, o storage.ImportOutcome, line int, key string) {
	t.Helper()
	if len(o.Refused) != 1 || o.Refused[0].Line != line || o.Refused[0].Reason.Key != key {
		t.Errorf("refused %s, want line %d for %s", outcomeText(o), line, key)
	}
}

// undo undoes an import that must be undoable.
func undo(t reporter, s Store, id analysis.ImportID) int {
	t.Helper()
	n, err := s.UndoImport(context.Background(), id, "U1", morning.Add(time.Hour))
	if err != nil {
		t.Fatalf("UndoImport(%d): %v", id, err)
	}
	return n
}
