package storetest

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"klantbot/analysis"
)

// manyLines returns n lines of so many clients, in order of date as an export
// has them.
func manyLines(n, clients int) []analysis.StagedLine {
	lines := make([]analysis.StagedLine, n)
	for i := range lines {
		lines[i] = analysis.StagedLine{Number: strconv.Itoa(1 + i*7919%clients), Day: analysis.Date(2020, 1, 1+i/100),
			Invoice: "F" + strconv.Itoa(i/3), Service: "Dienst " + strconv.Itoa(i%8), ServiceYear: 2020, Amount: analysis.Cents(i % 1000)}
	}
	return lines
}

// testKilled: an import that is stopped on its way changes nothing, whenever
// that is.
func testKilled(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	revenueOf("boek", manyLines(500, 50)...).into(t, s, raw)
	before := dump(t, raw)
	file := revenueOf("ander boek", manyLines(30_000, 3000)...)
	file.options.ReplacePeriod = true
	stopped := 0
	for wait := time.Millisecond; ; wait += wait / 2 {
		staging := file.stage(t, s)
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		_, err := staging.Apply(ctx)
		cancel()
		if err == nil {
			break
		}
		stopped++
		wantSame(t, "after a stopped import", dump(t, raw), before)
		if _, err := staging.Apply(t.Context()); err == nil {
			t.Errorf("Apply after a failed one: no error")
		}
	}
	if stopped == 0 {
		t.Errorf("no import was stopped")
	}
}

// testImportsAtOnce: imports wait for each other, and what is read meanwhile is
// one or the other.
func testImportsAtOnce(t *testing.T, fresh FreshRaw) {
	open, _ := fresh(t)
	stores := []Store{open(), open()}
	lines := manyLines(2000, 200)
	var added, unchanged [4]int
	ctx, stop := context.WithCancel(t.Context())
	reading := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			if _, _, err := stores[0].Proposals(t.Context(), 0, 10); err != nil {
				reading <- err
				return
			}
		}
		reading <- nil
	}()
	err := atOnce(len(added), func(i int) error {
		s := stores[i%2]
		staging, err := s.Stage(t.Context(), revenueOf("boek").options)
		if err != nil {
			return err
		}
		defer staging.Close()
		if err := staging.AddLines(t.Context(), lines); err != nil {
			return err
		}
		out, err := staging.Apply(t.Context())
		added[i], unchanged[i] = out.Added, out.Unchanged
		return err
	})
	stop()
	if err != nil {
		t.Fatal(err)
	}
	if err := <-reading; err != nil {
		t.Errorf("reading meanwhile: %v", err)
	}
	a, u := 0, 0
	for i := range added {
		a, u = a+added[i], u+unchanged[i]
	}
	if a != 2000 || u != 6000 {
		t.Errorf("added %d and unchanged %d, want 2000 and 6000", a, u)
	}
}

// testManyRows: rows beyond any batch arrive whole, and once.
func testManyRows(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	var rows []analysis.StagedClient
	for i := range 1234 {
		rows = append(rows, contactOf(strconv.Itoa(1234-i), "Klant "+strconv.Itoa(i), "Persoon "+strconv.Itoa(i), ""))
	}
	wantCounts(t, clientList(rows...).into(t, s, raw), 1234, 0, 0, 0, 0)
	wantCounts(t, clientList(rows...).into(t, s, raw), 0, 0, 1234, 0, 0)
	lines := manyLines(12_345, 1234)
	for i := 0; i < len(lines); i += 100 {
		lines[i].Number = "" // of nobody
	}
	out := revenueOf("boek", lines...).into(t, s, raw)
	wantCounts(t, out, 12_345, 0, 0, 0, 0)
	wantCounts(t, revenueOf("boek", lines...).into(t, s, raw), 0, 0, 12_345, 0, 0)
	const sums = `
		SELECT (SELECT COUNT(*) FROM invoice_line), (SELECT COUNT(*) FROM unattributed_line),
		(SELECT SUM(cents) FROM invoice_line), (SELECT SUM(cents) FROM unattributed_line)`
	wantEqual(t, "rows", rowsOf(t, raw, sums), fmt.Sprintf("12221 124 %d %d\n", out.Attributed, out.Total-out.Attributed))

	// The months after, then again with as much that is there already.
	before := dump(t, raw)
	later := manyLines(24_690, 1234)[12_345:]
	for i := range later {
		later[i].Day += 365
	}
	later[0].Number = "" // of nobody
	next := revenueOf("boek", later...).into(t, s, raw)
	wantCounts(t, next, 12_345, 0, 0, 0, 0)
	more := append(later[:6000:6000], manyLines(18_345, 1234)[12_345:]...)
	wantCounts(t, revenueOf("boek", more...).into(t, s, raw), 6000, 0, 6000, 0, 0)
	after := dump(t, raw)
	for _, i := range []int{0, 1, 5999, 6000, 11_999} {
		more[i].ServiceYear = 2019
	}
	years := revenueOf("boek", more...).into(t, s, raw)
	wantCounts(t, years, 0, 5, 11_995, 0, 0)
	undo(t, s, years.ID)
	wantSame(t, "the years undone", dump(t, raw), after)
	undo(t, s, next.ID+1)
	undo(t, s, next.ID)
	wantSame(t, "both undone", dump(t, raw), before)
}
