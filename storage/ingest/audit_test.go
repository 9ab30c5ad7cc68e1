package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
)

// readFile reads one file of the shared data.
func readFile(t *testing.T, path string, o Options) (Summary, *collect, Detected) {
	t.Helper()
	f, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := &collect{}
	s, err := f.Read(context.Background(), got)
	if err != nil {
		t.Fatal(err)
	}
	return s, got, f.Detected()
}

// TestSampleAuditFiles proves the known answers of DOMAIN.md section 4.
func TestSampleAuditFiles(t *testing.T) {
	tests := []struct {
		file, version                           string
		accounts, relations, transactions, line int
		total, revenue                          analysis.Cents
		clients, warned                         string
	}{
		{"ExactOnline_3.2.xaf", "3.2", 97, 29, 57, 167, 99995406, 9110678,
			"Fittsport BV 5406125, Belgium Bouncers 2000000, ABC Producten & Diensten B.V. 754717, Villa Borghesia 661157, Restaurant Fyra B.V. 188679, deboer grafische industrie 100000",
			"import.kvk_invalid import.xaf_quantity"},
		{"Twinfield_3.1.xaf", "3.1", 177, 71, 43, 181, 225579942, 1761200, "De Wit 1600000, Concorde Group BV 161200", ""},
		{"osFinancials_3.1.xaf", "3.1", 176, 2, 3, 10, 363000, 0, "", "import.xaf_no_sales"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			s, got, d := readFile(t, shared(t, "xaf/"+tt.file), Options{})
			a := s.AuditFile
			if d.Kind != analysis.ImportXAF || d.Version != tt.version || a.Version != tt.version || d.Encoding != "utf-8" {
				t.Errorf("detected %+v", d)
			}
			if a.Accounts != tt.accounts || a.Relations != tt.relations || a.Transactions != tt.transactions || a.Lines != tt.line {
				t.Errorf("%d accounts, %d relations, %d transactions, %d lines", a.Accounts, a.Relations, a.Transactions, a.Lines)
			}
			if a.Debit != tt.total || a.Credit != tt.total || a.Revenue != tt.revenue || a.Attributed != tt.revenue || a.Unattributed != 0 {
				t.Errorf("debit %d, credit %d, revenue %d, attributed %d", a.Debit, a.Credit, a.Revenue, a.Attributed)
			}
			var clients []string
			for _, c := range a.ByClient {
				clients = append(clients, fmt.Sprintf("%s %d", c.Name, c.Revenue))
			}
			if strings.Join(clients, ", ") != tt.clients {
				t.Errorf("by client: %q", clients)
			}
			var sum analysis.Cents
			for _, l := range got.lines {
				sum += l.Amount
			}
			if sum != tt.revenue || s.RefusedCount != 0 {
				t.Errorf("handed over %d, refused %d", sum, s.RefusedCount)
			}
			var warned []string
			for _, w := range s.Warnings {
				worded(t, w)
				warned = append(warned, w.Key)
			}
			if strings.Join(warned, " ") != tt.warned {
				t.Errorf("warned %q", warned)
			}
		})
	}
}
