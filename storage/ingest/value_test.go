package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"klantbot/analysis"
)

// valueCollect is a sink that keeps hours and judgements, worded shortly.
type valueCollect struct {
	collect
	rows []string
}

func (c *valueCollect) AddHours(_ context.Context, rows []analysis.StagedHours) error {
	for _, r := range rows {
		c.rows = append(c.rows, fmt.Sprintf("%d %s %s %d %d", r.Line, r.Number, r.Day, r.Minutes, r.Cost))
	}
	return nil
}

func (c *valueCollect) AddJudgements(_ context.Context, rows []analysis.StagedJudgement) error {
	for _, r := range rows {
		c.rows = append(c.rows, fmt.Sprintf("%d %s %s %d", r.Line, r.Number, r.Criterion, r.Value))
	}
	return nil
}

// takeValue reads text and returns the rows, then the refusals by line.
func takeValue(t *testing.T, text string, o Options, sink Sink) (rows, refused []string, err error) {
	t.Helper()
	f, err := OpenReaderAt("bestand.csv", strings.NewReader(text), int64(len(text)), o)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	s, err := f.Read(t.Context(), sink)
	for _, r := range s.Refused {
		refused = append(refused, fmt.Sprint(r.Line, " ", r.Reason.Key))
	}
	if c, ok := sink.(*valueCollect); ok {
		rows = c.rows
	}
	return rows, refused, err
}

func TestHours(t *testing.T) {
	tests := []struct {
		name, text    string
		o             Options
		want, refused []string
	}{
		{"Dutch", "Klantnr;Datum;Uren;Kosten\n007;1-2-2026;1,5;€ 1.234,56\n8;31-12-2025;0:50;-12\n8;31-12-2025;-1:30;100-\nTotaal;;2;1\n", Options{},
			[]string{"2 007 2026-02-01 90 123456", "3 8 2025-12-31 50 -1200", "4 8 2025-12-31 -90 -10000"}, nil},
		{"English", "Customer number,Date,Hours,Cost\n7,1/13/2026,.33,10.00\n7,1/14/2026,10:00:30,0\n", Options{},
			[]string{"2 7 2026-01-13 20 1000", "3 7 2026-01-14 601 0"}, nil},
		{"totals without a word", "klantnr;datum;uren;kosten\n1;2026-01-02;1;2\n2;2026-01-02;2,5;4\n;;3,5;6\n", Options{},
			[]string{"2 1 2026-01-02 60 200", "3 2 2026-01-02 150 400"}, nil},
		{"mapped", "wie;wanneer;lang;prijs\n1;2026-01-02;1;2\n", Options{Map: map[string]string{"number": "wie", "date": "2", "hours": "C", "cost": "prijs"}},
			[]string{"2 1 2026-01-02 60 200"}, nil},
		{"refused", "klantnr;datum;uren;kosten\n1;2026-01-02;1:60;2\n1;2026-01-02;1:5;2\n1;2026-01-02;x;2\n1;2026-01-02;10001;2\n1;2026-01-02;:30;2\n" +
			"1;2026-01-02;1:2:3:4;2\n1;2026-01-02;;2\n1;2026-01-02;1;\n1;;1;2\n;2026-01-02;1;2\n1;30-02-2026;1;2\n1;2026-01-02;99999999999999999:00;2\n1;2026-01-02;1;2\n", Options{},
			[]string{"14 1 2026-01-02 60 200"},
			[]string{"2 import.hours_invalid", "3 import.hours_invalid", "4 import.amount_invalid", "5 import.hours_invalid", "6 import.hours_invalid",
				"7 import.hours_invalid", "8 import.amount_missing", "9 import.amount_missing", "10 import.date_missing", "11 import.number_missing",
				"12 import.date_invalid", "13 import.hours_invalid"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Kind = analysis.ImportHours
			rows, refused, err := takeValue(t, tt.text, tt.o, &valueCollect{})
			if err != nil || !slices.Equal(rows, tt.want) || !slices.Equal(refused, tt.refused) {
				t.Errorf("rows %q, want %q\nrefused %q, want %q\n%v", rows, tt.want, refused, tt.refused, err)
			}
		})
	}
}

func TestJudgements(t *testing.T) {
	text := "Klantnummer;Naam;Strategische waarde;Groei;Stabiliteit\n" +
		"01;Jansen;4;3,0;onbekend\n2;Pietersen;;0;-\n3;Smit;5;1;1\n;Bos;1;1;1\n4;Bos;1;2.5;1\n5;Vos;;;\n6;Mol; 2 ;1.00;n.v.t.\n"
	o := Options{Kind: analysis.ImportJudgements, Map: map[string]string{"judgement:groei!": "Groei"}}
	rows, refused, err := takeValue(t, text, o, &valueCollect{})
	want := []string{"2 01 strategic 4", "2 01 groei! 3", "3 2 groei! 0", "8 6 strategic 2", "8 6 groei! 1"}
	wantRefused := []string{"4 import.judgement_invalid", "5 import.number_missing", "6 import.judgement_invalid"}
	if err != nil || !slices.Equal(rows, want) || !slices.Equal(refused, wantRefused) {
		t.Errorf("rows %q, want %q\nrefused %q, want %q\n%v", rows, want, refused, wantRefused, err)
	}
}

// TestValueKinds: hours and judgements are read when they are asked for and do
// not get in the way of other files; what is missing is said.
func TestValueKinds(t *testing.T) {
	both := "Klantnummer;Datum;Uren;Kosten;Bedrag\n1;2026-01-02;1;2;3\n"
	f, err := OpenReaderAt("x.csv", strings.NewReader(both), int64(len(both)), Options{})
	if err != nil || f.Detected().Kind != analysis.ImportRevenue {
		t.Errorf("a file nobody said anything of: %v", err)
	}
	for _, tt := range []struct {
		name, text, key string
		o               Options
	}{
		{"no cost", "klantnr;datum;uren\n1;2026-01-02;1\n", "import.column_missing", Options{Kind: analysis.ImportHours}},
		{"no judgement", "klantnr;naam\n1;Jansen\n", "import.column_missing", Options{Kind: analysis.ImportJudgements}},
		{"no criterion", "klantnr;x\n1;2\n", "import.map_field", Options{Kind: analysis.ImportJudgements, Map: map[string]string{"judgement:": "x"}}},
		{"no such column", "klantnr;x\n1;2\n", "import.map_column", Options{Kind: analysis.ImportJudgements, Map: map[string]string{"judgement:ict": "y"}}},
		{"of another kind", "klantnr;x\n1;2\n", "import.map_field", Options{Kind: analysis.ImportHours, Map: map[string]string{"judgement:ict": "x"}}},
	} {
		_, _, err := takeValue(t, tt.text, tt.o, &valueCollect{})
		var told *analysis.Error
		if !errors.As(err, &told) || told.Key != tt.key {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.key)
		}
	}
	if _, _, err := takeValue(t, both, Options{Kind: analysis.ImportHours}, &collect{}); err == nil {
		t.Error("a sink that takes no hours was given some, and nobody said so")
	}
}

// TestHoursAsTimes: a workbook holds times as parts of a day, which can not be
// told from hours; the person is warned.
func TestHoursAsTimes(t *testing.T) {
	for _, tt := range []struct {
		first any
		warns bool
	}{{.0625, true}, {1.5, false}, {"1:30", false}} {
		b := book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", []any{"Klantnummer", "Datum", "Uren", "Kosten"},
				[]any{1, "2026-01-02", tt.first, 100}, []any{1, "2026-01-03", .25, 10})
		})
		f, err := OpenReaderAt("uren.xlsx", bytes.NewReader(b), int64(len(b)), Options{Kind: analysis.ImportHours})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, err := f.Read(t.Context(), &valueCollect{})
		if err != nil || s.Read != 2 || s.RefusedCount != 0 {
			t.Errorf("%v: %+v, %v", tt.first, s, err)
		}
		warned := slices.ContainsFunc(s.Warnings, func(w *analysis.Error) bool { return w.Key == "import.hours_short" })
		if warned != tt.warns {
			t.Errorf("%v: warned %v, want %v", tt.first, warned, tt.warns)
		}
	}
}
