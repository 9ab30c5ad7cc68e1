package attention

import (
	"klantbot/analysis"
)

// Becoming is what a group became after a stretch of attention.
type Becoming struct {
	History
	Left     bool             // no client any more at the end
	After    analysis.Segment // in a later segmentation; empty: there is none, or the group is not in it
	Rated    bool             // measured after the stretch
	RateHigh bool             // and rates the office high
}

// Outcome counts what became of some groups.
type Outcome struct {
	Groups int
	Kept   int // still clients
	// Compared have a segment in a later segmentation too; Up and Down are those of
	// them with a better and with a worse one.
	Compared, Up, Down int
	Rated, RateHigh    int
}

// Followed lays the groups that had at least half of what was planned beside
// those that had less. It is an observation: who is easily reached may be who
// stays anyway.
type Followed struct {
	From, To     analysis.Day // of the attention; what became of it is later
	Most, Fewest Outcome
}

// LeastFollowed is how many groups each side must have before anything may be
// said of them.
const LeastFollowed = 20

// Enough reports whether f may be told.
func (f Followed) Enough() bool {
	return f.Most.Groups >= LeastFollowed && f.Fewest.Groups >= LeastFollowed
}

// Follow counts periods that end in [from, to], as Report does, and what became
// of the groups that have any. A group without a segment is left out.
func (p Plan) Follow(from, to analysis.Day, groups []Becoming) Followed {
	f := Followed{From: from, To: to}
	t := p.on(to, to)
	for i := range groups {
		b := &groups[i]
		cells := map[cellKey]*Cell{}
		t.sum(&Sums{From: from, To: to}, cells, &b.History)
		planned, done := 0, 0
		for _, c := range cells {
			planned, done = planned+c.Planned-c.Waived, done+c.Done
		}
		if planned <= 0 {
			continue
		}
		if 2*done >= planned {
			f.Most.add(b)
		} else {
			f.Fewest.add(b)
		}
	}
	return f
}

// add counts b.
func (o *Outcome) add(b *Becoming) {
	o.Groups++
	o.Kept += boolInt(!b.Left)
	if known(b.After) {
		o.Compared++
		o.Up += boolInt(rank(b.After) < rank(b.Segment))
		o.Down += boolInt(rank(b.After) > rank(b.Segment))
	}
	o.Rated += boolInt(b.Rated)
	o.RateHigh += boolInt(b.Rated && b.RateHigh)
}
