package attention

import (
	"maps"
	"slices"

	"klantbot/analysis"
)

// Plan is the office's AttentionPlan. It is kept as JSON under the setting
// PlanSetting.
type Plan struct {
	Lines []Line `json:"lines"`
	// Start is the day the office began: what was missed before it is a backlog
	// that is spread over half a year, and who was never spoken to can be late
	// only by what was asked since. NoDay: no backlog is spread.
	Start analysis.Day `json:"start"`
	// Capacity is how many moments a person can have in a week, 1..100, unless
	// Capacities says otherwise for them.
	Capacity   int                        `json:"capacity"`
	Capacities map[analysis.ManagerID]int `json:"capacities,omitempty"`
	// Shares of the capacity that are guaranteed to a segment, 0..1, together at
	// most 1.
	Shares map[analysis.Segment]float64 `json:"shares"`
	// WorkingWeeks are those of a year in which people have time, 1..52; loads
	// are counted over them.
	WorkingWeeks int    `json:"working_weeks"`
	Busy         []Busy `json:"busy"`
	// Shown is how many groups a digest shows before "meer", 1..20.
	Shown int `json:"shown"`
	// PartnerDigest is whether partners get their own lines; otherwise those go
	// to the manager.
	PartnerDigest bool `json:"partner_digest"`
	// PerPerson is whether reports may say what each person did; off unless the
	// office decides otherwise, and never to assess anybody.
	PerPerson bool `json:"per_person"`
}

// Clone returns p with lines, capacities, shares and busy weeks of its own.
func (p Plan) Clone() Plan {
	p.Lines, p.Busy = slices.Clone(p.Lines), slices.Clone(p.Busy)
	p.Capacities, p.Shares = maps.Clone(p.Capacities), maps.Clone(p.Shares)
	return p
}

// PlanSetting is the key of the office's plan among its settings.
const PlanSetting = "attention/plan"

// Busy are weeks of every year in which there is less time, for instance the
// aangiftecampagne.
type Busy struct {
	Name string  `json:"name"`
	From int     `json:"from"` // ISO week, 1..53
	To   int     `json:"to"`   // inclusive, not before From
	Left float64 `json:"left"` // what is left of the capacity, 0..1
}

// Default is the plan of an office that chose nothing, begun on start. Its busy
// weeks are those of the tax returns, at half the capacity.
func Default(start analysis.Day) Plan {
	return Plan{
		Lines: defaultLines(), Start: start, Capacity: 8, WorkingWeeks: 44, Shown: 5, PartnerDigest: true,
		Shares: map[analysis.Segment]float64{analysis.SegmentA: .5, analysis.SegmentB: .3, analysis.SegmentC: .2},
		Busy:   []Busy{{Name: "aangiftecampagne", From: 14, To: 17, Left: .5}},
	}
}

const mostCapacity = 100

// Check returns what is wrong with p as an analysis.Invalid error that says what
// to change, or nil.
func (p Plan) Check() error {
	if err := checkLines(p.Lines); err != nil {
		return err
	}
	invalid := func(key string, args analysis.Args) error { return analysis.Fail(analysis.Invalid, key, args) }
	for _, l := range p.Lines {
		if !known(l.Segment) {
			return invalid("attention.line.segment", analysis.Args{"segment": string(l.Segment)})
		}
	}
	for _, c := range p.Capacities {
		if c < 0 || c > mostCapacity {
			return invalid("attention.plan.capacity", analysis.Args{"most": mostCapacity})
		}
	}
	sum := 0.0
	for _, s := range analysis.Segments() {
		if !(p.Shares[s] >= 0 && p.Shares[s] <= 1) {
			return invalid("attention.plan.shares", nil)
		}
		sum += p.Shares[s]
	}
	for _, b := range p.Busy {
		if b.From < 1 || b.To > 53 || b.From > b.To || !(b.Left >= 0 && b.Left <= 1) {
			return invalid("attention.plan.busy", analysis.Args{"name": b.Name})
		}
	}
	switch {
	case p.Capacity < 1 || p.Capacity > mostCapacity:
		return invalid("attention.plan.capacity", analysis.Args{"most": mostCapacity})
	case sum > 1+1e-9:
		return invalid("attention.plan.shares", nil)
	case p.WorkingWeeks < 1 || p.WorkingWeeks > 52:
		return invalid("attention.plan.working_weeks", nil)
	case p.Shown < 1 || p.Shown > 20:
		return invalid("attention.plan.shown", nil)
	}
	return nil
}

// CheckOwn checks the lines that one group has in the place of its segment's.
func CheckOwn(lines []Line) error { return checkLines(lines) }

func known(s analysis.Segment) bool { return rank(s) < len(analysis.Segments()) }

// rank is the place of s, most attention first; a group without segment comes
// last.
func rank(s analysis.Segment) int {
	if len(s) == 1 && s[0] >= 'A' && s[0] <= 'D' {
		return int(s[0] - 'A')
	}
	return 4
}

// Of returns the lines of segment s.
func (p Plan) Of(s analysis.Segment) []Line {
	var lines []Line
	for _, l := range p.Lines {
		if l.Segment == s {
			lines = append(lines, l)
		}
	}
	return lines
}

// CapacityOf is how many moments manager m can have in an ordinary week.
func (p Plan) CapacityOf(m analysis.ManagerID) int {
	if c, ok := p.Capacities[m]; ok {
		return c
	}
	return p.Capacity
}

// left is what a busy week leaves of the capacity, 0..1.
func (p Plan) left(number int) float64 {
	left := 1.0
	for _, b := range p.Busy {
		if b.From <= number && number <= b.To {
			left = min(left, b.Left)
		}
	}
	return left
}

// capacityIn is the capacity of m in week w, rounded down.
func (p Plan) capacityIn(m analysis.ManagerID, w Week) int {
	return int(float64(p.CapacityOf(m))*p.left(w.Number) + 1e-9)
}
