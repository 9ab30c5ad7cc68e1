package sample

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/storage/ingest"
)

// taking reads one of the files that an import must be told the kind of.
func taking(t *testing.T, kind analysis.ImportKind, write func(io.Writer, Size) error, s Size) taken {
	t.Helper()
	file := written(t, write, s)
	f, err := ingest.OpenReaderAt("export.csv", bytes.NewReader(file), int64(len(file)), ingest.Options{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	var got taken
	read, err := f.Read(t.Context(), &got)
	if err != nil {
		t.Fatal(err)
	}
	if read.RefusedCount > 0 || len(read.Warnings) > 0 || read.Skipped > 0 {
		t.Errorf("%s: %d refused, warnings %v", kind, read.RefusedCount, read.Warnings)
	}
	return got
}

// Hours are of businesses only, within two years, and cost most clients less
// than they bring in and a few more.
func TestHoursMakeMargins(t *testing.T) {
	s := Default(asOf)
	list, billed := clientList(t, s), map[string]int64{}
	for _, i := range invoices(t, s) {
		if i.day > asOf.AddMonths(-24) {
			billed[i.client] += i.cents
		}
	}
	cost := map[string]int64{}
	for _, h := range taking(t, analysis.ImportHours, WriteHours, s).hours {
		if kind := list[h.Number]["Soort klant"]; kind == "particulier" || kind == "zzp" {
			t.Fatalf("hours of client %s, a %s", h.Number, kind)
		}
		if h.Day > asOf || h.Day < asOf.AddMonths(-25) || h.Minutes <= 0 || h.Cost <= 0 {
			t.Fatalf("hours %+v", h)
		}
		cost[h.Number] += int64(h.Cost)
	}
	loss := 0
	for n, c := range cost {
		if c > billed[n] {
			loss++
		}
	}
	if len(cost) < 200 || loss < 5 || loss > len(cost)/5 {
		t.Errorf("%d clients have hours, %d cost more than they bring in", len(cost), loss)
	}
	if share := total(cost) * 100 / total(billed); share < 35 || share > 75 {
		t.Errorf("the work costs %d%% of what is invoiced", share)
	}
}

func total(of map[string]int64) (sum int64) {
	for _, n := range of {
		sum += n
	}
	return sum
}

// A part of the clients was judged, not all that matter, and not on everything.
func TestPartIsJudged(t *testing.T) {
	s := Default(asOf)
	list := clientList(t, s)
	judged, marks, criteria := map[string]int{}, map[int]int{}, map[string]int{}
	for _, j := range taking(t, analysis.ImportJudgements, WriteJudgements, s).judgements {
		if status := list[j.Number]["Status"]; status != "klant" {
			t.Errorf("client %s, %s, is judged", j.Number, status)
		}
		judged[j.Number]++
		marks[j.Value]++
		criteria[j.Criterion]++
	}
	whole := 0
	for _, n := range judged {
		if n == len(judgedColumns) {
			whole++
		}
	}
	if len(judged) < 50 || len(judged) > 120 || whole < 20 || whole > len(judged)-10 {
		t.Errorf("%d groups judged, %d of them on everything", len(judged), whole)
	}
	for mark := range 5 {
		if marks[mark] < 3 {
			t.Errorf("marks: %v", marks)
		}
	}
	for _, key := range []string{"strategic", "stability", "creation", "partnership"} {
		if criteria[key] < 40 {
			t.Errorf("criteria: %v", criteria)
		}
	}
}

// What the cast is there for holds on the file itself.
func TestCastShowsDeparture(t *testing.T) {
	last := func(client, service string) analysis.Day {
		day := analysis.NoDay
		for _, i := range castInvoices(t, client) {
			if i.service == service {
				day = max(day, i.day)
			}
		}
		return day
	}
	if day := last("Meubelmakerij Lindeboom B.V.", serviceNames[payroll]); !day.Known() || day > asOf.AddMonths(-16) {
		t.Errorf("payroll of the first was last invoiced on %s", day)
	}
	if day := last("Slotermeer Verpakkingen B.V.", serviceNames[bookkeeping]); day > asOf.AddMonths(-4) || day < asOf.AddMonths(-7) {
		t.Errorf("the books of the second were last invoiced on %s", day)
	}
	if day := last("Slotermeer Verpakkingen B.V.", serviceNames[payroll]); day < asOf.AddMonths(-2) {
		t.Errorf("its payroll was last invoiced on %s", day)
	}
	named := 0
	for _, c := range clientList(t, Default(asOf)) {
		if strings.HasPrefix(c["Aangebracht door"], "klant 1") || strings.HasSuffix(c["Aangebracht door"], "B.V.") {
			named++
		}
	}
	if named < 4 {
		t.Errorf("%d clients were brought by one that is named", named)
	}
}
