package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// Blocks of the forms of the plan by the field they fill in; FieldName,
// FieldSegment and FieldSegmentRule are those of other forms too.
const (
	FieldKind     = "kind"
	FieldTouch    = "touch"
	FieldRole     = "role"
	FieldTimes    = "times"
	FieldMinutes  = "minutes"
	FieldCapacity = "capacity"
	FieldWeeks    = "weeks"
	FieldShown    = "shown"
	FieldFrom     = "from"
	FieldUntil    = "until"
	FieldLeft     = "left"
	FieldSwitches = "switches"
)

// The switches of the plan.
const (
	SwitchPartner = "partner" // partners get a digest of their own
	SwitchPerson  = "person"  // reports may say what each person did
)

// PlanForm is a form of the plan: as it was opened, or with what the edit in it
// would do.
type PlanForm struct {
	SettingRow
	Fields  map[string]string // what stands in them
	Private string
	Tag     string // ends the block of every field, as in SettingForm
	Plan    attention.Plan
	New     bool // something is added
	Person  string
	Effect  *PlanEffect
	Same    bool   // what was sent is what holds already
	Remove  string // value of the button; empty: there is none
}

// planFrame is a form around its inputs.
func planFrame(p *locale.Printer, f PlanForm, title, intro string, inputs ...slack.Block) Modal {
	m := Modal{Title: cut(title, maxTitle), Submit: p.T("setting.show_effect", nil), Close: p.T("word.close", nil),
		Callback: "plan.save.v1", Private: f.Private}
	switch {
	case f.Effect != nil:
		m.Submit = p.T("word.save", nil)
		m.Blocks = append(planEffectBlocks(p, *f.Effect), context(p.T("setting.again", nil)), slack.NewDividerBlock())
	case f.Same:
		m.Blocks = append(m.Blocks, section(p.T("setting.same", nil)))
	}
	m.Blocks = append(append(m.Blocks, section(intro)), inputs...)
	var buttons []slack.BlockElement
	if f.Remove != "" {
		buttons = append(buttons, button(p.T("setting.remove", nil), "plan.confirm.v1", f.Remove))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "plan.open.v1", "0"))...))
	return m
}

// line is an input of one line.
func (f PlanForm) line(id, label, hint string, most int, optional bool) *slack.InputBlock {
	return SettingForm{Fields: f.Fields, Tag: f.Tag}.line(id, label, hint, most, optional)
}

// pick is a choice of one of options, each with its words.
func (f PlanForm) pick(id, label string, options []string, words func(string) string) *slack.InputBlock {
	list := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "chosen")
	for _, v := range options {
		o := slack.NewOptionBlockObject(v, plain(words(v), maxOption), nil)
		list.Options = append(list.Options, o)
		if v == f.Fields[id] {
			list.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldBlock(id, f.Tag), plain(label, maxHeader), nil, list)
}

// PlanLineForm asks what a line of the plan is.
func PlanLineForm(p *locale.Printer, f PlanForm) Modal {
	title := "plan.line_title"
	if f.New {
		title = "plan.add_line"
	}
	var segments, kinds, touches, roles []string
	for _, s := range analysis.Segments() {
		segments = append(segments, string(s))
	}
	for _, k := range []attention.LineKind{attention.Periodic, attention.Event, attention.Collective} {
		kinds = append(kinds, string(k))
	}
	for _, t := range analysis.TouchKinds() {
		touches = append(touches, string(t))
	}
	for _, r := range []attention.Role{attention.ByManager, attention.ByPartner} {
		roles = append(roles, string(r))
	}
	return planFrame(p, f, p.T(title, nil), p.T("plan.line_intro", nil),
		f.pick(FieldSegment, p.T("plan.field_segment", nil), segments, func(s string) string { return p.T("plan.segment", analysis.Args{"segment": s}) }),
		f.line(FieldName, p.T("plan.field_activity", nil), p.T("plan.field_activity_hint", nil), 0, false),
		f.pick(FieldKind, p.T("plan.field_kind", nil), kinds, func(k string) string { return p.T("plan.kind."+k, nil) }),
		f.line(FieldTimes, p.T("plan.field_times", nil), p.T("plan.field_times_hint", analysis.Args{"most": attention.MostTimes}), 0, true),
		f.pick(FieldTouch, p.T("plan.field_touch", nil), touches, func(t string) string { return TouchWords(p, analysis.TouchKind(t)) }),
		f.pick(FieldRole, p.T("plan.field_role", nil), roles, func(r string) string { return p.T("plan.role."+r, nil) }),
		f.line(FieldMinutes, p.T("plan.field_minutes", nil), p.T("plan.field_minutes_hint", nil), 0, false))
}

// PlanBusyForm asks which weeks are busy.
func PlanBusyForm(p *locale.Printer, f PlanForm) Modal {
	title := "plan.busy_title"
	if f.New {
		title = "plan.add_busy"
	}
	return planFrame(p, f, p.T(title, nil), p.T("plan.busy_intro", nil),
		f.line(FieldName, p.T("plan.field_busy", nil), "", 0, false),
		f.line(FieldFrom, p.T("plan.field_from", nil), "", 0, false),
		f.line(FieldUntil, p.T("plan.field_until", nil), "", 0, false),
		f.line(FieldLeft, p.T("plan.field_left", nil), p.T("plan.field_left_hint", nil), 0, false))
}

// PlanRoomForm asks what people can do.
func PlanRoomForm(p *locale.Printer, f PlanForm) Modal {
	return planFrame(p, f, p.T("plan.room_title", nil), p.T("plan.room_intro", nil),
		f.line(FieldCapacity, p.T("plan.field_capacity", nil), p.T("plan.field_capacity_hint", nil), 0, false),
		f.line(FieldWeeks, p.T("plan.field_weeks", nil), p.T("plan.field_weeks_hint", nil), 0, false),
		f.line(FieldShown, p.T("plan.field_shown", nil), "", 0, false))
}

// PlanPersonForm asks what one person can do.
func PlanPersonForm(p *locale.Printer, f PlanForm) Modal {
	return planFrame(p, f, p.T("plan.capacity", nil), p.T("plan.person_intro", analysis.Args{"name": cut(f.Person, maxButton), "n": f.Plan.Capacity}),
		f.line(FieldCapacity, p.T("plan.field_capacity", nil), p.T("plan.field_person_hint", nil), 0, true))
}

// PlanSharesForm asks which part of a week is kept for each segment.
func PlanSharesForm(p *locale.Printer, f PlanForm) Modal {
	var inputs []slack.Block
	for i, s := range analysis.Segments() {
		inputs = append(inputs, f.line(FieldSegmentRule(i), p.T("plan.field_share", analysis.Args{"segment": string(s)}), "", 0, false))
	}
	return planFrame(p, f, p.T("plan.shares_title", nil), p.T("plan.shares_intro", nil), inputs...)
}

// PlanSwitchesForm asks about the partners' own digest and reports by person.
func PlanSwitchesForm(p *locale.Printer, f PlanForm) Modal {
	boxes := slack.NewCheckboxGroupsBlockElement("switches")
	for _, v := range []string{SwitchPartner, SwitchPerson} {
		o := slack.NewOptionBlockObject(v, plain(p.T("plan.switch_"+v, nil), maxOption), plain(p.T("plan.switch_"+v+"_hint", nil), maxOption))
		boxes.Options = append(boxes.Options, o)
		if strings.Contains("\n"+f.Fields[FieldSwitches]+"\n", "\n"+v+"\n") {
			boxes.InitialOptions = append(boxes.InitialOptions, o)
		}
	}
	return planFrame(p, f, p.T("plan.switches_title", nil), p.T("plan.switches_intro", nil),
		slack.NewInputBlock(FieldBlock(FieldSwitches, f.Tag), plain(p.T("plan.switches_title", nil), maxHeader), nil, boxes).WithOptional(true))
}
