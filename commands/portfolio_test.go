package commands

import (
	"strings"
	"testing"

	"klantbot/analysis"
)

// list types /portefeuille and returns what is shown.
func (o *segmentOffice) list(actor analysis.Actor, typed string) string {
	o.Helper()
	reply, err := o.ask("portfolio", Slash, func(r *Request) { r.Actor, r.Text = actor, typed })
	if err != nil {
		o.Fatalf("%q: %v", typed, err)
	}
	return everything(o, reply)
}

// everything is what a message shows, as JSON.
func everything(o *segmentOffice, reply Reply) string {
	o.Helper()
	return jsonOf(o, reply.Now.Blocks)
}

func TestPortfolioListsByWhatWasTyped(t *testing.T) {
	o := newSegmentOffice(t)
	for _, c := range []struct {
		actor       analysis.Actor
		typed       string
		want, never string
	}{
		{o.manager, "", "Portefeuille van Fleur de Vries", "Nieuwkoop"},
		{o.manager, "mij", "Portefeuille van Fleur de Vries", "Nieuwkoop"},
		{o.manager, "kantoor", "Portefeuille van het kantoor", "van de omzet van het kantoor"},
		{o.manager, "ANDER@voorbeeld.nl", "Nieuwkoop Advies", "Mulder"},
		{o.manager, "kantoor segment d", `"raw_text","text":"D"`, `"raw_text","text":"C"`},
		{o.manager, "kantoor strategische klanten", "Geen relatiegroep past bij deze keuze", "Mulder"},
		{o.other, "A", "Geen relatiegroep in segment A.", "Jansen"},
		{admin, "", "Portefeuille van het kantoor", "geen eigen portefeuille"},
		{partner, "", "Segmentatie", "x-never-x"},
		{analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}, "kantoor", "Volgende (nog", "segment.open"},
		{partner, "help", "Samen mag ook", "Bekijk"},
	} {
		shown := o.list(c.actor, c.typed)
		if !strings.Contains(shown, c.want) || strings.Contains(shown, c.never) {
			t.Errorf("%s %q: want %q and never %q in %s", c.actor.Roles, c.typed, c.want, c.never, shown)
		}
	}
	employee := analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}
	for typed, key := range map[string]string{"": "portfolio.none", "mij": "portfolio.none", "mars": "portfolio.unknown",
		"niemand@voorbeeld.nl": "portfolio.unknown", "A mars": "portfolio.unknown"} {
		_, err := o.ask("portfolio", Slash, func(r *Request) { r.Actor, r.Text = employee, typed })
		if analysis.KindOf(err) != analysis.Invalid || !strings.Contains(err.Error(), key) {
			t.Errorf("%q: %v, want %s", typed, err, key)
		}
	}
	if _, err := o.ask("portfolio", Slash, func(r *Request) { r.Actor, r.Text = analysis.Actor{}, "kantoor" }); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("nobody: %v", err)
	}
}

func TestPortfolioPagesEndWhereTheListEnds(t *testing.T) {
	o := newSegmentOffice(t)
	page := func(value string) string {
		reply, err := o.ask("portfolio.page", Action, func(r *Request) { r.Actor, r.Value = partner, value })
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		if strings.ContainsAny(said(reply), "€") {
			t.Errorf("the text for lock screens names an amount: %q", said(reply))
		}
		return everything(o, reply)
	}
	first := page("0//0")
	if strings.Contains(first, "Vorige") || !strings.Contains(first, "Volgende (nog 54)") || strings.Count(first, "client.open.v1") != portfolioShown {
		t.Errorf("the first page: %s", first)
	}
	if last := page("0//999999"); !strings.Contains(last, "Vorige") || strings.Contains(last, "Volgende") || strings.Count(last, "client.open.v1") != 4 {
		t.Errorf("past the end: %s", last)
	}
	for _, value := range []string{"", "0/0", "0/E/0", "-1//0", "0//-1", "x//0", "0//0/0", "99999//0"} {
		if _, err := o.ask("portfolio.page", Action, func(r *Request) { r.Actor, r.Value = partner, value }); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestPortfolioSaysWhoseSegmentsTheseAre(t *testing.T) {
	o := newSegmentOffice(t)
	if shown := o.list(partner, "kantoor"); !strings.Contains(shown, "nog niet definitief") {
		t.Errorf("of a draft: %.400s", shown)
	}
	o.finalize("1")
	o.press("segment.draft", partner, "0/0/0")
	if shown := o.list(partner, "kantoor"); !strings.Contains(shown, "definitieve segmentatie 1") {
		t.Errorf("a new draft beside a final one: %.400s", shown)
	}
}

// TestPortfolioFiltersAndSorts: a type, a potential and an order are kept from
// page to page, and what nobody offered is old.
func TestPortfolioFiltersAndSorts(t *testing.T) {
	o := newSegmentOffice(t)
	page := func(value string) string {
		t.Helper()
		reply, err := o.ask("portfolio.page", Action, func(r *Request) { r.Actor, r.Value = partner, value })
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		return everything(o, reply)
	}
	byName, byRevenue := page("0//0///name"), page("0//0///revenue")
	if !strings.Contains(byName, `"value":"0//10///name"`) || byName == byRevenue {
		t.Errorf("by name: %s", byName)
	}
	first := func(shown string) string {
		_, rest, _ := strings.Cut(shown, `"data_table"`)
		_, rest, _ = strings.Cut(rest, `"Relatiemanager"}],[{"type":"raw_text","text":"`)
		name, _, _ := strings.Cut(rest, `"`)
		return name
	}
	if first(byName) >= first(page("0//10///name")) {
		t.Errorf("%s stands before %s", first(byName), first(page("0//10///name")))
	}
	for _, order := range []string{"value", "potential"} {
		if shown := page("0//0///" + order); strings.Count(shown, "client.open.v1") != portfolioShown {
			t.Errorf("by %s: %s", order, shown)
		}
	}
	if shown := page("0//0/unknown/unknown/"); !strings.Contains(shown, "nog te bepalen") {
		t.Errorf("what is to be determined: %s", shown)
	}
	if shown := page("0/A/0/groot/low/value"); !strings.Contains(shown, "0/A/0/groot/low/") {
		t.Errorf("the lists forget what was chosen: %s", shown)
	}
	for _, value := range []string{"0//0/reus//", "0//0//huge/", "0//0///luck", "0//0//", "0//0////", "0//-1///"} {
		_, err := o.ask("portfolio.page", Action, func(r *Request) { r.Actor, r.Value = partner, value })
		if analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%q: %v", value, err)
		}
	}
}
