package ingest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"klantbot/analysis"
)

// shared returns a file of the data folder that lies beside the repository, or
// skips.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("KLANTBOT_SHARED")
	if root == "" {
		for root = "."; ; root = filepath.Join("..", root) {
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
				break
			}
			if len(root) > 40 {
				t.Skip("no repository root above the test")
			}
		}
		root = filepath.Join(root, "..", "shared")
	}
	path := filepath.Join(root, "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("shared/data/%s is not here", name)
	}
	return path
}

// collect is a sink that keeps everything.
type collect struct {
	clients []analysis.StagedClient
	lines   []analysis.StagedLine
}

func (c *collect) AddClients(_ context.Context, rows []analysis.StagedClient) error {
	c.clients = append(c.clients, rows...)
	return nil
}

func (c *collect) AddLines(_ context.Context, rows []analysis.StagedLine) error {
	c.lines = append(c.lines, rows...)
	return nil
}

var retailMap = map[string]string{"number": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice", "invoice": "InvoiceNo", "service": "Description"}

// TestOnlineRetail proves the known answers of the UCI data set Online Retail,
// whose prices go below a cent.
func TestOnlineRetail(t *testing.T) {
	path := shared(t, "uci-retail/online_retail.csv.gz")
	f, err := Open(path, Options{Map: retailMap})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d := f.Detected(); d.Kind != analysis.ImportRevenue || d.Delimiter != ',' || !d.Compressed || d.Encoding != "utf-8" {
		t.Errorf("detected %+v", d)
	}
	got := ledger{clients: map[string]bool{}}
	s, err := f.Read(context.Background(), &got)
	if err != nil {
		t.Fatal(err)
	}
	if s.Read != 541909 || got.lines != 541909 || s.RefusedCount != 0 || s.Skipped != 0 {
		t.Errorf("read %d, handed over %d, refused %d, skipped %d", s.Read, got.lines, s.RefusedCount, s.Skipped)
	}
	if s.Total != 974774793 || s.TotalExact != "9747747.934" || got.sum != s.Total {
		t.Errorf("total %d, exact %s, handed over %d", s.Total, s.TotalExact, got.sum)
	}
	if got.attributed != 830006581 || len(got.clients) != 4372 || !got.clients["17850"] {
		t.Errorf("attributed %d, clients %d", got.attributed, len(got.clients))
	}
	if s.From != analysis.Date(2010, 12, 1) || s.To != analysis.Date(2011, 12, 9) {
		t.Errorf("from %s to %s", s.From, s.To)
	}
}

// ledger is a sink that adds up.
type ledger struct {
	lines           int
	sum, attributed analysis.Cents
	clients         map[string]bool
}

func (l *ledger) AddClients(context.Context, []analysis.StagedClient) error { return nil }

func (l *ledger) AddLines(_ context.Context, rows []analysis.StagedLine) error {
	for _, r := range rows {
		l.lines++
		l.sum += r.Amount
		if r.Number != "" {
			l.attributed += r.Amount
			l.clients[r.Number] = true
		}
	}
	return nil
}
