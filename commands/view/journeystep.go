package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// mostSaid is how many cards of a field stand in the message of a step; the rest is
// a press away.
const mostSaid = 4

// JourneyStep is the message of one step in the channel: in its thread people talk
// about it. A step that was taken out says so.
func JourneyStep(p *locale.Printer, j Journey, step session.StepID) Message {
	x, at := j.step(step)
	if at == 0 {
		gone := p.T("journey.step.gone", nil)
		return Message{Text: twin(gone), Blocks: []slack.Block{context(gone)}}
	}
	title := p.T("journey.step.title", analysis.Args{"n": at, "of": len(j.Steps), "name": session.Isolate(brief(x.Name))})
	m := Message{Text: twin(title), Blocks: []slack.Block{header(title)}}
	rows, more := j.stepSaid(p, step, mostSaid)
	rows = append(rows, felt(p, j, at-1))
	m.Blocks = append(m.Blocks, sheet(rows...))
	spot := j.spot(step).String()
	var buttons []slack.BlockElement
	if j.Phase == session.Stepping && j.Status == session.Running {
		m.Blocks = append(m.Blocks, context(p.T("journey.step.talk", nil)))
		buttons = append(buttons, button(p.T("journey.write.here", nil), "journey.step.v1", spot))
	}
	if more > 0 {
		buttons = append(buttons, button(p.N("journey.read", more, nil), "journey.read.v1", spot))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// felt is the line with how the client feels in the step at i.
func felt(p *locale.Printer, j Journey, i int) *slack.RichTextSection {
	f := j.Feelings("")[i]
	r := row(p.T("journey.field.feels", nil), text(feeling(p, f)))
	for k, n := range f.Named {
		sep := ", "
		if k == 0 {
			sep = ": "
		}
		r.Elements = append(r.Elements, text(sep), mention(p, n.User), text(" "+strconv.Itoa(n.Feeling)))
	}
	return r
}

// stepSaid are the fields of a step with what was said, at most most of each, and
// how many more there are.
func (j Journey) stepSaid(p *locale.Printer, step session.StepID, most int) (rows []*slack.RichTextSection, more int) {
	for _, f := range session.StepFields() {
		cards := j.Said(step, f)
		if len(cards) == 0 {
			continue
		}
		shown := cards[:min(len(cards), most)]
		r := row(p.T(fieldKey(f), nil))
		for i, c := range shown {
			if i > 0 || len(shown) > 1 {
				r.Elements = append(r.Elements, text("\n   "))
			}
			r.Elements = append(r.Elements, text(cardWords(p, c)))
		}
		if rest := len(cards) - len(shown); rest > 0 {
			more += rest
			r.Elements = append(r.Elements, text("\n   "+p.N("chart.journey.hidden", rest, nil)))
		}
		rows = append(rows, r)
	}
	return rows, more
}

// cardWords is a card in a line: what clients said or did has a closed dot, what we
// suppose an open one, and behind it where it comes from.
func cardWords(p *locale.Printer, c session.Card) string {
	said := c.Text
	if c.Field == session.Thinks {
		said = "“" + said + "”"
	}
	said = session.Isolate(said)
	if Grounded(c.Field) {
		mark := "○ "
		if c.Ground == session.Fact {
			mark = "● "
		}
		said = mark + said
	}
	if c.Source != "" {
		said += " (" + session.Isolate(c.Source) + ")"
	}
	return said
}

// fieldKey is the catalogue key of a field of a step.
func fieldKey(f session.Field) string {
	switch f {
	case session.Does:
		return "chart.journey.does"
	case session.Thinks:
		return "chart.journey.thinks"
	case session.Via:
		return "chart.journey.channel"
	case session.HeldBy:
		return "chart.journey.owner"
	case session.Behaviour:
		return "chart.journey.behaviour"
	}
	return "chart.journey.opportunity"
}

// cardsShown is how many cards stand on a page of a step.
const cardsShown = 24

// JourneyRead is a window with everything that was said of a step, by pages.
func JourneyRead(p *locale.Printer, j Journey, spot JourneySpot) Modal {
	x, at := j.step(spot.Step)
	m := Modal{Title: cut(p.T("journey.read.title", nil), maxTitle), Close: p.T("word.close", nil)}
	if at == 0 {
		m.Blocks = []slack.Block{section(p.T("journey.step.gone", nil))}
		return m
	}
	m.Blocks = []slack.Block{header(p.T("journey.step.title", analysis.Args{"n": at, "of": len(j.Steps), "name": session.Isolate(brief(x.Name))}))}
	var all []session.Card
	for _, f := range session.StepFields() {
		all = append(all, j.Said(x.ID, f)...)
	}
	if spot.Offset >= len(all) {
		spot.Offset = 0
	}
	page := all[spot.Offset:min(len(all), spot.Offset+cardsShown)]
	var rows []*slack.RichTextSection
	for i, c := range page {
		if i == 0 || page[i-1].Field != c.Field {
			rows = append(rows, row(p.T(fieldKey(c.Field), nil)))
		}
		rows = append(rows, slack.NewRichTextSection(text("   "+cardWords(p, c))))
	}
	if len(rows) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("journey.read.none", nil)))
		return m
	}
	m.Blocks = append(m.Blocks, sheet(rows...), context(p.T("journey.legend", nil)))
	var turn []slack.BlockElement
	if spot.Offset > 0 {
		turn = append(turn, button(p.T("word.previous", nil), "journey.read.v1#1", spot.page(-cardsShown)))
	}
	if rest := len(all) - spot.Offset - len(page); rest > 0 {
		turn = append(turn, button(p.T("word.next", analysis.Args{"n": rest}), "journey.read.v1#2", spot.page(cardsShown)))
	}
	if len(turn) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", turn...))
	}
	return m
}

// page is the spot so many cards on.
func (s JourneySpot) page(by int) string {
	s.Offset = max(0, s.Offset+by)
	return s.String()
}
