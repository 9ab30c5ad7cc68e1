package chart

import (
	"bytes"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// attended is a year of the sample office.
func attended() Attended {
	a := Attended{Reached: 24, GroupsA: 25}
	for i, q := range [][3]int{{1, 25, 17}, {2, 25, 16}, {3, 25, 12}, {4, 25, 27}} {
		a.Quarters = append(a.Quarters, AttendedQuarter{"A", 2026, q[0], q[1], q[2]})
		if i%2 == 1 {
			a.Quarters = append(a.Quarters, AttendedQuarter{"B", 2026, q[0], 75 + i, 37 + i})
		}
	}
	return with(a, AttendedQuarter{"C", 2026, 4, 150, 0})
}

func with(a Attended, q AttendedQuarter) Attended {
	a.Quarters = append(a.Quarters, q)
	return a
}

// TestAttention: every figure fits its place and can be read, and nothing breaks
// the picture.
func TestAttention(t *testing.T) {
	many := Attended{GroupsA: 1, Reached: 1}
	for year := 2019; year <= 2026; year++ {
		for q := 1; q <= 4; q++ {
			for _, s := range analysis.Segments() {
				many.Quarters = append(many.Quarters, AttendedQuarter{s, year, q, 1000000, 999999})
			}
		}
	}
	scenes := map[string]Attended{"year": attended(), "nothing": {}, "many": many,
		"odd": {Quarters: []AttendedQuarter{{"A", 2026, 1, -5, 10}, {"A", 2026, 2, 0, 3}, {"Z", 2026, 2, 4, 3}, {"B", 2026, 1, 1, 100}}}}
	for name, a := range scenes {
		for _, lang := range locale.Langs() {
			p := locale.New(lang, nil)
			s := drawAttention(p, a, asOf)
			for i, l := range s.labels {
				if l.box.x0 < 0 || l.box.x1 > paperWidth || l.box.y0 < 0 || l.box.y1 > paperHeight || l.contrast < 4.5 {
					t.Errorf("%s %s: %q stands at %v with contrast %.1f", name, lang, l.text, l.box, l.contrast)
				}
				for _, other := range s.labels[i+1:] {
					if l.box.overlaps(other.box) {
						t.Errorf("%s %s: %q and %q overlap", name, lang, l.text, other.text)
					}
				}
			}
			if alt := AttentionText(p, a, asOf); len([]rune(alt)) > altLimit || strings.Contains(alt, "chart.") {
				t.Errorf("%s %s: %q", name, lang, alt)
			}
		}
	}
	var png bytes.Buffer
	if err := Attention(&png, locale.New(locale.Dutch, nil), attended(), asOf); err != nil || png.Len() == 0 {
		t.Fatalf("%d bytes, %v", png.Len(), err)
	}
	if alt := AttentionText(locale.New(locale.Dutch, nil), attended(), asOf); !strings.Contains(alt, "A, 2026-Q4: 25 van 25") || !strings.Contains(alt, "96% van de A-groepen gesproken") {
		t.Errorf("it says %q", alt)
	}
}
