package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// CardApproach is what the office could do for a group.
type CardApproach struct {
	Type      analysis.ClientType // empty: nog te bepalen
	Strategy  value.Strategy      // of Type; zero where that is empty
	Potential value.Potential
	// Wallet is the office's share of what the group spends on such services,
	// 0..100, where WalletKnown.
	Wallet      float64
	WalletKnown bool
	Steps       []value.Step // at most three
	// Names are the services by id: Potential and Steps hold ids.
	Names map[analysis.ServiceID]analysis.Service
}

// shownUnused is how many unused services a card names; Toelichting has all.
const shownUnused = 3

// approach are the rows of a card that say what to do.
func approach(p *locale.Printer, c Card) []*slack.RichTextSection {
	if c.Approach == nil {
		return nil
	}
	rows := []*slack.RichTextSection{row(p.T("client.approach", nil), text(approachWords(p, c)))}
	if unused := unusedWords(p, *c.Approach); unused != "" {
		rows = append(rows, row(p.T("client.unused", nil), text(unused)))
	}
	if steps := stepWords(p, *c.Approach); len(steps) > 0 {
		rows = append(rows, row(p.T("client.steps", nil), text("\n• "+strings.Join(steps, "\n• "))))
	}
	return rows
}

// approachWords says the client type and what the office wants with it, or what
// is missing to know.
func approachWords(p *locale.Printer, c Card) string {
	switch a := c.Approach; {
	case a.Type != "":
		return p.T(value.TypeKey(a.Type), nil) + " · " + StrategyGoal(p, a.Strategy)
	case c.Segment == nil:
		return p.T("client.approach.no_segment", nil)
	}
	return p.T("client.approach.no_potential", nil)
}

// StrategyGoal is what the office wants with clients of a type.
func StrategyGoal(p *locale.Printer, s value.Strategy) string { return lineWords(p, s.Lines()[0]) }

// lineWords is a line of a strategy: the office's words, else ours.
func lineWords(p *locale.Printer, l value.StrategyLine) string {
	if l.Text != "" {
		return l.Text
	}
	return p.T(l.Key, nil)
}

// potentialWords says what the group could still buy; unknown is not nothing.
func potentialWords(p *locale.Printer, a CardApproach) string {
	words := p.T("client.potential.unknown", nil)
	switch {
	case a.Potential.Basis == value.BasisPeers && a.Potential.Amount == 0:
		words = p.T("client.potential.none", analysis.Args{"amount": analysis.Cents(0)})
	case a.Potential.Known():
		words = p.T("client.potential.yearly", analysis.Args{"amount": a.Potential.Amount})
	case a.Potential.Basis == value.BasisJudged:
		words = chanceWords(p, a.Potential.Judged)
	}
	if a.WalletKnown {
		words += " · " + p.T("client.wallet", analysis.Args{"percent": part100(p, a.Wallet)})
	}
	return words
}

func chanceWords(p *locale.Printer, c value.Chance) string {
	return p.T("client.potential."+string(c), nil)
}

func unusedWords(p *locale.Printer, a CardApproach) string {
	var words []string
	for _, w := range a.Potential.Whitespace[:min(shownUnused, len(a.Potential.Whitespace))] {
		words = append(words, p.T("client.unused.one", analysis.Args{"service": a.Names[w.Service].Name, "amount": w.Amount}))
	}
	return strings.Join(words, ", ")
}

// stepWords words the next steps, most urgent first.
func stepWords(p *locale.Printer, a CardApproach) []string {
	var words []string
	for _, s := range a.Steps {
		args := analysis.Args{}
		for name, v := range s.Args {
			switch v := v.(type) {
			case analysis.ServiceID:
				args[name] = a.Names[v].Name
			case float64: // a percentage or a mean
				args[name] = p.Points(v)
				if name == "percent" {
					args[name] = p.Percent(v / 100)
				}
			default:
				args[name] = v
			}
		}
		if n, counted := s.Args["n"].(int); counted && !locale.Has(p.Lang(), s.Key) {
			words = append(words, p.N(s.Key, n, args))
			continue
		}
		words = append(words, p.T(s.Key, args))
	}
	return words
}
