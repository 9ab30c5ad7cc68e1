package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Objecting is a contact person who objects to profiling.
type Objecting struct {
	Name  string
	Since analysis.Day
	By    analysis.UserID // who wrote it down; empty: the operator
}

// objectingWords is the line of a card that says who objects, and what that means.
func objectingWords(p *locale.Printer, c Card) string {
	var all []string
	for i, o := range c.Objecting {
		if i == shownContacts {
			all = append(all, strings.TrimPrefix(p.N("client.more", len(c.Objecting)-i, nil), ", "))
			break
		}
		all = append(all, p.T("client.objection_of", analysis.Args{"name": brief(o.Name), "day": o.Since}))
	}
	words := strings.Join(all, "; ")
	if c.Spared {
		words += " · " + p.T("client.objection_spared", nil)
	}
	return words
}

// ObjectionsWindow is a page of the contact persons of a relatiegroep, with who
// objects to profiling.
type ObjectionsWindow struct {
	Outcome             Outcome
	Group               analysis.Group
	With                analysis.Client
	Rows                []ObjectionRow
	Offset, Size, Total int
	Value               func(offset int) string
	Back                string // value of the button to the moments of contact
}

// ObjectionRow is a contact person.
type ObjectionRow struct {
	Name, Role string
	Value      string // of the button that changes it; empty: the reader may not
	Stands     *Objecting
}

// Objections is the window in which is written down who objects to profiling.
func Objections(p *locale.Printer, w ObjectionsWindow) Modal {
	m := Modal{Title: cut(p.T("objection.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "objection.put.v1")...)
	m.Blocks = append(m.Blocks, withWhom(p, w.Group, w.With), section(p.T("objection.how", nil)))
	if w.Total == 0 {
		m.Blocks = append(m.Blocks, section(p.T("objection.nobody", nil)))
	}
	for i, r := range w.Rows {
		line, label := strings.Join(nonEmpty(brief(r.Name), r.Role), ", "), p.T("objection.record", nil)
		if r.Stands != nil {
			label = p.T("objection.withdraw", nil)
		}
		if r.Value == "" {
			m.Blocks = append(m.Blocks, section(line))
		} else {
			m.Blocks = append(m.Blocks, choice(line, button(label, "objection.put.v1#"+strconv.Itoa(i+1), r.Value)))
		}
		if r.Stands != nil {
			by := p.T("objection.operator", nil)
			if r.Stands.By != "" {
				by = "<@" + string(r.Stands.By) + ">"
			}
			said := p.T("objection.stands", analysis.Args{"day": r.Stands.Since, "by": by})
			m.Blocks = append(m.Blocks, slack.NewContextBlock("", mark(said)))
		}
	}
	buttons := windowPager(p, "objection.open.v1", w.Value, w.Offset, w.Size, len(w.Rows), w.Total)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("touch.list", nil), "touch.list.v1", w.Back))...))
	return m
}
