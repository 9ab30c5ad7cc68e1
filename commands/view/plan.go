package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// PlanWindow is the office's attention plan.
type PlanWindow struct {
	SettingRow
	Outcome Outcome
	Plan    attention.Plan
	Final   bool // there is a segmentation, so there is work to count
	// People is of how many something is asked, Unfit of how many too much.
	People, Unfit int
	// Values of the buttons.
	Line                                                  func(attention.Line) string
	Busy                                                  func(i int) string
	AddLine, AddBusy, Room, Shares, Switches, Undo, Reset string
}

// AttentionPlan is the window from which an office chooses who gets what and how
// often.
func AttentionPlan(p *locale.Printer, w PlanWindow) Modal {
	m := Modal{Title: cut(p.T("plan.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "plan.undo.v1")...)
	m.Blocks = append(m.Blocks, context(p.T("plan.intro", nil)))
	m.Blocks = append(m.Blocks, changedBy(p, w.SettingRow)...)
	m.Blocks = append(m.Blocks, choice(fitWords(p, w), button(p.T("plan.people", nil), "plan.people.v1", "0")))
	at := 0
	for _, s := range analysis.Segments() {
		m.Blocks = append(m.Blocks, header(p.T("plan.segment", analysis.Args{"segment": string(s)})))
		lines := w.Plan.Of(s)
		if len(lines) == 0 {
			m.Blocks = append(m.Blocks, section(p.T("plan.no_lines", nil)))
		}
		for _, l := range lines {
			at++
			m.Blocks = append(m.Blocks, choice(capital(LineWords(p, l)), button(p.T("setting.edit", nil), "plan.form.v1#"+strconv.Itoa(at), w.Line(l))))
		}
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("plan.add_line", nil), "plan.form.v1#add", w.AddLine)), slack.NewDividerBlock(),
		choice(roomWords(p, w.Plan), button(p.T("setting.edit", nil), "plan.form.v1#room", w.Room)),
		choice(sharesWords(p, w.Plan), button(p.T("setting.edit", nil), "plan.form.v1#shares", w.Shares)))
	for i, b := range w.Plan.Busy {
		m.Blocks = append(m.Blocks, choice(busyWords(p, b), button(p.T("setting.edit", nil), "plan.form.v1#busy"+strconv.Itoa(i), w.Busy(i))))
	}
	m.Blocks = append(m.Blocks, choice(switchWords(p, w.Plan), button(p.T("setting.edit", nil), "plan.form.v1#switches", w.Switches)))
	buttons := []slack.BlockElement{button(p.T("plan.add_busy", nil), "plan.form.v1#week", w.AddBusy)}
	if w.Own {
		buttons = append(buttons, button(p.T("setting.reset", nil), "plan.confirm.v1", w.Reset))
	}
	if w.Version > 0 && w.Outcome.Undo == "" {
		buttons = append(buttons, button(p.T("setting.previous", nil), "plan.undo.v1", w.Undo))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "setting.open.v1", "0"))...))
	return m
}

// fitWords says whether the plan can be done.
func fitWords(p *locale.Printer, w PlanWindow) string {
	switch {
	case !w.Final:
		return p.T("plan.not_segmented", nil)
	case w.Unfit == 0:
		return p.N("plan.fits", w.People, nil)
	}
	return p.N("plan.unfit", w.Unfit, analysis.Args{"people": w.People})
}

// LineWords is a line of the plan: "telefoongesprek, 4 keer per jaar · de
// relatiemanager, 15 minuten".
func LineWords(p *locale.Printer, l attention.Line) string {
	args := analysis.Args{"activity": ActivityWords(p, l.Activity), "role": p.T("plan.role."+string(l.Role), nil), "minutes": l.Minutes,
		"touch": TouchWords(p, l.Touch)}
	if l.Kind == attention.Event {
		return p.T("plan.line_event", args)
	}
	if l.Kind == attention.Collective {
		return p.N("plan.line_collective", l.Times, args)
	}
	return p.N("plan.line", l.Times, args)
}

func roomWords(p *locale.Printer, plan attention.Plan) string {
	words := p.N("plan.room_now", plan.Capacity, analysis.Args{"weeks": plan.WorkingWeeks, "shown": plan.Shown})
	if own := len(plan.Capacities); own > 0 {
		words += " " + p.N("plan.room_own", own, nil)
	}
	return words
}

func sharesWords(p *locale.Printer, plan attention.Plan) string {
	args := analysis.Args{}
	for name, s := range map[string]analysis.Segment{"a": analysis.SegmentA, "b": analysis.SegmentB, "c": analysis.SegmentC, "d": analysis.SegmentD} {
		args[name] = p.Percent(plan.Shares[s])
	}
	return p.T("plan.shares_now", args)
}

func busyWords(p *locale.Printer, b attention.Busy) string {
	return p.T("plan.busy_now", analysis.Args{"name": cut(b.Name, maxButton), "from": b.From, "to": b.To, "left": p.Percent(b.Left)})
}

func switchWords(p *locale.Printer, plan attention.Plan) string {
	partner, person := "plan.partner_off", "plan.person_off"
	if plan.PartnerDigest {
		partner = "plan.partner_on"
	}
	if plan.PerPerson {
		person = "plan.person_on"
	}
	return p.T(partner, nil) + "\n" + p.T(person, nil)
}

// PlanPeople is a page of what the plan asks of everybody.
type PlanPeople struct {
	Final               bool
	Rows                []PlanPerson
	Names               map[analysis.ManagerID]string
	Offset, Size, Total int
}

// PlanPerson is what it asks of one.
type PlanPerson struct {
	attention.Load
	Capacity int  // moments in an ordinary week
	Own      bool // it is their own, else the office's
	Value    string
}

// PlanPeopleModal shows, for each manager, what the plan asks of a working week
// and what they can do, and where it does not fit what could be done.
func PlanPeopleModal(p *locale.Printer, w PlanPeople) Modal {
	m := Modal{Title: cut(p.T("plan.people", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{context(p.T("plan.people_intro", nil))}}
	if w.Total == 0 {
		m.Blocks = append(m.Blocks, section(p.T("plan.not_segmented", nil)))
	}
	name := func(id analysis.ManagerID) string { return w.Names[id] }
	for i, r := range w.Rows {
		capacity := "plan.capacity_office"
		if r.Own {
			capacity = "plan.capacity_own"
		}
		line := cut(w.Names[r.Manager], maxButton) + "\n" + p.N("plan.asks", r.Groups, loadArgs(p, r.Load)) + " · " + p.T(capacity, analysis.Args{"n": r.Capacity})
		for j, way := range UnfitWords(p, r.Load, name) {
			if j == 0 {
				line += "\n⚠️ " + way
				continue
			}
			line += "\n• " + way
		}
		m.Blocks = append(m.Blocks, choice(line, button(p.T("plan.capacity", nil), "plan.form.v1#"+strconv.Itoa(i+1), r.Value)))
	}
	buttons := windowPager(p, "plan.people.v1", strconv.Itoa, w.Offset, w.Size, len(w.Rows), w.Total)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "plan.open.v1", "0"))...))
	return m
}

// loadArgs are the figures of a load as people read them.
func loadArgs(p *locale.Printer, l attention.Load) analysis.Args {
	return analysis.Args{"needed": p.Points(l.Needed), "possible": p.Points(l.Possible), "hours": p.Points(l.Hours)}
}
