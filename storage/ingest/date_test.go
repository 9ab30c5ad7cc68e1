package ingest

import (
	"testing"
	"time"

	"klantbot/analysis"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		cell string
		o    order
		want string // empty: refused
	}{
		{"21-11-2026", dayFirst, "2026-11-21"},
		{"1-2-2026", dayFirst, "2026-02-01"},
		{"2026-11-21", dayFirst, "2026-11-21"},
		{"2026-1-2", dayFirst, "2026-01-02"},
		{"20261121", dayFirst, "2026-11-21"},
		{"21/11/2026", dayFirst, "2026-11-21"},
		{"11/21/2026", monthFirst, "2026-11-21"},
		{"03/04/2026", dayFirst, "2026-04-03"},
		{"03/04/2026", monthFirst, "2026-03-04"},
		{"21.11.2026", dayFirst, "2026-11-21"},
		{"21-11-26", dayFirst, "2026-11-21"},
		{"21-11-99", dayFirst, "1999-11-21"},
		{"21 nov 2026", dayFirst, "2026-11-21"},
		{"1-mrt-2026", dayFirst, "2026-03-01"},
		{"5 oktober 2026", dayFirst, "2026-10-05"},
		{"2010-12-01 08:26:00", dayFirst, "2010-12-01"},
		{"2010-12-01T08:26:00Z", dayFirst, "2010-12-01"},
		{"2010-12-01T23:26:00.5+01:00", dayFirst, "2010-12-01"},
		{"12/1/2010 8:26 AM", monthFirst, "2010-12-01"},
		{" 29-02-2024 ", dayFirst, "2024-02-29"},

		{"29-02-2023", dayFirst, ""},
		{"31-04-2026", dayFirst, ""},
		{"21-13-2026", dayFirst, ""},
		{"11/21/2026", dayFirst, ""},
		{"0000-00-00", dayFirst, ""},
		{"21-11/2026", dayFirst, ""},
		{"21-11-2026x", dayFirst, ""},
		{"21-11-2026 later", dayFirst, ""},
		{"21-11-1026", dayFirst, ""},
		{"21-11-226", dayFirst, ""},
		{"gisteren", dayFirst, ""},
		{"2026", dayFirst, ""},
		{"2026-11", dayFirst, ""},
		{"", dayFirst, ""},
	}
	for _, tt := range tests {
		got, ok := parseDate(tt.cell, tt.o)
		if ok != (tt.want != "") || ok && got.String() != tt.want {
			t.Errorf("%q = %s %v, want %s", tt.cell, got, ok, tt.want)
		}
	}
}

// TestDayNumber holds the fast calendar against the library's, day by day.
func TestDayNumber(t *testing.T) {
	for d := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2200; d = d.AddDate(0, 0, 1) {
		if got := dayNumber(d.Year(), int(d.Month()), d.Day()); got != analysis.DayOf(d) {
			t.Fatalf("%s is day %d, want %d", d, got, analysis.DayOf(d))
		}
	}
}

func TestDateProof(t *testing.T) {
	tests := []struct {
		cells []string
		want  order
	}{
		{[]string{"01/02/2026", "12/31/2026"}, monthFirst},
		{[]string{"01/02/2026", "31/12/2026"}, dayFirst},
		{[]string{"01/02/2026"}, dayFirst},
		{[]string{"12/31/2026", "31/12/2026"}, dayFirst},
		{[]string{"2026-12-31"}, dayFirst},
	}
	for _, tt := range tests {
		var p dateProof
		for _, c := range tt.cells {
			p.observe(c)
		}
		if p.decided() != tt.want {
			t.Errorf("%q: order %d", tt.cells, p.decided())
		}
	}
}

// FuzzDate proves that what is read as a date is one, in the range promised.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"21-11-2026", "2026-11-21T08:00", "11/21/26", "1 jan 2020", "20260101", "", "--", "99-99-9999"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, cell string, us bool) {
		o := dayFirst
		if us {
			o = monthFirst
		}
		var p dateProof
		p.observe(cell)
		d, ok := parseDate(cell, o)
		if !ok {
			return
		}
		if y := d.Year(); y < 1900 || y > 2199 {
			t.Fatalf("%q is %s", cell, d)
		}
		if again, ok := parseDate(d.String(), o); !ok || again != d {
			t.Fatalf("%q is %s, which reads as %s", cell, d, again)
		}
	})
}
