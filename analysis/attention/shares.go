package attention

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// guarantees returns how many places of week w are kept for each segment, by
// rank, of a person with the given ordinary capacity. They are counted from the
// first week of the year, so that 2.4 a week are 2, 2, 3, 2, 3; C gets in the
// batch of a month what the weeks until the next one owe it, as far as that leaves
// A and B half of their own share, at least a place each; the rest comes in the
// weeks after, in which A and B catch up too. Over a year each segment so gets its
// share within a place or two, and no week has more than its capacity.
func (p *Plan) guarantees(ordinary int, w Week) [5]int {
	var owed [5]float64
	var given, kept [5]int
	shares := [5]float64{}
	for i := range shares {
		shares[i] = p.shareOf(i)
	}
	for at := (Week{w.Year, 1}); ; at = at.Next() {
		capacity := int(float64(ordinary)*p.left(at.Number) + 1e-9)
		for i := range shares {
			owed[i] += shares[i] * float64(capacity)
		}
		kept = [5]int{}
		free := capacity
		if at.Batch() {
			for i := range batchFrom {
				kept[i] = min(floor(shares[i], capacity), free)
				free -= kept[i]
			}
			ahead := float64(ordinary) * float64(weeksToBatch(at)-1)
			for i := batchFrom; i < len(shares); i++ {
				kept[i] = max(0, min(int(owed[i]+shares[i]*ahead+1e-9)-given[i], free))
				free -= kept[i]
			}
		}
		for i := range shares {
			more := max(0, min(int(owed[i]+1e-9)-given[i]-kept[i], free))
			kept[i] += more
			free -= more
		}
		if at == w {
			return kept
		}
		for i, n := range kept {
			given[i] += n
		}
	}
}

// shareOf is the guaranteed share of the segment with that rank.
func (p *Plan) shareOf(rank int) float64 {
	if rank >= len(analysis.Segments()) {
		return 0
	}
	return p.Shares[analysis.Segments()[rank]]
}

// batchFrom is the first rank that is asked for in monthly batches: C.
const batchFrom = 2

// floor is how many of capacity places neither a batch nor signals take from a
// segment: half its share, and one where it has about one a week.
func floor(share float64, capacity int) int {
	own := share * float64(capacity)
	if own < .5 {
		return 0
	}
	return max(1, int(own/2))
}

// weeksToBatch is how many weeks of its year the batch of w has to last, at most
// 5: a year owes nothing to the one before.
func weeksToBatch(w Week) int {
	n := 1
	for at := w.Next(); !at.Batch() && at.Year == w.Year; at = at.Next() {
		n++
	}
	return n
}

// choose returns what is shown of all that is asked, at most places of it: signals
// first, as far as they leave each segment half of its guaranteed places; then the
// guaranteed places, most pressing first; then the rest by signals and occasions,
// segment and lateness. all is put in order. C and D are asked for in their batch;
// in other weeks only what was already due then, and signals. had is how many
// groups of each segment were spoken to already this week: they had their places,
// so that what is left of the week does not change by doing a part of it.
func (p *Plan) choose(all []*candidate, w Week, ordinary, places int, had [5]int) (shown []*candidate, waiting int) {
	if len(all) == 0 {
		return nil, 0
	}
	slices.SortFunc(all, func(a, b *candidate) int {
		if a.segment != b.segment {
			return int(a.segment) - int(b.segment)
		}
		return order(a, b)
	})
	kept, half, used := p.guarantees(ordinary, w), [5]int{}, 0
	for i, n := range had {
		half[i] = min(kept[i], floor(p.shareOf(i), places)) - n
		kept[i] -= n
		used += n
	}
	places = max(0, places-used)
	batchEnd := w.lastBatch().Sunday()
	held := func(c *candidate) bool {
		return c.segment >= batchFrom && urgency(c) == 0 && (c.from > batchEnd && !c.early || c.early && !w.Batch())
	}
	taken := make([]bool, len(all))
	take := func(wanted func(*candidate) bool) {
		for i, c := range all {
			if places > 0 && !taken[i] && !held(c) && !c.early && wanted(c) {
				half[c.segment]--
				kept[c.segment]--
				places--
				taken[i] = true
			}
		}
	}
	take(func(c *candidate) bool { return half[c.segment] > 0 })
	for _, kind := range SignalKinds() {
		take(func(c *candidate) bool { return len(c.signals) > 0 && c.signals[0].Kind == kind })
	}
	take(func(c *candidate) bool { return kept[c.segment] > 0 })
	take(func(c *candidate) bool { return urgency(c) > 0 })
	take(func(*candidate) bool { return true })
	for i, c := range all {
		switch {
		case taken[i]:
			shown = append(shown, c)
		case !held(c) && !c.early:
			waiting++
		}
	}
	shown = append(shown, p.early(all, held, min(places, p.Shown-used-len(shown)))...)
	slices.SortStableFunc(shown, func(a, b *candidate) int { return urgency(b) - urgency(a) })
	return shown, waiting
}

// early returns at most n of a backlog before its day, most attention and latest
// first: who has few clients need not wait half a year to speak to them.
func (p *Plan) early(all []*candidate, held func(*candidate) bool, n int) []*candidate {
	if n <= 0 {
		return nil
	}
	var waiting []*candidate
	for _, c := range all {
		if c.early && !held(c) {
			waiting = append(waiting, c)
		}
	}
	slices.SortFunc(waiting, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.segment, b.segment), order(a, b))
	})
	return waiting[:min(n, len(waiting))]
}
