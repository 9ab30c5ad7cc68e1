package view

import (
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// MatchesText is what `klantbot client` prints: the card, the clients that
// match (more: and there are more), or the nearest names.
func MatchesText(p *locale.Printer, query string, found, nearest []Candidate, more bool, card *Card) string {
	var b strings.Builder
	switch {
	case card != nil:
		b.WriteString(CardText(p, *card))
	case len(found) > 0:
		title := p.N("client.choices", len(found), analysis.Args{"query": query})
		if more {
			title = p.N("client.first", len(found), analysis.Args{"query": query})
		}
		b.WriteString(terminal(title) + "\n")
		for _, c := range found {
			b.WriteString("  " + terminal(c.Name+" · "+c.details(p)) + "\n")
		}
	case len(nearest) > 0:
		b.WriteString(terminal(p.T("client.nearest", analysis.Args{"query": query})) + "\n")
		for _, c := range nearest {
			b.WriteString("  " + terminal(c.Name+" · "+c.details(p)) + "\n")
		}
	default:
		b.WriteString(terminal(p.T("client.none", analysis.Args{"query": query})) + "\n")
	}
	return b.String()
}

// CardText is the card for a terminal: the facts of the card in Slack, a line
// each.
func CardText(p *locale.Printer, c Card) string {
	var b strings.Builder
	b.WriteString(terminal(c.Client.Name) + "\n" + terminal(identity(p, c)) + "\n\n")
	line := func(label, value string) { fmt.Fprintf(&b, "%-26s%s\n", label, terminal(value)) }
	yearly, trailing := amounts(p, c)
	line(p.T("client.revenue.yearly", nil), yearly)
	line(p.T("client.revenue.ttm", nil), trailing)
	if c.Segment != nil {
		line(p.T("client.segment", nil), segmentWords(p, *c.Segment))
	}
	if words := ratingField(p, c); words != "" {
		line(p.T("client.rating", nil), words)
	}
	if words := sharpestWords(p, c); words != "" {
		line(p.T("client.sharpest", nil), words)
	}
	if c.Approach != nil {
		line(p.T("client.potential", nil), potentialWords(p, *c.Approach))
		line(p.T("client.approach", nil), approachWords(p, c))
		if unused := unusedWords(p, *c.Approach); unused != "" {
			line(p.T("client.unused", nil), unused)
		}
		for i, step := range stepWords(p, *c.Approach) {
			label := p.T("client.steps", nil)
			if i > 0 {
				label = ""
			}
			line(label, step)
		}
	}
	line(p.T("word.manager", nil), nameOr(p, c.Manager.Name))
	line(p.T("word.partner", nil), nameOr(p, c.Partner.Name))
	var people []string
	for _, person := range c.Contacts {
		people = append(people, strings.Join(nonEmpty(person.Name, person.Role, person.Email), ", "))
	}
	line(p.T("word.contact", nil), nameOr(p, strings.Join(people, "; ")))
	if len(c.Objecting) > 0 {
		line(p.T("client.objection", nil), objectingWords(p, c))
	}
	if len(c.Members) > 1 {
		line(p.T("word.group", nil), members(p, c))
	}
	line(p.T("word.services", nil), services(p, c))
	line(p.T("client.last_contact", nil), lastLine(p, c))
	if c.Next != nil {
		line(p.T("client.next", nil), NextWords(p, *c.Next, c.AsOf))
	}
	if len(c.Years) > 0 {
		b.WriteString("\n" + terminal(yearsInWords(p, c)) + "\n")
	}
	if c.Lifetime != nil {
		b.WriteString("\n" + lifetimeText(p, c.Lifetime) + "\n")
	}
	return b.String()
}

func nonEmpty(words ...string) []string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// terminal keeps a name from steering the terminal: escape sequences and line
// breaks become spaces.
func terminal(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
