package view

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestSegmentationCSV: the table is whole in both languages, and no name, number
// or reason can become a formula.
func TestSegmentationCSV(t *testing.T) {
	v := analysis.SegmentVersion{ID: 4, State: analysis.Final, AsOf: analysis.Date(2026, 11, 1)}
	attacks := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "|calc", "\uff1d1", "\n=1", "'=1", `"; =1`, "Gewoon; \"B.V.\""}
	var items []analysis.SegmentItem
	groups := map[analysis.GroupID]analysis.Group{}
	var overrides []analysis.Override
	standing := map[analysis.GroupID]analysis.Segment{}
	for i, name := range attacks {
		id := analysis.GroupID(i + 1)
		items = append(items, analysis.SegmentItem{Group: id, Score: 81.26, Coverage: .5, Segment: analysis.SegmentB, Yearly: 123456, Known: true})
		groups[id] = analysis.Group{ID: id, Number: "0" + name, Name: name}
		overrides = append(overrides, analysis.Override{Group: id, Segment: analysis.SegmentA, Reason: name, By: "U1", At: time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)})
		standing[id] = analysis.SegmentA
	}
	items = append(items, analysis.SegmentItem{Group: 99})
	overrides = append(overrides, analysis.Override{Group: 99, Segment: analysis.SegmentA, Reason: "voorstel", Proposed: true})
	for lang, comma := range map[locale.Lang]rune{locale.Dutch: ';', locale.English: ','} {
		var b bytes.Buffer
		p := locale.New(lang, nil)
		if err := SegmentationCSV(&b, p, v, items, standing, overrides, groups); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(b.String(), byteOrderMark)
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = comma
		rows, err := r.ReadAll()
		if err != nil || !marked || len(rows) != len(items)+1 {
			t.Fatalf("%s: %d rows, %v", lang, len(rows), err)
		}
		for _, row := range rows[1:] {
			for _, cell := range row {
				if c := strings.TrimLeft(cell, " \u00a0"); c != "" && strings.ContainsRune("=+-@\t\r|%\uff1d", []rune(c)[0]) {
					t.Errorf("%s: the cell %q is a formula", lang, cell)
				}
			}
		}
		score := map[locale.Lang]string{locale.Dutch: "81,3", locale.English: "81.3"}[lang]
		first, last := rows[1], rows[len(rows)-1]
		if first[2] != "A" || first[3] != score || first[5] != "B" || first[8] != "2026-11-02" || first[11] != "4" || first[12] != "2026-11-01" {
			t.Errorf("%s: %q", lang, first)
		}
		if strings.Join(last[:11], "") != "" {
			t.Errorf("%s: a group of which nothing is known is %q", lang, last)
		}
	}
}
