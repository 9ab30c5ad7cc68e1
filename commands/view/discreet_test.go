package view

import (
	"encoding/json"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// TestDiscreet: where amounts are not said, screens of offices that differ in amounts
// only are the same: no share of revenue tells, nor what a table sorts by.
func TestDiscreet(t *testing.T) {
	otherLayers, otherTypes, otherCells := earningOffice(), typedOffice(), ratedOffice(true)
	otherLayers.Revenue, otherLayers.Pareto = otherLayers.Revenue*3, 41
	for i := range otherLayers.Layers {
		otherLayers.Layers[i].Revenue, otherLayers.Layers[i].ShareRevenue = otherLayers.Layers[i].Revenue*2, otherLayers.Layers[i].ShareRevenue/2
	}
	for i := range otherTypes.Rows {
		otherTypes.Rows[i].Revenue = analysis.Cents(70_000 * (i + 1) * (i + 2))
	}
	for i := range otherCells.Cells {
		otherCells.Cells[i].Revenue = analysis.Cents(9_000 * (i + 1) * (i + 2))
	}
	folio := func(times analysis.Cents) PortfolioPage {
		page := portfolioPage()
		page.Revenue, page.Office = page.Revenue*times, page.Office*times*times
		for i, one := range page.Shares {
			page.Shares[i].Revenue, page.Shares[i].OfficeRevenue = one.Revenue*times*times, one.OfficeRevenue*times
		}
		page.Rows[0].Yearly.Amount *= times
		page.Rows[0].Potential.Amount *= times * times
		return page
	}
	facts := func(times analysis.Cents) SessionFacts {
		return SessionFacts{SessionBoard: boardOf(thought(t, session.Started{Mode: session.Async, Subject: session.Subject{Manager: 3}}, session.Facts)), Groups: 2, Revenue: 12_345 * times * times, Office: 987_654 * times, NoSurvey: true}
	}
	said := func(v any) string {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for _, lang := range locale.Langs() {
		hushed, open := locale.New(lang.Discreet(), nil), locale.New(lang, nil)
		for name, of := range map[string]func(p *locale.Printer) (one, two any){
			"pyramid": func(p *locale.Printer) (any, any) {
				return PyramidMessage(p, earningOffice(), PyramidActions{}), PyramidMessage(p, otherLayers, PyramidActions{})
			},
			"pyramid on a terminal": func(p *locale.Printer) (any, any) {
				return PyramidText(p, earningOffice()), PyramidText(p, otherLayers)
			},
			"matrix": func(p *locale.Printer) (any, any) {
				return MatrixMessage(p, ratedOffice(true), PyramidActions{}), MatrixMessage(p, otherCells, PyramidActions{})
			},
			"types": func(p *locale.Printer) (any, any) {
				return TypesMessage(p, typedOffice(), PyramidActions{}), TypesMessage(p, otherTypes, PyramidActions{})
			},
			"portfolio": func(p *locale.Printer) (any, any) { return Portfolio(p, folio(1)), Portfolio(p, folio(3)) },
			"facts": func(p *locale.Printer) (any, any) {
				return SessionFactsWindow(p, facts(1)), SessionFactsWindow(p, facts(3))
			},
		} {
			if one, two := of(hushed); said(one) != said(two) {
				t.Errorf("%s.%s tells amounts:\n%s\n%s", name, lang, said(one), said(two))
			}
			if one, two := of(open); said(one) == said(two) {
				t.Errorf("%s.%s: what is shown does not differ", name, lang)
			}
		}
	}
}
