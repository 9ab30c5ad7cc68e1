package chart

import (
	"bytes"
	"math"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestDiscreet: where amounts are not said, pictures of offices that differ in amounts
// only are the same to the byte, and so are their words: no bar, dot or share tells.
func TestDiscreet(t *testing.T) {
	other := func(c analysis.Cents) analysis.Cents { return analysis.Cents(math.Sqrt(float64(c))) * 977 }
	layers, types, ratings := office(), crowd(200), rated(80)
	for i := range layers {
		layers[i].Revenue, layers[i].ShareRevenue = other(layers[i].Revenue), layers[i].ShareRevenue/3
	}
	for i := range types.Points {
		types.Points[i].Revenue = other(types.Points[i].Revenue)
	}
	for kind, c := range types.Cells {
		types.Cells[kind] = Cell{c.Groups, other(c.Revenue)}
	}
	for i := range ratings.Points {
		ratings.Points[i].Revenue = other(ratings.Points[i].Revenue)
	}
	for cell, c := range ratings.Cells {
		ratings.Cells[cell] = Cell{c.Groups, other(c.Revenue)}
	}
	for _, pair := range [][2]scene{
		{pyramidScene("pyramid", office(), asOf, false), pyramidScene("", layers, asOf, false)},
		{typesScene("types", crowd(200), asOf, false), typesScene("", types, asOf, false)},
		{matrixScene("matrix", rated(80), asOf, false), matrixScene("", ratings, asOf, false)},
		{matrixScene("figures", rated(0), asOf, false), matrixScene("", Ratings{Cells: ratings.Cells, High: 370, Measured: 167}, asOf, false)},
	} {
		for _, lang := range locale.Langs() {
			p, open := locale.New(lang.Discreet(), nil), locale.New(lang, nil)
			if !bytes.Equal(painted(t, pair[0], p), painted(t, pair[1], p)) {
				t.Errorf("%s.%s: the picture tells amounts", pair[0].name, lang)
			}
			if one, two := pair[0].text(p), pair[1].text(p); one != two {
				t.Errorf("%s.%s: the words tell amounts:\n%s\n%s", pair[0].name, lang, one, two)
			}
			if bytes.Equal(painted(t, pair[0], open), painted(t, pair[1], open)) {
				t.Errorf("%s.%s: the offices do not differ", pair[0].name, lang)
			}
		}
	}
}

func painted(t *testing.T, s scene, p *locale.Printer) []byte {
	t.Helper()
	var png bytes.Buffer
	if err := s.draw(p).write(&png); err != nil {
		t.Fatal(err)
	}
	return png.Bytes()
}
