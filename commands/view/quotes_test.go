package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

func sampleQuotes(n int) []QuoteOption {
	all := make([]QuoteOption, n)
	for i := range all {
		q := SurveyQuote{ID: fmt.Sprint("R", i+1), Response: analysis.ResponseID(i + 40), Theme: "financiering", Polarity: "negative", Text: hostile}
		switch i % 3 {
		case 1:
			q.Theme, q.Polarity, q.Text = "overig", "positive", "Bel [PERSOON_1] op [TELEFOON_1]."
		case 2:
			q.Theme, q.Polarity = "Zorg & zo", "neutral"
		}
		all[i] = QuoteOption{q, fmt.Sprintf("%d/0/0/9/n/1", i)}
	}
	return all
}

func TestGoldenQuotes(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		c := QuoteChoice{Name: "Klantonderzoek 2026", Audience: analysis.AskedClients, Channel: "klanten", Quotes: sampleQuotes(7), Chosen: []string{"1/0/0/9/n/1"}, Most: 8, Value: "w=1&c=C1"}
		golden(t, "quotes_choose."+string(lang)+".json", QuoteChoosing(p, c))
		s := SharedQuotes{Name: "Klantonderzoek 2026", Audience: analysis.AskedClients, Disclosure: analysis.ByName, Answers: 125, Held: analysis.Date(2026, 11, 10), By: "U1"}
		for _, q := range sampleQuotes(3) {
			s.Quotes = append(s.Quotes, q.SurveyQuote)
		}
		golden(t, "quotes_preview."+string(lang)+".json", QuotePreview(p, locale.New(locale.Dutch, nil), s, "klanten", "w=1&c=C1&q=1"))
		s.Model = true
		golden(t, "quotes_shared."+string(lang)+".json", QuotesMessage(p, s, "quotes/1"))
		for _, s.Audience = range []analysis.Audience{analysis.AskedEmployees, analysis.AskedClients} {
			// Nothing says that two quotes are of one person.
			if raw, err := json.Marshal(QuotesMessage(p, s, "quotes/1").Blocks); err != nil || strings.Contains(string(raw), p.T("quotes.source", analysis.Args{"n": "40"})) {
				t.Errorf("%s are numbered: %s %v", s.Audience, raw, err)
			}
			s.Disclosure = analysis.Anonymous
		}
		golden(t, "quotes_posted."+string(lang)+".json", QuotesPosted(p, "klanten", "quotes/1"))
		golden(t, "quotes_stub."+string(lang)+".json", Stub(p, QuotesLetter))
	}
}

// TestQuotesLimits: however many and long, Slack takes the windows, and what is
// posted is what was previewed.
func TestQuotesLimits(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	many := sampleQuotes(300)
	for i := range many {
		many[i].Text = strings.Repeat("woord ", 2000)
	}
	m := QuoteChoosing(p, QuoteChoice{Name: hostile, Quotes: many, Value: "w=1"})
	if len(m.Blocks) > 100 {
		t.Errorf("%d blocks", len(m.Blocks))
	}
	if empty := QuoteChoosing(p, QuoteChoice{}); empty.Submit != "" || len(empty.Blocks) != 1 {
		t.Errorf("nothing to choose: %+v", empty)
	}
}
