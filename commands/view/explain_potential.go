package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// potentialLines say how the potential came about, and what type of client that
// makes.
func potentialLines(p *locale.Printer, e Explanation) []string {
	a := e.Card.Approach
	if a == nil {
		return []string{p.T("client.explain.nothing", nil)}
	}
	lines := []string{potentialSentence(p, a.Potential)}
	if a.Potential.Level > value.LevelBranch {
		lines[0] += " " + p.T("client.explain.widened", nil)
	}
	for _, w := range a.Potential.Whitespace {
		lines = append(lines, "• "+p.T("client.explain.unused", analysis.Args{"service": a.Names[w.Service].Name,
			"buyers": w.Buyers, "peers": a.Potential.Peers, "amount": w.Amount}))
	}
	if len(a.Potential.Withheld) > 0 {
		names := make([]string, len(a.Potential.Withheld))
		for i, service := range a.Potential.Withheld {
			names[i] = a.Names[service].Name
		}
		lines = append(lines, p.N("client.explain.withheld", len(names), analysis.Args{"services": p.List(names)}))
	}
	if a.Type == "" {
		return lines
	}
	said := p.T("client.explain.type", analysis.Args{"type": p.T(value.TypeKey(a.Type), nil),
		"segment": string(e.Card.Segment.Segment), "value": level(p, e.Card.Segment.Segment.High()),
		"potential": level(p, a.Type == analysis.Developing || a.Type == analysis.Strategic)})
	switch {
	case e.Bordered && e.Chose:
		said += " " + p.T("client.explain.border_chosen", analysis.Args{"amount": e.Border})
	case e.Bordered:
		said += " " + p.T("client.explain.border", analysis.Args{"amount": e.Border})
	}
	return append(lines, said)
}

func potentialSentence(p *locale.Printer, v value.Potential) string {
	switch v.Basis {
	case value.BasisPeers:
		return p.N("client.explain.peers", v.Peers, analysis.Args{"amount": v.Amount, "level": p.T(v.Level.Key(), nil)})
	case value.BasisElsewhere:
		return p.T("client.explain.elsewhere", analysis.Args{"amount": v.Amount})
	case value.BasisJudged:
		return p.T("client.explain.judged", analysis.Args{"chance": chanceWords(p, v.Judged)})
	}
	return p.T("client.explain.nothing", nil)
}

func level(p *locale.Printer, high bool) string {
	if high {
		return p.T("client.explain.high", nil)
	}
	return p.T("client.explain.low", nil)
}

// approachInFull is the whole row of the strategy, of which the card has the
// goal, and whose idea it is.
func approachInFull(p *locale.Printer, e Explanation) []slack.Block {
	a := e.Card.Approach
	if a == nil || a.Type == "" {
		return nil
	}
	var rows []*slack.RichTextSection
	for _, l := range a.Strategy.Lines() {
		rows = append(rows, row(p.T(l.Label, nil), text(lineWords(p, l))))
	}
	return []slack.Block{sheet(rows...), context(p.T("client.explain.ours", nil))}
}
