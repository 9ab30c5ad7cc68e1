package attention

import (
	"math"

	"klantbot/analysis"
)

// Load is what the plan asks of one person in a year, beside what they can do.
// Collective and event lines are not counted: nobody can tell how many come.
type Load struct {
	Manager analysis.ManagerID
	Groups  int // with a segment, that they hold
	Moments int // a year
	Minutes int // a year
	// Needed and Possible are moments in a working week; Possible counts busy
	// weeks for what they leave.
	Needed, Possible float64
	// Hours are of a working week.
	Hours float64
	Fits  bool
	// Proposals are ways to make it fit, where it does not.
	Proposals []Proposal
	lines     map[lineKey]int // groups by line
}

type lineKey struct {
	segment  analysis.Segment
	activity string
	times    int
}

// ProposalKind is a way to make a plan fit.
type ProposalKind string

// The ways.
const (
	RaiseCapacity ProposalKind = "capaciteit verhogen"
	FewerMoments  ProposalKind = "minder vaak"
	HandOver      ProposalKind = "overdragen"
)

// Proposal is one way to make a person's plan fit.
type Proposal struct {
	Kind ProposalKind
	// Segment and Activity name the line of FewerMoments; Segment the groups of
	// HandOver.
	Segment  analysis.Segment
	Activity string
	From, To int                // of the capacity, or times a year; To is how many groups of HandOver
	Manager  analysis.ManagerID // who has room for them
	Needed   float64            // moments in a working week that remain
}

// loads collects loads by person.
type loads map[analysis.ManagerID]*Load

func (all loads) of(m analysis.ManagerID) *Load {
	l := all[m]
	if l == nil {
		l = &Load{Manager: m, lines: map[lineKey]int{}}
		all[m] = l
	}
	return l
}

// add counts what g asks in a year. An absence changes nothing in it.
func (t *today) add(all loads, g *Group) {
	own := holder(g)
	if own == 0 || !known(g.Segment) {
		return
	}
	all.of(own).Groups++
	lines := t.linesOf(g)
	for i := range lines {
		l := &lines[i]
		if l.Kind != Periodic {
			continue
		}
		to := all.of(t.personOf(g, l.Role))
		to.Moments += l.Times
		to.Minutes += l.Times * l.Minutes
		to.lines[lineKey{g.Segment, l.Activity, l.Times}]++
	}
}

// finish works out what does not fit, and what could be done.
func (p *Plan) finish(all loads) {
	weeks := float64(p.WorkingWeeks)
	for _, l := range all {
		l.Needed = float64(l.Moments) / weeks
		l.Possible = float64(p.CapacityOf(l.Manager)) * (weeks - p.lost()) / weeks
		l.Hours = float64(l.Minutes) / 60 / weeks
		l.Fits = l.Needed <= l.Possible+1e-9
	}
	for _, l := range all {
		if !l.Fits {
			l.Proposals = p.proposals(l, all)
		}
	}
}

// lost is how many whole weeks the busy weeks cost.
func (p *Plan) lost() float64 {
	lost := 0.0
	for n := 1; n <= 52; n++ {
		lost += 1 - p.left(n)
	}
	return min(lost, float64(p.WorkingWeeks))
}

// proposals are the capacity that is enough, the line whose lowering by one
// comes nearest, least attention first, and the groups that a colleague with
// most room could take.
func (p *Plan) proposals(l *Load, all loads) []Proposal {
	weeks := float64(p.WorkingWeeks)
	now := p.CapacityOf(l.Manager)
	var ways []Proposal
	if share := l.Possible / float64(max(now, 1)); share > 0 && now > 0 {
		ways = append(ways, Proposal{Kind: RaiseCapacity, From: now, To: int(math.Ceil(l.Needed/share - 1e-9)), Needed: l.Needed})
	}
	if fewer, ok := l.fewer(weeks); ok {
		ways = append(ways, fewer)
	}
	if away, ok := l.handOver(all, weeks); ok {
		ways = append(ways, away)
	}
	return ways
}

// keys are the lines of l, those of the segment with least attention first.
func (l *Load) keys() []lineKey {
	var keys []lineKey
	for k := range l.lines {
		keys = append(keys, k)
	}
	analysis.Sort(keys, func(a, b lineKey) int {
		switch {
		case a.segment != b.segment:
			return rank(b.segment) - rank(a.segment)
		case a.activity < b.activity:
			return -1
		case a.activity > b.activity:
			return 1
		}
		return a.times - b.times
	})
	return keys
}

func (l *Load) fewer(weeks float64) (Proposal, bool) {
	var best Proposal
	for _, k := range l.keys() {
		way := Proposal{Kind: FewerMoments, Segment: k.segment, Activity: k.activity, From: k.times, To: k.times - 1,
			Needed: (float64(l.Moments - l.lines[k])) / weeks}
		if way.Needed <= l.Possible+1e-9 {
			return way, true
		}
		if best.Kind == "" || way.Needed < best.Needed {
			best = way
		}
	}
	return best, best.Kind != ""
}

func (l *Load) handOver(all loads, weeks float64) (Proposal, bool) {
	var to *Load
	for _, other := range all {
		if other == l || !other.Fits {
			continue
		}
		if to == nil || other.room() > to.room() || other.room() == to.room() && other.Manager < to.Manager {
			to = other
		}
	}
	groups, each := 0, map[analysis.Segment]float64{}
	for k, n := range l.lines {
		each[k.segment] += float64(n * k.times)
	}
	segments := analysis.Segments()
	for i := len(segments) - 1; i >= 0 && to != nil; i-- {
		s := segments[i]
		held := 0
		for k, n := range l.lines {
			if k.segment == s {
				held = max(held, n)
			}
		}
		if held == 0 {
			continue
		}
		per := each[s] / float64(held) / weeks // moments of one group in a week
		groups = int(math.Ceil((l.Needed-l.Possible)/per - 1e-9))
		groups = min(groups, held, int(to.room()/per+1e-9))
		if groups > 0 {
			return Proposal{Kind: HandOver, Segment: s, To: groups, Manager: to.Manager, Needed: l.Needed - float64(groups)*per}, true
		}
	}
	return Proposal{}, false
}

// room is how many moments of a working week are left.
func (l *Load) room() float64 { return l.Possible - l.Needed }
