package attention

import (
	"strings"

	"klantbot/analysis"
)

// LineKind says when a line of the plan asks for something.
type LineKind string

// The kinds of line.
const (
	Periodic   LineKind = "periodiek"   // so many times a year, one in each period
	Event      LineKind = "gelegenheid" // only on an occasion
	Collective LineKind = "collectief"  // one event of the office, with an invitation list
)

// Role says whose digest a line belongs to.
type Role string

// The roles.
const (
	ByManager Role = "relatiemanager"
	ByPartner Role = "vennoot"
)

// Line is one line of an AttentionPlan.
type Line struct {
	Segment  analysis.Segment   `json:"segment"`
	Activity string             `json:"activity"` // telefoongesprek, jaargesprek, ...; unique within a segment
	Kind     LineKind           `json:"kind"`
	Touch    analysis.TouchKind `json:"touch"` // the lightest moment that fulfils it
	Times    int                `json:"times"` // a year, 1..52; 0 for event lines
	Role     Role               `json:"role"`
	Minutes  int                `json:"minutes"` // of one moment, travel and preparation included; 0..1440
}

// MostTimes is the most a line may ask for in a year: once a week. Periods are
// then a week long, and every week's plan falls into one of its own.
const MostTimes = 52

const (
	mostMinutes  = 24 * 60
	mostActivity = 60 // letters of a name
	mostLines    = 40
)

// check returns what is wrong with l as an analysis.Invalid error, or nil.
func (l Line) check() error {
	args := analysis.Args{"activity": l.Activity, "segment": string(l.Segment)}
	wrong := func(key string) error { return analysis.Fail(analysis.Invalid, key, args) }
	switch {
	case strings.TrimSpace(l.Activity) == "" || len([]rune(l.Activity)) > mostActivity:
		return wrong("attention.line.activity")
	case l.Touch.Place() < 0:
		return wrong("attention.line.touch")
	case l.Role != ByManager && l.Role != ByPartner:
		return wrong("attention.line.role")
	case l.Minutes < 0 || l.Minutes > mostMinutes:
		return wrong("attention.line.minutes")
	}
	switch l.Kind {
	case Event:
		return nil
	case Periodic, Collective:
		if l.Times < 1 || l.Times > MostTimes {
			args["most"] = MostTimes
			return wrong("attention.line.times")
		}
		return nil
	}
	return wrong("attention.line.kind")
}

// checkLines checks the lines of a plan or of one client.
func checkLines(lines []Line) error {
	if len(lines) > mostLines {
		return analysis.Fail(analysis.Invalid, "attention.plan.lines", analysis.Args{"most": mostLines})
	}
	type name struct {
		segment  analysis.Segment
		activity string
	}
	seen := map[name]bool{}
	for _, l := range lines {
		if err := l.check(); err != nil {
			return err
		}
		key := name{l.Segment, strings.ToLower(strings.TrimSpace(l.Activity))}
		if seen[key] {
			return analysis.Fail(analysis.Invalid, "attention.line.twice",
				analysis.Args{"activity": l.Activity, "segment": string(l.Segment)})
		}
		seen[key] = true
	}
	return nil
}

// The activities every office begins with; the catalogue knows their names.
const (
	activityCall      = "telefoongesprek"
	activityVisit     = "bezoek"
	activityYearly    = "jaargesprek"
	activityBreakfast = "ontbijtsessie"
	activityCard      = "kaart"
)

// defaultLines are those of DOMAIN.md: A four calls, one visit with the partner
// and two breakfast sessions; B a yearly talk and two calls; C one call; D
// sessions only; a handwritten card on occasions for A and B. A plan that was saved
// stands as it was saved: where it asks a visit for the yearly talk, a visit it is,
// until the office changes that line.
func defaultLines() []Line {
	periodic := func(s analysis.Segment, activity string, t analysis.TouchKind, times int, r Role, minutes int) Line {
		return Line{s, activity, Periodic, t, times, r, minutes}
	}
	session := func(s analysis.Segment, times int) Line {
		return Line{s, activityBreakfast, Collective, analysis.Gathering, times, ByManager, 120}
	}
	card := func(s analysis.Segment) Line {
		return Line{s, activityCard, Event, analysis.Card, 0, ByManager, 10}
	}
	return []Line{
		periodic(analysis.SegmentA, activityCall, analysis.Call, 4, ByManager, 15),
		periodic(analysis.SegmentA, activityVisit, analysis.Visit, 1, ByPartner, 90),
		session(analysis.SegmentA, 2),
		card(analysis.SegmentA),
		periodic(analysis.SegmentB, activityYearly, analysis.Yearly, 1, ByManager, 60),
		periodic(analysis.SegmentB, activityCall, analysis.Call, 2, ByManager, 15),
		card(analysis.SegmentB),
		periodic(analysis.SegmentC, activityCall, analysis.Call, 1, ByManager, 15),
		session(analysis.SegmentD, 1),
	}
}
