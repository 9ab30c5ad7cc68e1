package view

import (
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// AnswerLines is an answer of a sentence and a line each, for a terminal; more says
// how many are not shown.
func AnswerLines(p *locale.Printer, title string, lines []string, more int) string {
	var b strings.Builder
	b.WriteString(terminal(title) + "\n")
	for _, l := range lines {
		b.WriteString("  " + terminal(l) + "\n")
	}
	if more > 0 {
		b.WriteString("  " + strings.TrimPrefix(p.N("client.more", more, nil), ", ") + "\n")
	}
	return b.String()
}

// AnswerRow is a relatiegroep in an answer.
type AnswerRow struct {
	Name, Number string
	Segment      analysis.Segment // empty: none
	Note         string           // what it is listed for
}

// Words is the row as a line.
func (r AnswerRow) Words() string {
	name := r.Name
	if r.Number != "" {
		name += " (" + r.Number + ")"
	}
	return strings.Join(nonEmpty(name, string(r.Segment), r.Note), " · ")
}

// AnswerCard answers one question about a client, by the name of its intent, from
// what stands on the card. What it does not know by itself gets the whole card.
func AnswerCard(p *locale.Printer, intent string, c Card) string {
	fact := func(label, value string) string { return p.T(label, nil) + ": " + value }
	var lines []string
	switch strings.TrimPrefix(intent, "client.") {
	case "revenue":
		yearly, trailing := amounts(p, c)
		lines = []string{fact("client.revenue.yearly", yearly), fact("client.revenue.ttm", trailing)}
		if len(c.Years) > 0 {
			lines = append(lines, yearsInWords(p, c))
		}
	case "value":
		lines = []string{segmentLine(p, c), fact("client.rating", orNotAsked(p, c))}
	case "segment":
		lines = []string{segmentLine(p, c)}
	case "type":
		lines = []string{fact("client.approach", approachLine(p, c))}
	case "potential":
		lines = []string{fact("client.potential", potentialLine(p, c))}
	case "whitespace":
		lines = []string{fact("client.unused", unusedLine(p, c)), fact("word.services", services(p, c))}
	case "lifetime":
		if c.Lifetime == nil {
			lines = []string{p.T("ask.lifetime.none", nil)}
		} else {
			lines = strings.Split(lifetimeText(p, c.Lifetime), "\n")
		}
	case "contacts":
		lines = contactLines(p, c)
	case "last_contact":
		lines = []string{fact("client.last_contact", lastLine(p, c))}
	case "next_due":
		next := p.T("ask.next.none", nil)
		if c.Next != nil {
			next = NextWords(p, *c.Next, c.AsOf)
		}
		lines = []string{fact("client.next", next)}
	case "survey":
		lines = append([]string{fact("client.rating", orNotAsked(p, c))}, saidLines(p, c)...)
	case "manager":
		lines = []string{fact("word.manager", nameOr(p, c.Manager.Name)), fact("word.partner", nameOr(p, c.Partner.Name))}
	default:
		return CardText(p, c)
	}
	return AnswerLines(p, RelationTitle(p, c), lines, 0)
}

// RelationName is whom figures of a relatiegroep are about: the client, or the group
// where that has more of them.
func RelationName(c Card) string {
	if len(c.Members) > 1 && c.Group.Name != "" {
		return c.Group.Name
	}
	return c.Client.Name
}

// RelationTitle is RelationName, and of a group the client that was asked about and how
// many others there are, so that nobody takes the figures for those of one client.
func RelationTitle(p *locale.Printer, c Card) string {
	name := RelationName(c)
	if name == c.Client.Name {
		return name
	}
	return p.N("client.relation", len(c.Members)-1, analysis.Args{"group": name, "name": c.Client.Name})
}

func segmentLine(p *locale.Printer, c Card) string {
	words := p.T("segment.without", nil)
	if c.Segment != nil {
		words = segmentWords(p, *c.Segment)
	}
	return p.T("client.segment", nil) + ": " + words
}

func orNotAsked(p *locale.Printer, c Card) string {
	if c.Rating == nil {
		return p.T("client.rating.none", nil)
	}
	return ratingWords(p, c)
}

func approachLine(p *locale.Printer, c Card) string {
	if c.Approach == nil {
		return p.T("client.approach.no_segment", nil)
	}
	return approachWords(p, c)
}

func potentialLine(p *locale.Printer, c Card) string {
	if c.Approach == nil {
		return p.T("client.potential.unknown", nil)
	}
	return potentialWords(p, *c.Approach)
}

func unusedLine(p *locale.Printer, c Card) string {
	if c.Approach == nil {
		return p.T("client.potential.unknown", nil)
	}
	if unused := unusedWords(p, *c.Approach); unused != "" {
		return unused
	}
	return p.T("client.potential.none", analysis.Args{"amount": analysis.Cents(0)})
}

func contactLines(p *locale.Printer, c Card) []string {
	if len(c.Contacts) == 0 {
		return []string{p.T("word.contact", nil) + ": " + p.T("word.nobody", nil)}
	}
	var lines []string
	for _, person := range c.Contacts {
		lines = append(lines, strings.Join(nonEmpty(person.Name, person.Role, person.Email, person.Phone), ", "))
	}
	return lines
}

// saidLines are what its people said, where the reader may read it.
func saidLines(p *locale.Printer, c Card) []string {
	var lines []string
	if words := sharpestWords(p, c); words != "" {
		lines = append(lines, p.T("client.sharpest", nil)+": "+words)
	}
	for _, f := range c.Feedback[:min(shownContacts, len(c.Feedback))] {
		lines = append(lines, p.Near(f.Day, c.AsOf)+": “"+brief(f.Words)+"”")
	}
	return lines
}

// CompareText lays a client beside its peers, for a terminal.
func CompareText(p *locale.Printer, c PeerComparison) string {
	title := p.T("client.compare.title", analysis.Args{"name": c.Client.Name})
	switch {
	case !c.AsOf.Known():
		return AnswerLines(p, title, []string{p.T("client.explain.not_yet", nil)}, 0)
	case c.Level == value.LevelNone:
		return AnswerLines(p, title, []string{p.T("client.compare.none", nil)}, 0)
	}
	return AnswerLines(p, title, append([]string{aboveWords(p, c)}, compareLines(p, c)...), 0)
}
