package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// GuestWindow is a page of an invitation list.
type GuestWindow struct {
	Gathering
	Outcome Outcome
	// State is the one whose guests are listed; empty: everybody. Counts are how
	// many have each; of the empty one: all.
	State               attention.InvitationState
	Counts              map[attention.InvitationState]int
	Rows                []GatheringRow
	Offset, Size, Total int
	Past                bool // the event was, or is today
	AsOf                analysis.Day
}

func (w GuestWindow) at(offset int, state attention.InvitationState) string {
	return w.value() + "/" + strconv.Itoa(offset) + "/" + string(state)
}

// stateWords is how far an invitation is.
func stateWords(p *locale.Printer, s attention.InvitationState) string {
	return p.T("gathering.state."+string(s), nil)
}

// stateMarks stand before a guest, so that a page is read at a glance.
var stateMarks = map[attention.InvitationState]string{attention.Invited: "✉️", attention.Coming: "👍", attention.Declined: "👎", attention.Attended: "✓"}

// GatheringGuests lists guests with what each can become in one press.
func GatheringGuests(p *locale.Printer, w GuestWindow) Modal {
	m := Modal{Title: cut(p.T("gathering.guests", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "gathering.undo.v1")...)
	m.Blocks = append(m.Blocks, header(w.Name), context(gatheringWords(p, w.Gathering)), slack.NewActionBlock("", guestFilters(p, w)...))
	if len(w.Rows) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("gathering.no_guests", nil)))
	}
	for _, r := range w.Rows {
		m.Blocks = append(m.Blocks, guestRow(p, w, r)...)
	}
	if w.Total > 0 {
		m.Blocks = append(m.Blocks, context(p.T("gathering.page", analysis.Args{"from": w.Offset + 1, "to": w.Offset + len(w.Rows), "total": w.Total})))
	}
	buttons := windowPager(p, "gathering.guests.v1", func(offset int) string { return w.at(offset, w.State) }, w.Offset, w.Size, len(w.Rows), w.Total)
	for i, s := range manyStates(w.Past) {
		buttons = append(buttons, button(p.T("gathering.many."+string(s), nil), "gathering.mark.v1#"+strconv.Itoa(i+1), w.at(0, s)))
	}
	m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "gathering.show.v1", w.value()))...))
	return m
}

// manyStates are those that a form asks of many guests at once.
func manyStates(past bool) []attention.InvitationState {
	if past {
		return []attention.InvitationState{attention.Attended, attention.Declined}
	}
	return []attention.InvitationState{attention.Coming, attention.Declined}
}

// guestFilters are the lists there are, with how many stand on each.
func guestFilters(p *locale.Printer, w GuestWindow) []slack.BlockElement {
	var buttons []slack.BlockElement
	for i, s := range append([]attention.InvitationState{""}, attention.InvitationStates()...) {
		if s != "" && w.Counts[s] == 0 && s != w.State {
			continue
		}
		label := p.T("gathering.everybody", analysis.Args{"n": w.Counts[s]})
		if s != "" {
			label = capital(stateWords(p, s)) + " " + strconv.Itoa(w.Counts[s])
		}
		b := button(label, "gathering.guests.v1#"+strconv.Itoa(10+i), w.at(0, s))
		if s == w.State {
			b = primary(b)
		}
		buttons = append(buttons, b)
	}
	return buttons
}

// guestRow is one guest: who, how far the invitation is, and what it can become.
func guestRow(p *locale.Printer, w GuestWindow, r GatheringRow) []slack.Block {
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	said := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(stateMarks[r.State]+" ", nil),
		slack.NewRichTextSectionTextElement(brief(r.Name), bold), text(" ("+p.T("client.number", analysis.Args{"number": cut(r.Number, 30)})+")"))
	for _, part := range []string{string(r.Segment), brief(r.Manager)} {
		if part != "" {
			said.Elements = append(said.Elements, text(" · "+part))
		}
	}
	words := stateWords(p, r.State)
	if r.State != attention.Invited {
		words = p.T("gathering.since", analysis.Args{"state": words, "when": p.Moment(r.At, w.AsOf)})
	}
	said.Elements = append(said.Elements, text("\n"+words))
	var buttons []slack.BlockElement
	for i, to := range guestTurns(r.State, w.Past) {
		b := button(p.T("gathering.turn."+string(to), nil), "gathering.turn.v1#"+strconv.Itoa(i+1),
			w.at(w.Offset, w.State)+";"+strconv.FormatInt(int64(r.Group), 10)+";"+string(to))
		buttons = append(buttons, b)
	}
	return []slack.Block{slack.NewRichTextBlock("", said), slack.NewActionBlock("", buttons...)}
}

// guestTurns are what a guest can become, the most usual first.
func guestTurns(now attention.InvitationState, past bool) []attention.InvitationState {
	all := []attention.InvitationState{attention.Coming, attention.Declined}
	if past {
		all = []attention.InvitationState{attention.Attended, attention.Declined}
	}
	var turns []attention.InvitationState
	for _, s := range all {
		if s != now {
			turns = append(turns, s)
		}
	}
	if now != attention.Invited {
		turns = append(turns, attention.Invited)
	}
	return turns
}
