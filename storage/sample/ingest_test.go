package sample

import (
	"bytes"
	"context"
	"io"
	"testing"

	"klantbot/analysis"
	"klantbot/storage/ingest"
)

// taken keeps what ingest hands over.
type taken struct {
	clients    []analysis.StagedClient
	lines      []analysis.StagedLine
	hours      []analysis.StagedHours
	judgements []analysis.StagedJudgement
	touches    []analysis.StagedTouch
}

func (t *taken) AddClients(_ context.Context, rows []analysis.StagedClient) error {
	t.clients = append(t.clients, rows...)
	return nil
}

func (t *taken) AddLines(_ context.Context, rows []analysis.StagedLine) error {
	t.lines = append(t.lines, rows...)
	return nil
}

func (t *taken) AddHours(_ context.Context, rows []analysis.StagedHours) error {
	t.hours = append(t.hours, rows...)
	return nil
}

func (t *taken) AddJudgements(_ context.Context, rows []analysis.StagedJudgement) error {
	t.judgements = append(t.judgements, rows...)
	return nil
}

// Both files are taken over without being told what they are: every column is
// recognised, no row refused, nothing warned about.
func TestImportTakesEverything(t *testing.T) {
	for _, c := range []struct {
		kind    analysis.ImportKind
		write   func(io.Writer, Size) error
		columns int
	}{
		{analysis.ImportClients, WriteClients, len(clientColumns)},
		{analysis.ImportRevenue, WriteInvoices, len(invoiceColumns)},
	} {
		s := Default(asOf)
		file := written(t, c.write, s)
		f, err := ingest.OpenReaderAt("export.csv", bytes.NewReader(file), int64(len(file)), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d := f.Detected()
		if d.Kind != c.kind || d.Encoding != "utf-8" || d.Delimiter != ';' || len(d.Columns) != c.columns {
			t.Errorf("%s: detected %+v", c.kind, d)
		}
		var got taken
		read, err := f.Read(t.Context(), &got)
		if err != nil {
			t.Fatal(err)
		}
		if read.RefusedCount > 0 || len(read.Warnings) > 0 || read.Skipped > 0 {
			t.Errorf("%s: %d refused, warnings %v", c.kind, read.RefusedCount, read.Warnings)
		}
		if want := len(rows(t, file)); len(got.clients)+len(got.lines) != want {
			t.Errorf("%s: %d of %d rows taken", c.kind, len(got.clients)+len(got.lines), want)
		}
		if c.kind == analysis.ImportClients {
			checkRead(t, got.clients)
			continue
		}
		total := int64(0)
		for _, i := range invoices(t, s) {
			total += i.cents
		}
		if int64(read.Total) != total {
			t.Errorf("total %d, want %d", read.Total, total)
		}
	}
}

// checkRead holds client 1001 against what was written by hand.
func checkRead(t *testing.T, all []analysis.StagedClient) {
	t.Helper()
	for _, c := range all {
		if c.Number != "1001" || c.ContactRole != "DGA" {
			continue
		}
		if c.FTE != 24.5 || c.Balance != 2_150_000_00 || c.Since.Year() != 2012 || c.Until.Known() || c.SBI != "43221" ||
			c.ManagerEmail != "f.devries@voorbeeld.nl" || c.PartnerEmail != "f.devries@voorbeeld.nl" || c.VAT == "" || c.KVK == "" {
			t.Errorf("client 1001 read as %+v", c)
		}
		return
	}
	t.Error("client 1001 has no DGA")
}
