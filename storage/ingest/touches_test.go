package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

// touchCollect is a sink that keeps moments, worded shortly.
type touchCollect struct{ valueCollect }

func (c *touchCollect) AddTouches(_ context.Context, rows []analysis.StagedTouch) error {
	for _, r := range rows {
		c.rows = append(c.rows, fmt.Sprintf("%d %s %s %s %s|%s|%s", r.Line, r.Number, r.Day, r.Kind, r.ByEmail, r.ByName, r.Note))
	}
	return nil
}

// TestTouches reads a CRM's list as offices have it.
func TestTouches(t *testing.T) {
	const file = "Klantnummer;Datum contact;Soort contact;Door;Notitie\r\n" +
		"0100;21-11-2026;Telefonisch;Anna Bos <A.Bos@kantoor.nl>;\"belt terug;\nover btw\"\r\n" +
		"101;1-2-2026;Bezoek op locatie;Ben;'=1+1\r\n" +
		"102;2026-03-04;E-mail;;\r\n" +
		"103;4-3-2026;Jaargesprek;c@kantoor.nl;\r\n" +
		"104;4-3-2026;Ontbijtsessie opvolging;;\r\n" +
		"105;4-3-2026;handgeschreven;;\r\n" +
		"106;31-2-2026;telefoon;;\r\n" +
		";4-3-2026;telefoon;;\r\n" +
		"107;;telefoon;;\r\n" +
		"Totaal;;;;\r\n"
	sink := &touchCollect{}
	f, err := OpenReaderAt("contacten.csv", strings.NewReader(file), int64(len(file)), Options{Kind: analysis.ImportTouches})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := f.Read(t.Context(), sink)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2 0100 2026-11-21 telefoongesprek a.bos@kantoor.nl|Anna Bos|belt terug;\nover btw",
		"4 101 2026-02-01 bezoek |Ben|=1+1",
		"5 102 2026-03-04 e-mail ||",
		"6 103 2026-03-04 jaargesprek c@kantoor.nl||",
		"7 104 2026-03-04 bijeenkomst ||",
	}
	if !slices.Equal(sink.rows, want) {
		t.Errorf("rows = %q", sink.rows)
	}
	var refused []string
	for _, r := range s.Refused {
		refused = append(refused, fmt.Sprint(r.Line, " ", r.Reason.Key))
	}
	if !slices.Equal(refused, []string{"8 import.touch_kind", "9 import.date_invalid", "10 import.number_missing", "11 import.date_missing"}) {
		t.Errorf("refused = %v", refused)
	}
	if s.Read != 9 || s.Skipped != 1 || s.From.String() != "2026-02-01" || s.To.String() != "2026-11-21" {
		t.Errorf("summary = %+v", s)
	}
}

// TestTouchesNeedASink: a sink without moments is our mistake, and is said.
func TestTouchesNeedASink(t *testing.T) {
	const file = "number,date,kind\n1,2026-01-01,call\n"
	f, err := OpenReaderAt("x.csv", strings.NewReader(file), int64(len(file)), Options{Kind: analysis.ImportTouches})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Read(t.Context(), &collect{}); err == nil {
		t.Error("moments went nowhere")
	}
}
