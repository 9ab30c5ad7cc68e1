package commands

import (
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/view"
	"klantbot/storage"
)

// TestActionSaid reads what is to be done and by when, on Saturday 21 November 2026.
func TestActionSaid(t *testing.T) {
	today := analysis.Date(2026, 11, 21)
	for said, want := range map[string]string{
		"maak een actie: Jansen bellen over opvolging voor vrijdag":         "Jansen bellen over opvolging|2026-11-27",
		"Maak een actie om Jansen te bellen":                                "Jansen te bellen|-",
		"kun je een actie maken":                                            "",
		"kun je hier een actie van maken":                                   "",
		"noteer als actie: offerte sturen aan De Wit, uiterlijk 5 december": "offerte sturen aan De Wit|2026-12-05",
		"actie: jaargesprek plannen met Bakker":                             "jaargesprek plannen met Bakker|-",
		"actiepunt: bel Visser morgen":                                      "bel Visser|2026-11-22",
		"zet op mijn actielijst: btw nakijken bij 0103":                     "btw nakijken bij 0103|-",
		"maak een taak voor mij: dossier opruimen binnen 2 weken":           "dossier opruimen|2026-12-05",
		"herinner me volgende week aan Jansen":                              "Jansen|2026-11-27",
		"herinner mij eraan dat ik Jansen bel op maandag":                   "Jansen bel|2026-11-23",
		"maak een actie: cijfers mailen vóór 1-2":                           "cijfers mailen|2027-02-01",
		"maak een actie: cijfers mailen voor 2026-12-01":                    "cijfers mailen|2026-12-01",
		"maak een actie: rapport af eind van de maand":                      "rapport af|2026-11-30",
		"maak een actie: bellen volgende week dinsdag":                      "bellen|2026-11-24",
		"maak een actie: morgen Jansen bellen":                              "Jansen bellen|2026-11-22",
		"maak een actie: brief voor Maart B.V. nakijken":                    "brief voor Maart B.V. nakijken|-",
		"maak een actie": "|-",
		"create an action to call Jansen about succession by Friday": "call Jansen about succession|2026-11-27",
		"add a task: send the quote before December 5":               "send the quote|2026-12-05",
		"remind me to call De Wit next week":                         "call De Wit|2026-11-27",
		"please make a new to-do: check VAT in two weeks":            "check VAT|2026-12-05",
		"mijn acties":                         "",
		"welke acties staan open":             "",
		"what actions do I have":              "",
		"wie maakt de actieve klanten":        "",
		"hoeveel omzet maken we met Actie BV": "",
		"vat deze actie samen":                "",
		"remind me later":                     "",
	} {
		what, due, ok := ActionSaid(said, today)
		got := ""
		if ok {
			got = what + "|" + strings.TrimSuffix(due.String(), " ")
			if !due.Known() {
				got = what + "|-"
			}
		}
		if got != want {
			t.Errorf("%q gives %q; want %q", said, got, want)
		}
	}
}

// TestActionIsMadeByItsButton: nothing is kept of what was asked before the button; then
// it is an action of who pressed, once, on the card, and can be taken back.
func TestActionIsMadeByItsButton(t *testing.T) {
	o := spokenWith(t)
	open := func(f storage.ActionFilter) []storage.ActionLine {
		t.Helper()
		all, _, err := o.db.Actions(t.Context(), f, 0, 9)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	reply, err := o.ask("client.said", Mention, func(r *Request) {
		r.Text, r.Root = "maak een actie: Jansen Beheer bellen over opvolging voor 5 december", "1.1"
	})
	if err != nil || reply.Now == nil {
		t.Fatalf("%+v, %v", reply, err)
	}
	words := jsonOf(t, *reply.Now)
	if !strings.Contains(words, "Jansen Beheer bellen over opvolging") || !strings.Contains(words, "-12-05") || !strings.Contains(words, "Voor Jansen Beheer") || len(open(storage.ActionFilter{})) != 0 {
		t.Fatalf("proposed %s with %d kept", words, len(open(storage.ActionFilter{})))
	}
	jansen := o.dir.Nearest(t.Context(), "Jansen Beheer", 1)[0].Client
	due := analysis.DayOf(at) + 14
	press := func(id string, value string, fields map[string]string) (Reply, error) {
		return o.ask(id, Action, func(r *Request) { r.Value, r.Fields, r.Key = value, fields, id+"/press" })
	}
	filled := map[string]string{view.FieldThen: "  Jansen bellen\nover opvolging ", view.FieldDay: due.String()}
	for range 2 { // the same press, delivered twice
		if reply, err = press("action.make", fmt.Sprint(int64(jansen)), filled); err != nil || !strings.Contains(said(reply), "Jansen bellen over opvolging") {
			t.Fatalf("%q, %v", said(reply), err)
		}
	}
	client, err := o.db.Client(t.Context(), jansen)
	if err != nil {
		t.Fatal(err)
	}
	mine := open(storage.ActionFilter{Owner: "U1", Group: client.Group, Pending: true})
	if len(mine) != 1 || mine[0].Then != "Jansen bellen over opvolging" || mine[0].Due != due || mine[0].By != "U1" || mine[0].Kind != session.Training {
		t.Fatalf("kept %+v", mine)
	}
	undo := actionSpot{scope: view.ActionsMine, session: mine[0].Session, action: mine[0].ID, base: 1}.String()
	if !strings.Contains(jsonOf(t, *reply.Now), strings.ReplaceAll(undo, "&", `\u0026`)) {
		t.Errorf("no button to take it back in %s", jsonOf(t, *reply.Now))
	}
	if _, err := press("action.unmake", undo, nil); err != nil || len(open(storage.ActionFilter{Pending: true})) != 0 {
		t.Errorf("taken back with %v, and %d open", err, len(open(storage.ActionFilter{Pending: true})))
	}
	for name, bad := range map[string]struct {
		value  string
		fields map[string]string
		kind   analysis.Kind
	}{
		"no words":  {"0", map[string]string{view.FieldThen: " ", view.FieldDay: due.String()}, analysis.Invalid},
		"yesterday": {"0", map[string]string{view.FieldThen: "x", view.FieldDay: (analysis.DayOf(at) - 1).String()}, analysis.Invalid},
		"no day":    {"0", map[string]string{view.FieldThen: "x"}, analysis.Invalid},
		"too long":  {"0", map[string]string{view.FieldThen: strings.Repeat("x", 201), view.FieldDay: due.String()}, analysis.Invalid},
		"no client": {"999999", filled, analysis.NotFound},
		"not an id": {"x", filled, analysis.NotFound},
	} {
		if _, err := o.ask("action.make", Action, func(r *Request) { r.Value, r.Fields = bad.value, bad.fields }); analysis.KindOf(err) != bad.kind || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
