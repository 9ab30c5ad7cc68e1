package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis/ask"
)

// TestAsk asks in plain words what the office's own files answer.
func TestAsk(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	verb(t, "import", write(t, "clients.csv", clientsCSV), db)
	verb(t, "import", write(t, "invoices.csv", invoicesCSV), db)

	for _, c := range []struct {
		text, user, want string
		says             []string
	}{
		{"hoeveel omzet hebben we met Jansen Beheer in 2026", "", `{"intent":"client.revenue","slots":{"client":"Jansen Beheer","period":{"from":"2026-01-01","to":"2026-12-31"}},"asked_back":false,"mode":"grammar"}`, []string{"€ 2.469"}},
		{"wie is de contactpersoon van 0101", "", `{"intent":"client.contacts","asked_back":false}`, []string{"P. Jansen"}},
		{"omzet jansen", "", `{"intent":"client.revenue","slots":{"client":"jansen"},"asked_back":true}`, []string{"Jansen Beheer B.V.", "Jansen Bouw B.V."}},
		{"omzet van Quimby", "", `{"slots":{"client":"Quimby"},"asked_back":true}`, []string{"Quimby"}},
		{"mijn klanten", "rm@voorbeeld.nl", `{"intent":"portfolio.list","slots":{"manager":"me"},"asked_back":false}`, []string{"Jansen (", "€"}},
		{"mijn klanten", "", `{"intent":"portfolio.list","asked_back":true}`, []string{"--user"}},
		{"top 1 klanten", "", `{"intent":"portfolio.top","slots":{"limit":1},"asked_back":false}`, []string{"Jansen"}},
		{"wat is het weer morgen", "", `{"intent":"unknown","slots":{},"asked_back":false}`, []string{"hoeveel omzet"}},
		{"wat kun je", "", `{"intent":"help","slots":{},"asked_back":false}`, []string{"portefeuille"}},
		{"wat is onze nps", "", `{"intent":"survey.nps","asked_back":false}`, []string{"/onderzoek"}},
		{"start een nu-3jaar sessie", "", `{"intent":"session.start","slots":{"session":"nu-3jaar"}}`, []string{"/sessie nu-3jaar"}},
		{"net Jansen Beheer gebeld", "", `{"intent":"touch.log","slots":{"client":"Jansen Beheer"}}`, []string{"/klant"}},
	} {
		args := []string{"ask", c.text, db}
		if c.user != "" {
			args = append(args, "--user="+c.user)
		}
		got, status := verb(t, args...)
		if status != done {
			t.Errorf("%s: status %d, %v", c.text, status, got)
			continue
		}
		holds(t, got, c.want)
		for _, says := range c.says {
			if text, _ := got["text"].(string); !strings.Contains(text, says) {
				t.Errorf("%s: %q does not say %q", c.text, text, says)
			}
		}
	}
	if got, status := verb(t, "ask", "mijn klanten", "--user=niemand@voorbeeld.nl", db); status != failed {
		t.Errorf("somebody unknown asks: %v", got)
	}
	// A manager may not read figures of all colleagues together.
	if got, status := verb(t, "ask", "halen we ons contactplan", "--user=rm@voorbeeld.nl", db); status != failed {
		t.Errorf("a manager reads the report of the office: %v", got)
	}
}

// TestAskEverything: each intent has an answer, in both languages, also in an office
// that has nothing yet.
func TestAskEverything(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	verb(t, "import", write(t, "clients.csv", clientsCSV), db)
	left := slices.DeleteFunc(ask.Intents(), func(i ask.Intent) bool { return i == ask.Unknown })
	for _, text := range []string{"wie is 0101", "omzet 0101", "klantwaarde 0101", "segment van 0101", "klanttype 0101", "potentieel 0101", "onbenutte diensten 0101", "clv 0101",
		"contactpersonen 0101", "laatste contact 0101", "wanneer moet ik 0101 weer spreken", "wat vindt 0101 van ons", "openstaande acties 0101", "bereid gesprek met 0101 voor",
		"wat is er veranderd bij 0101", "wie is de relatiemanager van 0101", "vergelijk 0101 met vergelijkbare klanten", "mijn klanten", "hoe staat mijn portefeuille ervoor",
		"wie heb ik dit jaar niet gesproken", "top 10 klanten", "welke klanten groeien", "welke klanten lopen terug", "piramide", "wie is er gestegen in de piramide", "alle A-klanten",
		"wie zit op de grens van A en B", "vergelijk segment A met B", "wie moet ik deze week bellen", "welke gesprekken zijn te laat", "halen we ons contactplan", "log een gesprek met 0101",
		"uitkomst klantonderzoek", "wat is onze nps", "wat zeggen klanten over personeel", "perceptiekloof", "wie zijn onze ambassadeurs", "terugwinkansen", "warme leads",
		"start een klantreis sessie", "hoe staat het met de sessie", "welke acties staan er open", "help"} {
		for _, lang := range []string{"nl", "en"} {
			var out, errs bytes.Buffer
			status := run(t.Context(), []string{"ask", text, db, "--as-of=2026-11-21", "--lang=" + lang, "--json"}, &out, &errs)
			if strings.Contains(out.String(), `"ask.`) || strings.Contains(out.String(), "%!") || status != done && !strings.Contains(out.String(), `"kind": "not_found"`) {
				t.Errorf("%s (%s): status %d, %s", text, lang, status, &out)
			}
			left = slices.DeleteFunc(left, func(i ask.Intent) bool {
				return strings.Contains(out.String(), `"`+string(i)+`"`) || status != done && i == ask.SegmentBorder
			})
		}
	}
	if len(left) > 0 {
		t.Errorf("no phrase asked for %v", left)
	}
}
