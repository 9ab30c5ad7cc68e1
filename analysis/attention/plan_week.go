package attention

import (
	"cmp"
	"iter"
	"slices"

	"klantbot/analysis"
)

// Request says which week is planned, and what is known of the people.
type Request struct {
	Week Week
	// Day is the day as of which it is planned: today in the present week, else
	// the week's Monday. NoDay is the Monday.
	Day analysis.Day
	// Stand returns who stands in for somebody who is away, and themselves for
	// who is not; 0: nobody does, and nothing is asked of them. nil: nobody is away.
	Stand func(analysis.ManagerID) analysis.ManagerID
	// Had are the groups that somebody already had a moment with this week, each
	// once; they take places, of their segment's first. nil: none.
	Had map[analysis.ManagerID][]analysis.GroupID
	// Only plans for one person; 0: for everybody. Loads are of everybody.
	Only analysis.ManagerID
}

// Personal is the week of one person.
type Personal struct {
	Load
	Week Week
	// Capacity is that of this week, busy weeks counted.
	Capacity int
	// Items are what is asked, at most Capacity less what was had: signals first,
	// then by segment and lateness within the guaranteed shares.
	Items   []Item
	Waiting int // how many more are due than there are places
	// Overdue are groups of segment A, held by somebody else, whose partner this
	// person is, and of which a missed period ended longer ago than it is long:
	// worst first, at most OverdueShown, and how many in all. They are told, not
	// asked.
	Overdue      []Item
	OverdueCount int
}

// OverdueShown bounds Personal.Overdue.
const OverdueShown = 5

// bucket is what is asked of one person.
type bucket struct {
	asked, overdue []*candidate
}

// PlanWeek plans a week for everybody of whom something may be asked, by
// manager. The order of groups does not matter. It stops at the first error of
// groups and returns it. With a million groups it holds what is due, not the
// groups.
func (p Plan) PlanWeek(r Request, groups iter.Seq2[Group, error]) ([]Personal, error) {
	day := r.Day
	if !day.Known() {
		day = r.Week.Monday()
	}
	t, had := p.on(day, r.Week.Sunday()), r.had()
	buckets, all := map[analysis.ManagerID]*bucket{}, loads{}
	of := func(m analysis.ManagerID) *bucket {
		b := buckets[m]
		if b == nil {
			b = &bucket{}
			buckets[m] = b
		}
		return b
	}
	for g, err := range groups {
		if err != nil {
			return nil, err
		}
		t.add(all, &g)
		had.see(&g)
		t.candidates(&g, func(to analysis.ManagerID, c *candidate) {
			if r.Stand != nil {
				away := to
				if to = r.Stand(to); to != away && c.holder == 0 {
					c.holder = away
				}
			}
			if to != 0 && (r.Only == 0 || r.Only == to) {
				b := of(to)
				b.asked = append(b.asked, c)
			}
			if p.PartnerDigest && c.lateness >= 1 && c.segment == 0 && !c.role && g.Partner != 0 && g.Partner != holder(&g) &&
				(r.Only == 0 || r.Only == g.Partner) {
				late := *c
				late.holder = holder(&g)
				b := of(g.Partner)
				b.overdue = append(b.overdue, &late)
			}
		})
	}
	for m := range buckets {
		all.of(m) // who holds nothing, but stands in
	}
	p.finish(all)
	for m := range all {
		if r.Only == 0 || r.Only == m {
			of(m)
		}
	}
	var weeks []Personal
	for m, b := range buckets {
		weeks = append(weeks, p.personal(r, m, b, all, had.of(m, len(r.Had[m]))))
	}
	analysis.Sort(weeks, func(a, b Personal) int { return cmp.Compare(a.Manager, b.Manager) })
	return weeks, nil
}

// personal chooses the week of m, who had so many groups of each segment.
func (p *Plan) personal(r Request, m analysis.ManagerID, b *bucket, all loads, had [5]int) Personal {
	w := Personal{Load: *all.of(m), Week: r.Week, Capacity: p.capacityIn(m, r.Week)}
	shown, waiting := p.choose(b.asked, r.Week, p.CapacityOf(m), w.Capacity, had)
	w.Waiting = waiting
	for _, c := range shown {
		i := c.item()
		i.Batch = c.segment >= batchFrom && urgency(c) == 0
		w.Items = append(w.Items, i)
	}
	slices.SortFunc(b.overdue, order)
	w.OverdueCount = len(b.overdue)
	for _, c := range b.overdue[:min(len(b.overdue), OverdueShown)] {
		w.Overdue = append(w.Overdue, c.item())
	}
	return w
}

// Loads says what p asks of everybody in a year, by manager, for a preview.
func (p Plan) Loads(groups iter.Seq2[Group, error]) ([]Load, error) {
	t := p.on(max(p.Start, 0), max(p.Start, 0))
	all := loads{}
	for g, err := range groups {
		if err != nil {
			return nil, err
		}
		t.add(all, &g)
	}
	p.finish(all)
	var list []Load
	for _, l := range all {
		list = append(list, *l)
	}
	analysis.Sort(list, func(a, b Load) int { return cmp.Compare(a.Manager, b.Manager) })
	return list, nil
}

// NextDue returns what is asked next of g as of day, whoever's digest it is in:
// the earliest From of its periodic lines, past where it is due already. It
// reports false where nothing will be.
func (p Plan) NextDue(g Group, day analysis.Day) (Due, bool) {
	t := p.on(day, day)
	var next Due
	found := false
	lines := t.linesOf(&g)
	for i := range lines {
		if lines[i].Kind != Periodic {
			continue
		}
		d := t.periodic(&g, &lines[i])
		if !found || d.From < next.From || d.From == next.From && d.Line.Touch.Place() < next.Line.Touch.Place() {
			next, found = d, true
		}
	}
	return next, found
}
