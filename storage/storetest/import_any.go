package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
	"klantbot/storage"
)

// testAnyFiles: whatever files come, the same file again changes nothing, what
// Compare says is what Apply does, and undoing the newest leaves exactly what
// was there before it; in the end, nothing.
func testAnyFiles(t *testing.T, fresh FreshRaw) {
	var s Store
	var raw *sql.DB
	empty := ""
	clean := false // some checks leave their rows behind
	rapid.Check(t, func(rt *rapid.T) {
		if !clean {
			if raw != nil { // thousands of checks must not keep hundreds open
				s.(io.Closer).Close()
				raw.Close()
			}
			var open func() Store
			open, raw = fresh(t)
			s = open()
			empty = dump(rt, raw)
		}
		clean = false
		var done []analysis.ImportID
		for range rapid.IntRange(1, 4).Draw(rt, "files") {
			before := dump(rt, raw)
			first, again := twice(rt, s, raw, anyFile(rt))
			if !rapid.Bool().Draw(rt, "undo") {
				done = append(done, first, again)
				continue
			}
			undo(rt, s, again)
			undo(rt, s, first)
			wantSame(rt, "undo", dump(rt, raw), before)
		}
		if len(done) > 0 && rapid.IntRange(0, 15).Draw(rt, "undo any") == 15 {
			undoAny(rt, s, raw, rapid.SampledFrom(done).Draw(rt, "import"))
			return
		}
		for _, id := range slices.Backward(done) {
			undo(rt, s, id)
		}
		wantSame(rt, "everything undone", dump(rt, raw), empty)
		clean = true
	})
}

// undoAny undoes id, whatever came after it. That is done, or refused by a
// sentence and then it changes nothing.
func undoAny(rt *rapid.T, s Store, raw *sql.DB, id analysis.ImportID) {
	before := dump(rt, raw)
	if _, err := s.UndoImport(context.Background(), id, "U1", morning); err == nil {
		return
	} else if analysis.KindOf(err) != analysis.Invalid {
		rt.Fatalf("UndoImport(%d): %v", id, err)
	}
	wantSame(rt, "after a refused undo", dump(rt, raw), before)
}

// twice imports f two times, of which the second must change nothing.
func twice(rt *rapid.T, s Store, raw *sql.DB, f file) (first, again analysis.ImportID) {
	did := f.into(rt, s, raw)
	after := dump(rt, raw)
	did2 := f.into(rt, s, raw)
	wantSame(rt, "the same file again", dump(rt, raw), after)
	if did2.Added+did2.Changed+did2.Removed+did2.CreatedCount+did2.Proposals != 0 ||
		did2.Total != did.Total || did2.RefusedCount != did.RefusedCount {
		rt.Fatalf("the same file again did %s, first %s", outcomeText(did2), outcomeText(did))
	}
	return did.ID, did2.ID
}

func anyFile(rt *rapid.T) file {
	switch rapid.SampledFrom([]string{"list", "list", "revenue", "revenue", "other"}).Draw(rt, "kind") {
	case "other":
		return anyOther(rt)
	case "list":
		return clientList(rapid.SliceOfN(rapid.Custom(anyClient), 0, 8).Draw(rt, "clients")...)
	}
	f := revenueOf(rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "source"),
		rapid.SliceOfN(rapid.Custom(anyLine), 0, 12).Draw(rt, "lines")...)
	f.options.ReplacePeriod = rapid.Bool().Draw(rt, "replace")
	f.options.CreateUnknown = rapid.Bool().Draw(rt, "create")
	return f
}

func anyClient(rt *rapid.T) analysis.StagedClient {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(rt, name) }
	c := someone(strconv.Itoa(rapid.IntRange(1, 7).Draw(rt, "number")), pick("name", "", "De Vries B.V.", "Technotron Holding", "Technotron B.V.", "P. de Vries"))
	c.Debtor, c.KVK, c.Email = pick("debtor", "", "5", "8"), pick("kvk", "", "11"), pick("email", "", "a@x.example", "b@x.example")
	c.GroupName = pick("group", "", "", "", "Familie", "familie", "Ander", "1", "4")
	c.ManagerEmail, c.ManagerName = pick("manager", "", "m@k.example", "n@k.example"), pick("manager name", "", "M")
	c.PartnerEmail = pick("partner", "", "m@k.example")
	c.ContactName, c.ContactEmail = pick("contact", "", "Piet Puk", "piet puk", "Jan Jut"), pick("contact email", "", "p@x.example", "q@x.example")
	c.ContactRole = pick("role", "", "directeur")
	return c
}

// anyOther is a file of hours, moments or judgements.
func anyOther(rt *rapid.T) file {
	f := file{options: storage.ImportOptions{File: "x.csv", Source: "a", At: morning}}
	f.options.Kind = rapid.SampledFrom([]analysis.ImportKind{analysis.ImportHours, analysis.ImportTouches, analysis.ImportJudgements}).Draw(rt, "of")
	f.options.ReplacePeriod = rapid.Bool().Draw(rt, "replace")
	for i := range rapid.IntRange(0, 8).Draw(rt, "rows") {
		number := rapid.SampledFrom([]string{"", "1", "2", "3", "5", "11", "99"}).Draw(rt, "number")
		day := analysis.Date(2026, 1, rapid.IntRange(1, 3).Draw(rt, "day"))
		some := rapid.IntRange(0, 2).Draw(rt, "some")
		f.hours = append(f.hours, analysis.StagedHours{Line: i + 2, Number: number, Day: day, Minutes: 30 * some, Cost: analysis.Cents(some)})
		f.judgements = append(f.judgements, analysis.StagedJudgement{Line: i + 2, Number: number, Criterion: []string{"ict", "strategie", "ict"}[some],
			Value: rapid.IntRange(0, 4).Draw(rt, "value")})
		f.touches = append(f.touches, analysis.StagedTouch{Line: i + 2, Number: number, Day: day, Kind: []analysis.TouchKind{analysis.Call, analysis.Visit, analysis.Call}[some],
			ByEmail: rapid.SampledFrom([]string{"", "m@k.example", "x@k.example"}).Draw(rt, "by"), Note: []string{"", "a"}[some%2]})
	}
	return f
}

func anyLine(rt *rapid.T) analysis.StagedLine {
	l := invoiced(rapid.SampledFrom([]string{"", "1", "2", "3", "5", "8", "11", "99"}).Draw(rt, "number"), rapid.IntRange(1, 4).Draw(rt, "day"),
		fmt.Sprint(rapid.IntRange(1, 2).Draw(rt, "invoice")), rapid.SampledFrom([]string{"", "X", "x", "Y"}).Draw(rt, "service"),
		rapid.IntRange(-1, 1).Draw(rt, "euros"))
	l.ServiceYear = rapid.SampledFrom([]int{0, 2025}).Draw(rt, "year")
	return l
}
