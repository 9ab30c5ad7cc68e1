package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/analysis/ask"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// TestAskSlots: what is understood of a question changes its answer, or the answer says
// that it is left out.
func TestAskSlots(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "office.db")
	var out, errs bytes.Buffer
	if status := run(t.Context(), []string{"sample", path, "--groups=150", "--as-of=2026-11-21"}, &out, &errs); status != done {
		t.Fatal(&errs)
	}
	s := &session{ctx: t.Context(), db: path, at: time.Date(2026, 11, 21, 12, 0, 0, 0, officeZone()), shifted: true, lang: locale.Dutch}
	db, err := s.open(true)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	use := askOf(db)
	if err := use.Client.Directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	answer := func(text string) commands.Answer {
		t.Helper()
		req := s.asOperator()
		req.Text, req.Key = text, text
		a, err := use.Answer(t.Context(), req, ask.Question{})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return a
	}
	for _, c := range []struct{ whole, part string }{
		{"omzet Hazelhoff Transport", "omzet Hazelhoff Transport in 2024"},
		{"omzet Hazelhoff Transport in 2024", "omzet Hazelhoff Transport jaarrekening in 2024"},
		{"onbenutte diensten Hazelhoff Transport", "heeft Hazelhoff Transport salarisadministratie bij ons"},
		{"laatste contact Hazelhoff Transport", "hebben we Hazelhoff Transport dit kwartaal gesproken"},
		{"contactpersonen Hazelhoff Transport", "contactpersonen Hazelhoff Transport in 2024"},
		{"log een gesprek met Hazelhoff Transport", "log een gesprek met Hazelhoff Transport van gisteren"},
		{"klanten van Femke", "B-klanten van Femke"},
		{"klanten van Femke", "klanten van Femke met jaarrekening"},
		{"klanten van Femke met jaarrekening", "klanten van Femke zonder jaarrekening"},
		{"klanten van Femke", "strategische klanten van Femke"},
		{"hoeveel omzet heeft Femke", "hoeveel omzet heeft Femke dit jaar"},
		{"wie hebben we dit jaar niet gesproken", "wie hebben we dit jaar niet gesproken met jaarrekening"},
		{"top 5 klanten", "top 5 klanten in 2024"},
		{"top 5 klanten", "top 3 klanten"},
		{"welke klanten groeien", "welke klanten van Femke groeien"},
		{"piramide", "wie zitten er in de toplaag van de piramide"},
		{"piramide", "piramide van Femke"},
		{"piramide", "piramide in 2024"},
		{"wie is er gestegen in de piramide", "wie is er gestegen in de piramide naar laag midden"},
		{"alle A-klanten", "alle B-klanten"},
		{"wie zit op de grens", "wie zit op de grens van A en B"},
		{"wie zit op de grens van A en B", "wie zit op de grens van B en C"},
		{"vergelijk segment A met B", "vergelijk segment A met C"},
		{"wie moet Femke deze week bellen", "welke A-klanten moet Femke deze week bellen"},
		{"aandachtsrapport", "aandachtsrapport van A-klanten"},
		{"aandachtsrapport", "aandachtsrapport Q1 2026"},
		{"aandachtsrapport", "aandachtsrapport van Femke"},
		{"wat is onze nps", "wat is de nps van A-klanten"},
		{"wat is onze nps", "wat is de nps van Femke"},
		{"wat is onze nps", "wat was de nps in 2025"},
		{"wat zeggen klanten over personeel", "wat zeggen oud-klanten over personeel"},
		{"wat zeggen klanten over personeel", "wat zeggen A-klanten over personeel"},
		{"perceptieverschil", "perceptieverschil op digitalisering"},
		{"wie zijn onze ambassadeurs", "welke A-klanten zijn ambassadeur"},
		{"start een sessie", "start een klantreis"},
		{"start een klantreis", "start een klantreis voor strategische klanten"},
		{"welke sessies lopen er", "welke sessies van Femke lopen er"},
	} {
		whole, part := answer(c.whole), answer(c.part)
		words, err := json.Marshal(toAnswerJSON(part))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case part.Intent == ask.Unknown || whole.Intent == ask.Unknown:
			t.Errorf("%q, %q: not understood", c.whole, c.part)
		case part.AskedBack || whole.AskedBack:
			t.Errorf("%q, %q: asked back: %s%s", c.whole, c.part, whole.Text, words)
		case part.Text == whole.Text && !strings.Contains(part.Text, "Niet meegenomen"):
			t.Errorf("%q is answered as %q, without a word about it: %s", c.part, c.whole, words)
		}
	}
}
