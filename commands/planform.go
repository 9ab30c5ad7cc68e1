package commands

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// The forms of the plan; doRemove, doReset and doUndo are those of the settings.
const (
	formLine     = "line"
	formBusy     = "busy"
	formRoom     = "room" // capacity, working weeks, groups in a digest
	formShares   = "shares"
	formSwitches = "switches"
	formPerson   = "person"
)

// mostBusy is how many busy periods a year may have.
const mostBusy = 10

// planEditing is a form of the plan while it is read.
type planEditing struct {
	planSpot
	p      *locale.Printer
	fields map[string]string
	plan   attention.Plan    // with the edit, once it was read
	wrong  map[string]string // sentences by field
}

// editPlan reads the form at spot into a copy of plan. Where fields are wrong
// they say so. It is an error where the form has nothing to be about.
func editPlan(p *locale.Printer, spot planSpot, fields map[string]string, plan attention.Plan) (planEditing, error) {
	e := planEditing{planSpot: spot, p: p, fields: map[string]string{}, plan: plan.Clone(), wrong: map[string]string{}}
	for block, typed := range fields {
		e.fields[view.FieldOf(block)] = typed
	}
	var err error
	switch spot.form {
	case formLine:
		err = e.line()
	case formBusy:
		err = e.busy()
	case formPerson:
		err = e.person()
	case formRoom:
		e.plan.Capacity = e.whole(view.FieldCapacity)
		e.plan.WorkingWeeks = e.whole(view.FieldWeeks)
		e.plan.Shown = e.whole(view.FieldShown)
	case formShares:
		for i, s := range analysis.Segments() {
			e.plan.Shares[s] = e.percent(view.FieldSegmentRule(i))
		}
	case formSwitches:
		chosen := strings.Split(e.fields[view.FieldSwitches], "\n")
		e.plan.PartnerDigest, e.plan.PerPerson = slices.Contains(chosen, view.SwitchPartner), slices.Contains(chosen, view.SwitchPerson)
	default:
		err = outdated()
	}
	if err == nil && len(e.wrong) == 0 {
		e.check()
	}
	return e, err
}

// check says what is wrong with the plan at the field that it is about.
func (e *planEditing) check() {
	var why *analysis.Error
	if !errors.As(e.plan.Check(), &why) {
		return
	}
	field := map[string]string{
		"attention.line.activity": view.FieldName, "attention.line.twice": view.FieldName, "attention.plan.lines": view.FieldName,
		"attention.line.touch": view.FieldTouch, "attention.line.role": view.FieldRole, "attention.line.kind": view.FieldKind,
		"attention.line.minutes": view.FieldMinutes, "attention.line.times": view.FieldTimes, "attention.line.segment": view.FieldSegment,
		"attention.plan.capacity": view.FieldCapacity, "attention.plan.working_weeks": view.FieldWeeks, "attention.plan.shown": view.FieldShown,
		"attention.plan.shares": view.FieldSegmentRule(len(analysis.Segments()) - 1), "attention.plan.busy": view.FieldFrom,
	}[why.Key]
	e.refuse(field, why.Key, why.Args)
}

// refuse notes what is wrong with a field; the first thing counts.
func (e *planEditing) refuse(field, key string, args analysis.Args) {
	if e.wrong[field] == "" {
		e.wrong[field] = e.p.T(key, args)
	}
}

// whole reads a whole number; what is none says so at the field.
func (e *planEditing) whole(field string) int {
	v, ok := typedNumber(e.fields[field])
	if !ok || v != math.Trunc(v) || math.Abs(v) > math.MaxInt32 {
		e.refuse(field, "plan.not_whole", nil)
		return 0
	}
	return int(v)
}

// percent reads a percentage as a fraction.
func (e *planEditing) percent(field string) float64 {
	v, ok := typedNumber(e.fields[field])
	if !ok {
		e.refuse(field, "value.not_number", nil)
	}
	return v / 100
}

// line reads the form of one line, which is there or is added. What asks on
// occasions has no number a year.
func (e *planEditing) line() error {
	at := lineAt(e.plan, e.item)
	if e.item != "" && at < 0 {
		return outdated()
	}
	l := attention.Line{Segment: analysis.Segment(e.fields[view.FieldSegment]), Activity: activityOf(e.fields[view.FieldName]),
		Kind: attention.LineKind(e.fields[view.FieldKind]), Touch: analysis.TouchKind(e.fields[view.FieldTouch]),
		Role: attention.Role(e.fields[view.FieldRole]), Minutes: e.whole(view.FieldMinutes)}
	if l.Kind != attention.Event {
		l.Times = e.whole(view.FieldTimes)
	}
	if at < 0 {
		at = len(e.plan.Lines)
		for i, other := range e.plan.Lines { // behind the others of its segment
			if other.Segment == l.Segment {
				at = i + 1
			}
		}
		e.plan.Lines = slices.Insert(e.plan.Lines, at, l)
		return nil
	}
	e.plan.Lines[at] = l
	return nil
}

// activityOf is what somebody called an activity as it is kept: those every
// office begins with by their own name, whatever the language.
func activityOf(typed string) string {
	typed = tidy(typed)
	for _, activity := range attention.Activities() {
		for _, lang := range locale.Langs() {
			if strings.EqualFold(typed, view.ActivityWords(locale.New(lang, nil), activity)) {
				return activity
			}
		}
	}
	return typed
}

// busyAt is the place of the busy period that item names.
func busyAt(p attention.Plan, item string) (int, bool) {
	i, err := strconv.Atoi(item)
	return i, err == nil && i >= 0 && i < len(p.Busy)
}

// longestBusy bounds the name of a busy period, in letters.
const longestBusy = 60

func (e *planEditing) busy() error {
	b := attention.Busy{Name: tidy(e.fields[view.FieldName]), From: e.whole(view.FieldFrom), To: e.whole(view.FieldUntil), Left: e.percent(view.FieldLeft)}
	if b.Name == "" || len([]rune(b.Name)) > longestBusy {
		e.refuse(view.FieldName, "plan.busy_name", analysis.Args{"most": longestBusy})
	}
	if e.item == "" {
		if len(e.plan.Busy) >= mostBusy {
			e.refuse(view.FieldName, "plan.busy_many", analysis.Args{"most": mostBusy})
		}
		e.plan.Busy = append(e.plan.Busy, b)
		return nil
	}
	i, ok := busyAt(e.plan, e.item)
	if !ok {
		return outdated()
	}
	e.plan.Busy[i] = b
	return nil
}

// person reads what one manager can do; an empty field is what everybody can.
func (e *planEditing) person() error {
	id, err := strconv.ParseInt(e.item, 10, 64)
	if err != nil || id <= 0 {
		return outdated()
	}
	if strings.TrimSpace(e.fields[view.FieldCapacity]) == "" {
		delete(e.plan.Capacities, analysis.ManagerID(id))
		if len(e.plan.Capacities) == 0 {
			e.plan.Capacities = nil
		}
		return nil
	}
	if e.plan.Capacities == nil {
		e.plan.Capacities = map[analysis.ManagerID]int{}
	}
	e.plan.Capacities[analysis.ManagerID(id)] = e.whole(view.FieldCapacity)
	return nil
}

// filledPlan is what stands in a form that nobody touched yet.
func filledPlan(p *locale.Printer, spot planSpot, plan attention.Plan) (map[string]string, error) {
	f := map[string]string{}
	switch spot.form {
	case formLine:
		l := attention.Line{Segment: analysis.SegmentA, Kind: attention.Periodic, Touch: analysis.Call, Times: 1, Role: attention.ByManager, Minutes: 15}
		if spot.item != "" {
			at := lineAt(plan, spot.item)
			if at < 0 {
				return nil, outdated()
			}
			l = plan.Lines[at]
			f[view.FieldName] = view.ActivityWords(p, l.Activity)
		}
		f[view.FieldSegment], f[view.FieldKind], f[view.FieldTouch], f[view.FieldRole] = string(l.Segment), string(l.Kind), string(l.Touch), string(l.Role)
		f[view.FieldTimes], f[view.FieldMinutes] = strconv.Itoa(l.Times), strconv.Itoa(l.Minutes)
	case formBusy:
		if spot.item == "" {
			return map[string]string{view.FieldLeft: "50"}, nil
		}
		i, ok := busyAt(plan, spot.item)
		if !ok {
			return nil, outdated()
		}
		b := plan.Busy[i]
		f[view.FieldName], f[view.FieldFrom], f[view.FieldUntil] = b.Name, strconv.Itoa(b.From), strconv.Itoa(b.To)
		f[view.FieldLeft] = view.Typed(p, round4(b.Left*100))
	case formRoom:
		f[view.FieldCapacity], f[view.FieldWeeks], f[view.FieldShown] = strconv.Itoa(plan.Capacity), strconv.Itoa(plan.WorkingWeeks), strconv.Itoa(plan.Shown)
	case formShares:
		for i, s := range analysis.Segments() {
			f[view.FieldSegmentRule(i)] = view.Typed(p, round4(plan.Shares[s]*100))
		}
	case formSwitches:
		var on []string
		if plan.PartnerDigest {
			on = append(on, view.SwitchPartner)
		}
		if plan.PerPerson {
			on = append(on, view.SwitchPerson)
		}
		f[view.FieldSwitches] = strings.Join(on, "\n")
	case formPerson:
		id, err := strconv.ParseInt(spot.item, 10, 64)
		if err != nil {
			return nil, outdated()
		}
		if own, ok := plan.Capacities[analysis.ManagerID(id)]; ok {
			f[view.FieldCapacity] = strconv.Itoa(own)
		}
	default:
		return nil, outdated()
	}
	return f, nil
}

// round4 takes away what binary fractions add.
func round4(v float64) float64 { return math.Round(v*1e4) / 1e4 }
