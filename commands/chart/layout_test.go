package chart

import (
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Every label of every state stands on the paper, lies over no other, is large
// enough, and can be read on what is under it.
func TestLabelsCanBeRead(t *testing.T) {
	for _, d := range pictures() {
		name, labels := d.name+"."+d.lang, d.picture.labels
		if len(labels) < 5 {
			t.Errorf("%s has only %d labels", name, len(labels))
		}
		for i, l := range labels {
			if l.box.x0 < margin-1 || l.box.x1 > paperWidth-margin+1 || l.box.y0 < 40 || l.box.y1 > paperHeight-16 {
				t.Errorf("%s: %q leaves the paper: %v", name, l.text, l.box)
			}
			if l.size < smallest {
				t.Errorf("%s: %q is %v pixels", name, l.text, l.size)
			}
			if l.contrast < 4.5 {
				t.Errorf("%s: %q has contrast %.2f", name, l.text, l.contrast)
			}
			if strings.Contains(l.text, "chart.") || strings.ContainsAny(l.text, "{}\n") {
				t.Errorf("%s: %q is not a sentence", name, l.text)
			}
			for _, o := range labels[i+1:] {
				if l.box.overlaps(o.box) {
					t.Errorf("%s: %q lies over %q: %v %v", name, l.text, o.text, l.box, o.box)
				}
			}
		}
	}
}

// The test above can fail: it sees a label over another, and one on a ground
// of its own colour.
func TestLabelsAreSeen(t *testing.T) {
	s := newSlide()
	s.text(200, 200, left, plain, "Klein")
	s.text(210, 205, left, plain, "Groot")
	if !s.labels[0].box.overlaps(s.labels[1].box) {
		t.Error("two labels in one place are not seen to overlap")
	}
	s.rect(navy, box{300, 300, 340, 340})
	s.text(320, 330, left, plain, "half on a dark ground")
	if c := s.labels[2].contrast; c > 2 {
		t.Errorf("contrast %.2f of dark on dark", c)
	}
	// What is measured is what is drawn: no letter outside its box.
	s = newSlide()
	s.text(400, 400, centre, giant, "Ågjpq€ 1.234,56%")
	b := s.labels[0].box
	for y := range paperHeight {
		for x := range paperWidth {
			inside := float64(x) >= b.x0-2 && float64(x) <= b.x1+2 && float64(y) >= b.y0-12 && float64(y) <= b.y1+2
			if s.img.RGBAAt(x, y) != white && !inside {
				t.Fatalf("ink at %d,%d outside %v", x, y, b)
			}
		}
	}
}

// Colours hold for everybody: text AA on every ground, shapes 3:1 on white or
// outlined so, layers told apart without colour.
func TestPaletteContrast(t *testing.T) {
	for name, tint := range map[string]color.RGBA{"white": white, "ground": ground, "navy": navyTint, "blue": blueTint, "orange": orangeTint, "slate": slateTint} {
		for text, c := range map[string]color.RGBA{"ink": ink, "faded": faded} {
			if got := contrast(c, tint); got < 4.5 {
				t.Errorf("%s on %s: %.2f", text, name, got)
			}
		}
	}
	for name, pair := range map[string][2]color.RGBA{"navy": {navy, navyTint}, "blue": {blue, blueTint}, "orange": {orange, orangeTint}, "slate": {slate, slateTint}} {
		if got := contrast(pair[0], pair[1]); got < 4.5 {
			t.Errorf("%s on its tint: %.2f", name, got)
		}
	}
	for i, shade := range blues {
		if got := contrast(inkOn(shade), shade); got < 4.5 {
			t.Errorf("name on layer %d: %.2f", i, got)
		}
		edge := shade
		if outline, needed := rim(shade); needed {
			edge = outline
		}
		if got := contrast(edge, white); got < 3 {
			t.Errorf("layer %d on white: %.2f", i, got)
		}
		if i > 0 && (contrast(shade, blues[i-1]) < 1.8 || luminance(shade) <= luminance(blues[i-1])) {
			t.Errorf("layers %d and %d differ %.2f in grey", i-1, i, contrast(shade, blues[i-1]))
		}
	}
	if got := contrast(white, rgb(0)); got < 20.99 || got > 21.01 {
		t.Errorf("contrast of white and black = %v, published 21", got)
	}
	if got := contrast(rgb(0x777777), white); got < 4.47 || got > 4.49 {
		t.Errorf("contrast of #777 on white = %v, published 4.48", got)
	}
}

func TestWrap(t *testing.T) {
	l := plain
	for _, c := range []struct {
		text  string
		width float64
		lines int
	}{
		{"Arbeidsongeschiktheidsverzekeringsmaatschappij", 150, 2},
		{"Bovengemiddelde klanten met holdingstructuur", 200, 2},
		{"een twee drie vier vijf zes zeven acht negen tien", 60, 3},
		{"€\u00a01.234.567.890.123 van de jaaromzet", 120, 4},
		{"W", 1, 3}, {"WWWW", 1, 2}, {"", 100, 2}, {" \n\t ", 100, 2}, {"kort", 100, 2},
	} {
		got := l.wrap(c.text, c.width, c.lines)
		if len(got) > c.lines {
			t.Errorf("%q in %v: %d lines %q", c.text, c.width, len(got), got)
		}
		for _, line := range got {
			if c.width > 30 && l.width(line) > c.width {
				t.Errorf("%q in %v: %q is %v wide", c.text, c.width, line, l.width(line))
			}
		}
	}
	if got := l.clean("Jansen\x00🙂\n& Zn."); got != "Jansen  & Zn." {
		t.Errorf("clean = %q", got)
	}
}

func TestPercent(t *testing.T) {
	nl, en := locale.New(locale.Dutch, nil), locale.New(locale.English, nil)
	for share, want := range map[float64][2]string{
		0: {"0%", "0%"}, .01: {"1%", "1%"}, .0412: {"4,1%", "4.1%"}, .1: {"10%", "10%"}, .274: {"27%", "27%"},
		1: {"100%", "100%"}, .998: {"99,8%", "99.8%"}, .9999999: {">99,9%", ">99.9%"}, .00001: {"<0,1%", "<0.1%"},
		-.034: {"-3,4%", "-3.4%"}, -.004: {"-0,4%", "-0.4%"}, 12.5: {"1.250%", "1,250%"}, .0999: {"10%", "10%"},
	} {
		if got := [2]string{percent(nl, share), percent(en, share)}; got != want {
			t.Errorf("percent(%v) = %v, want %v", share, got, want)
		}
	}
}

// The twin in words is short enough for Slack, whole, and says the figures.
func TestTwinInWords(t *testing.T) {
	for _, sc := range scenes() {
		for lang, p := range printers() {
			text := sc.text(p)
			if n := utf8.RuneCountInString(text); n > altLimit || n < 60 {
				t.Errorf("%s.%s: %d characters", sc.name, lang, n)
			}
			if strings.Contains(text, "chart.") || strings.ContainsAny(text, "{}") {
				t.Errorf("%s.%s: %q", sc.name, lang, text)
			}
		}
	}
	endless := Options{Scope: strings.Repeat("é", 5000)}
	p := locale.New(locale.Dutch, nil)
	if n := utf8.RuneCountInString(PyramidText(p, office(), endless)); n > altLimit {
		t.Errorf("an endless scope: %d characters", n)
	}
	many := make([]PyramidLayer, 100)
	for i := range many {
		many[i] = PyramidLayer{Name: "Laag", Groups: i, Revenue: analysis.Cents(i)}
	}
	if text := PyramidText(p, many, asOf); utf8.RuneCountInString(text) > altLimit || !strings.HasSuffix(text, "…") {
		t.Errorf("a hundred layers end in %q", text[len(text)-40:])
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("Top en Groot: 5% van de relatiegroepen", 200.0, 2)
	f.Add("\x00\xff🙂WWWWWWWWWWWW", 1.0, 1)
	f.Fuzz(func(t *testing.T, s string, width float64, lines int) {
		if len(s) > 1000 || lines < 1 || lines > 5 || !(width >= 0) {
			t.Skip()
		}
		if got := plain.wrap(s, width, lines); len(got) > lines {
			t.Errorf("%d lines", len(got))
		}
	})
}
