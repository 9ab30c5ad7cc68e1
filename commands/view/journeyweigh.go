package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// FieldImpact and FieldEffort are the blocks of the weight of an opportunity.
func FieldImpact(card session.CardID) string { return "impact." + strconv.Itoa(int(card)) }

// FieldEffort is that of how much it asks of us.
func FieldEffort(card session.CardID) string { return "effort." + strconv.Itoa(int(card)) }

// Blocks of the form of an action by the field they fill in.
const (
	FieldChance    = "chance"
	FieldActOwner  = "action.owner"
	FieldActDue    = "action.due"
	FieldActIf     = "action.if"
	FieldActThen   = "action.then"
	chancesWeighed = 6 // opportunities on a page, each with two questions
)

// Weighable are the opportunities on the page of spot, and how many come after it.
func (j Journey) Weighable(spot JourneySpot) (page []session.Card, rest int) {
	all := j.chances()
	if spot.Offset >= len(all) {
		return nil, 0
	}
	page = all[spot.Offset:min(len(all), spot.Offset+chancesWeighed)]
	return page, len(all) - spot.Offset - len(page)
}

// WeighForm asks of each opportunity on a page what it does for the client and what
// it asks of us.
func WeighForm(p *locale.Printer, j Journey, spot JourneySpot, viewer analysis.UserID, done Outcome) Modal {
	page, rest := j.Weighable(spot)
	m := journeyForm(p, "journey.weigh.title", "journey.weighed.v1", spot)
	if rest > 0 {
		m.Submit = cut(p.T("journey.save.more", nil), maxTitle)
	}
	m.Blocks = outcome(p, done, "")
	if spot.Offset == 0 {
		m.Blocks = append(m.Blocks, section(p.T("journey.weigh.intro", nil)))
	}
	m.Blocks = append(m.Blocks, context(p.T("journey.weigh.page", analysis.Args{"from": spot.Offset + 1, "to": spot.Offset + len(page), "of": len(j.chances())})))
	for i, c := range page {
		x, _ := j.step(c.Step)
		own, _ := j.Weight(viewer, c.ID)
		if i > 0 {
			m.Blocks = append(m.Blocks, slack.NewDividerBlock())
		}
		m.Blocks = append(m.Blocks, sheet(row(strconv.Itoa(spot.Offset+i+1)+".", text(session.Isolate(c.Text)), text(" ("+session.Isolate(brief(x.Name))+")"))),
			slack.NewInputBlock(FieldImpact(c.ID), plain(p.T("journey.impact", nil), maxHeader), nil, fromOne(p, "impact", own.Impact)).WithOptional(true),
			slack.NewInputBlock(FieldEffort(c.ID), plain(p.T("journey.effort", nil), maxHeader), nil, fromOne(p, "effort", own.Effort)).WithOptional(true))
	}
	return m
}

// fromOne is a choice of 1 to 5, worded at its ends.
func fromOne(p *locale.Printer, action string, chosen int) *slack.SelectBlockElement {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("journey.scale", nil), maxPlaceholder), action)
	for n := 1; n <= 5; n++ {
		word := strconv.Itoa(n)
		switch n {
		case 1:
			word = p.T("journey.scale.low", nil)
		case 5:
			word = p.T("journey.scale.high", nil)
		}
		o := slack.NewOptionBlockObject(strconv.Itoa(n), plain(word, maxOption), nil)
		pick.Options = append(pick.Options, o)
		if n == chosen {
			pick.InitialOption = o
		}
	}
	return pick
}

// ActionForm asks what is done about an opportunity, by whom and before when.
func ActionForm(p *locale.Printer, j Journey, spot JourneySpot, viewer analysis.UserID, done Outcome) Modal {
	spot.Offset = len(j.Actions) // the form of the next action is another one
	m := journeyForm(p, "journey.act.title", "journey.agreed.v1", spot)
	m.Submit = cut(p.T("journey.act.save", nil), maxTitle)
	m.Blocks = append(outcome(p, done, ""), section(p.T("journey.act.intro", nil)))
	if rows := actionRows(p, j); len(rows) > 0 {
		m.Blocks = append(m.Blocks, context(p.N("journey.act.there", len(rows), nil)), sheet(rows[max(0, len(rows)-mostListed):]...))
	}
	if chances := j.Actionable(); len(chances) > 0 {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("journey.act.chance_pick", nil), maxPlaceholder), "chance")
		for _, w := range chances {
			note := p.T("journey.weight.none", nil)
			if w.N > 0 {
				note = p.N("journey.weight", w.N, analysis.Args{"impact": p.Points(w.Impact), "effort": p.Points(w.Effort)})
			}
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(strconv.Itoa(int(w.Card.ID)), plain(session.Isolate(w.Card.Text), maxOption), plain(note, maxOption)))
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldAt(FieldChance, spot), plain(p.T("journey.act.chance", nil), maxHeader), nil, pick).WithOptional(true))
	}
	owner := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("journey.act.owner_pick", nil), maxPlaceholder), "owner")
	owner.InitialUser = string(viewer)
	m.Blocks = append(m.Blocks,
		slack.NewInputBlock(FieldAt(FieldActOwner, spot), plain(p.T("journey.act.owner", nil), maxHeader), nil, owner),
		slack.NewInputBlock(FieldAt(FieldActDue, spot), plain(p.T("journey.act.due", nil), maxHeader), nil, slack.NewDatePickerBlockElement("due")),
		shortLine(p, FieldAt(FieldActIf, spot), "journey.act.if", "journey.act.if_hint").WithOptional(true), shortLine(p, FieldAt(FieldActThen, spot), "journey.act.then", "journey.act.then_hint"))
	return m
}

// mostListed is how many actions stand above the form of a new one.
const mostListed = 5

// Actionable are the opportunities that an action may be about, the best first.
func (j Journey) Actionable() []session.Weighing {
	all, ok := j.Weighed()
	if !ok {
		for _, c := range j.chances() {
			all = append(all, session.Weighing{Card: c})
		}
	}
	return all[:min(len(all), mostOptions)]
}

func shortLine(p *locale.Printer, block, label, hint string) *slack.InputBlock {
	input := slack.NewPlainTextInputBlockElement(nil, "text")
	input.MaxLength = session.LongestText
	return slack.NewInputBlock(block, plain(p.T(label, nil), maxHeader), plain(p.T(hint, nil), maxHeader), input)
}

// actionRows are the actions with who does them before when, the first agreed first.
func actionRows(p *locale.Printer, j Journey) []*slack.RichTextSection {
	var rows []*slack.RichTextSection
	for i, a := range j.Actions {
		r := row(strconv.Itoa(i+1)+".", mention(p, a.Owner), text(", "+p.T("journey.act.before", analysis.Args{"day": p.Near(a.Due, j.AsOf)})+": "+actionWords(p, a)))
		if a.State == session.Done || a.State == session.Dropped {
			r.Elements = append(r.Elements, text(" ("+p.T("journey.act."+stateKey(a.State), nil)+")"))
		}
		rows = append(rows, r)
	}
	return rows
}

// actionWords is what is done, and where it was said when.
func actionWords(p *locale.Printer, a session.Action) string {
	if a.When == "" {
		return session.Isolate(a.Then)
	}
	return p.T("journey.act.words", analysis.Args{"when": session.Isolate(a.When), "then": session.Isolate(a.Then)})
}

func stateKey(s session.ActionState) string {
	if s == session.Done {
		return "done"
	}
	return "dropped"
}
