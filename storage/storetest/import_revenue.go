package storetest

import (
	"fmt"
	"testing"

	"klantbot/analysis"
)

// invoiced is a line of an invoice in euros, dated in 2026.
func invoiced(number string, day int, invoice, service string, euros int) analysis.StagedLine {
	return analysis.StagedLine{Number: number, Day: analysis.Date(2026, 1, day), Invoice: invoice, Service: service,
		Amount: analysis.Cents(euros * 100)}
}

func testAttribution(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	client := func(number, debtor, kvk, vat string) analysis.StagedClient {
		c := someone(number, "Klant "+number)
		c.Debtor, c.KVK, c.VAT = debtor, kvk, vat
		return c
	}
	clientList(client("1", "2", "11111111", ""), client("2", "7", "22222222", ""), client("3", "8", "33333333", "NL3"),
		client("4", "9", "33333333", ""), client("5", "9", "", "NL5")).into(t, s, raw)
	relation := invoiced("R1", 5, "f", "", 32)
	relation.KVK, relation.VAT = "11111111", "NL5"
	byVAT := invoiced("R2", 6, "f", "", 64)
	byVAT.VAT = "NL3"
	out := revenueOf("boek", invoiced("2", 1, "a", "Advies", 1), invoiced("7", 2, "b", "advies", 2), invoiced("11111111", 3, "c", "", 4),
		invoiced("NL5", 4, "d", "", 8), invoiced("", 4, "e", "Advies", 16), relation, byVAT,
		invoiced("9", 7, "g", "", 128), invoiced("33333333", 7, "g", "", 256), invoiced("404", 7, "h", "", 512)).into(t, s, raw)
	wantCounts(t, out, 7, 0, 0, 0, 3)
	wantEqual(t, "total", out.Total, 12700)
	wantEqual(t, "attributed", out.Attributed, 11100)
	for i, key := range []string{"import.ambiguous_client", "import.ambiguous_client", "import.unknown_client"} {
		if r := out.Refused[i]; r.Line != i+9 || r.Reason.Key != key {
			t.Errorf("refusal %d is of line %d for %s, want line %d for %s", i, r.Line, r.Reason.Key, i+9, key)
		}
	}
	sums := rowsOf(t, raw, `SELECT c.number, SUM(l.cents) FROM invoice_line l JOIN client c ON c.id = l.client_id GROUP BY c.number`)
	wantEqual(t, "revenue by client", sums, "1 3600\n2 300\n3 6400\n5 800\n")
	wantEqual(t, "office revenue", rowsOf(t, raw, `SELECT cents, invoice FROM unattributed_line`), "1600 e\n")
	services, err := s.Services(t.Context())
	if err != nil || len(services) != 1 || services[0].Name != "Advies" {
		t.Errorf("Services = %v (%v), want Advies", services, err)
	}
}

func testUnknownNumbers(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	named := invoiced("0077", 1, "a", "", 10)
	named.Name, named.KVK, named.Email = "Bakkerij Smit", "01234567", "b@smit.example"
	revenue := revenueOf("boek", named, invoiced("78", 1, "b", "", 20), invoiced("78", 2, "c", "", 20))
	out := revenue.into(t, s, raw)
	wantCounts(t, out, 3, 0, 0, 0, 0)
	wantEqual(t, "created", fmt.Sprint(out.Created, out.CreatedCount), "[0077 78] 2")
	wantEqual(t, "name of the file", clientOf(t, s, "0077").Name, "Bakkerij Smit")
	wantEqual(t, "KvK of the file", clientOf(t, s, "0077").KVK, "01234567")
	wantEqual(t, "name of nobody knows whom", clientOf(t, s, "78").Name, "78")
	wantCounts(t, revenue.into(t, s, raw), 0, 0, 3, 0, 0)

	list := clientList(someone("78", "Achtenzeventig")).into(t, s, raw)
	wantCounts(t, list, 0, 1, 0, 0, 0)
	more := revenueOf("boek", invoiced("79", 1, "d", "", 30), invoiced("78", 3, "d", "", 40))
	out = more.into(t, s, raw)
	wantCounts(t, out, 1, 0, 0, 0, 1)
	wantRefused(t, out, 2, "import.unknown_client")
	wantEqual(t, "total", out.Total, 4000)
	more.options.CreateUnknown = true
	out = more.into(t, s, raw)
	wantCounts(t, out, 1, 0, 1, 0, 0)
	wantEqual(t, "created", fmt.Sprint(out.Created), "[79]")
	undo(t, s, list.ID)
	out = revenueOf("boek", invoiced("80", 1, "e", "", 30)).into(t, s, raw)
	wantEqual(t, "created once the only list is undone", fmt.Sprint(out.Created), "[80]")
}

// testUndated: a line without a date has no place in any year, and must not
// stretch the period that is replaced.
func testUndated(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	revenueOf("boek", invoiced("1", 1, "a", "", 10)).into(t, s, raw)
	undated := invoiced("1", 2, "b", "", 20)
	undated.Day = analysis.NoDay
	f := revenueOf("boek", undated, invoiced("1", 3, "c", "", 40))
	f.options.ReplacePeriod = true
	out := f.into(t, s, raw)
	wantCounts(t, out, 1, 0, 0, 0, 1)
	wantRefused(t, out, 2, "import.date_missing")
}

func testEqualLines(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	a, b, office := invoiced("1", 1, "a", "X", 10), invoiced("1", 2, "a", "X", 10), invoiced("", 1, "a", "X", 10)
	first := revenueOf("boek", a, b, a, office, a, office)
	wantCounts(t, first.into(t, s, raw), 6, 0, 0, 0, 0)
	before := dump(t, raw)
	out := first.into(t, s, raw)
	wantCounts(t, out, 0, 0, 6, 0, 0)
	wantEqual(t, "total", out.Total, 6000)
	wantEqual(t, "attributed", out.Attributed, 4000)
	wantSame(t, "the same file again", dump(t, raw), before)

	wantCounts(t, revenueOf("boek", a, a, a, a, b).into(t, s, raw), 1, 0, 4, 0, 0)
	wantCounts(t, revenueOf("ander boek", a).into(t, s, raw), 1, 0, 0, 0, 0)
	wantEqual(t, "occurrences", rowsOf(t, raw, `SELECT occurrence FROM invoice_line WHERE day = 20454 AND source_id = 1`), "1\n2\n3\n4\n")
}

func testServiceYears(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	line := invoiced("1", 1, "a", "X", 10)
	revenueOf("boek", line).into(t, s, raw)
	before := dump(t, raw)
	line.ServiceYear = 2025
	out := revenueOf("boek", line).into(t, s, raw)
	wantCounts(t, out, 0, 1, 0, 0, 0)
	months, err := s.MonthRevenue(t.Context(), clientOf(t, s, "1").Group)
	if err != nil || len(months) != 1 || months[0].ServiceYear != 2025 {
		t.Errorf("MonthRevenue = %+v (%v), want service year 2025", months, err)
	}
	line.ServiceYear = 0
	wantCounts(t, revenueOf("boek", line).into(t, s, raw), 0, 0, 1, 0, 0)
	undo(t, s, out.ID)
	wantSame(t, "after undo", dump(t, raw), before)
}

func testReplacePeriod(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	revenueOf("ander boek", invoiced("1", 5, "z", "", 1)).into(t, s, raw)
	keep, gone, office := invoiced("1", 5, "a", "X", 10), invoiced("1", 6, "b", "X", 20), invoiced("", 6, "c", "", 40)
	first := revenueOf("boek", invoiced("1", 1, "early", "", 1), keep, gone, gone, office, invoiced("1", 20, "late", "", 2))
	earlier := first.into(t, s, raw)
	before := dump(t, raw)

	corrected := revenueOf("boek", keep, gone, invoiced("2", 6, "b", "X", 20), invoiced("1", 9, "d", "", 5))
	corrected.options.ReplacePeriod = true
	out := corrected.into(t, s, raw)
	wantCounts(t, out, 2, 0, 2, 2, 0)
	wantEqual(t, "invoices left", rowsOf(t, raw, `SELECT invoice, day, cents FROM invoice_line WHERE client_id = 1`),
		"a 20458 1000\nb 20459 2000\nd 20462 500\nearly 20454 100\nlate 20473 200\nz 20458 100\n")
	wantEqual(t, "office revenue left", rowsOf(t, raw, `SELECT cents FROM unattributed_line`), "")
	_, err := s.UndoImport(t.Context(), earlier.ID, "", morning)
	wantKind(t, "undo of what a later import took out", err, analysis.Invalid)

	again := revenueOf("boek", gone, gone).into(t, s, raw)
	_, err = s.UndoImport(t.Context(), out.ID, "", morning)
	wantKind(t, "undo of what a later import brought back", err, analysis.Invalid)
	undo(t, s, again.ID)
	undo(t, s, out.ID)
	wantSame(t, "after undo", dump(t, raw), before)
}
