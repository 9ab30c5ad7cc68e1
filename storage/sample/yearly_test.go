package sample

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"klantbot/analysis"
)

// TestYearly: a group of offices has at most one line for a client a year, five for a
// group over ten years, and nothing after its last day.
func TestYearly(t *testing.T) {
	asOf := analysis.Date(2026, time.November, 21)
	size := Of(yearlyFrom, asOf)
	if size.Years != 10 || !size.Yearly || Of(yearlyFrom-1, asOf).Yearly {
		t.Fatalf("Of(%d) = %+v", yearlyFrom, size)
	}
	size.Groups = 5000 // the same kind of office, and sooner made
	var written bytes.Buffer
	if err := WriteInvoices(&written, size); err != nil {
		t.Fatal(err)
	}
	rows := csv.NewReader(&written)
	rows.Comma = ';'
	all, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen, first := map[[2]string]bool{}, "9999"
	for _, row := range all[1:] {
		year, client := row[0][len(row[0])-4:], row[2]
		if seen[[2]string{client, year}] {
			t.Errorf("client %s has two lines in %s", client, year)
		}
		seen[[2]string{client, year}] = true
		first = min(first, year)
	}
	if per := float64(len(seen)) / 5000; per < 4.5 || per > 6 || first != "2017" {
		t.Errorf("%.1f lines a group from %s on, want about five from 2017 on", per, first)
	}
}
