package attention

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Moment is a touch as a report counts it.
type Moment struct {
	Kind analysis.TouchKind
	Day  analysis.Day
}

// History is what a report needs of one group.
type History struct {
	Group
	Moments []Moment // in any order
}

// Cell is what was planned and done for one segment in one quarter.
type Cell struct {
	Segment analysis.Segment
	Year    int
	Quarter int // 1..4
	// Planned and Done are periods of periodic lines, counted in the quarter in
	// which the period ends; Waived those that somebody decided were not needed.
	Planned, Done, Waived int
	// PlannedMinutes and DoneMinutes are those of their lines.
	PlannedMinutes, DoneMinutes int
}

// Sums is attention over a stretch of time.
type Sums struct {
	From, To analysis.Day
	Cells    []Cell // by segment, then quarter
	// Groups with segment A, and how many of them had any contact in the time.
	GroupsA, ReachedA int
	// Open are periodic lines that are asked as of To, Late those that missed a
	// period.
	Open, Late int
	// Moments are all contacts in the time, planned or not.
	Moments int
}

// CoverageA is the share of A groups that had any contact, 0..1; NaN-free: 0
// without A groups.
func (s Sums) CoverageA() float64 { return share(s.ReachedA, s.GroupsA) }

// ShareLate is the share of what is open that is late, 0..1.
func (s Sums) ShareLate() float64 { return share(s.Late, s.Open) }

// DoneMinutes is the time of what was done.
func (s Sums) DoneMinutes() int {
	sum := 0
	for _, c := range s.Cells {
		sum += c.DoneMinutes
	}
	return sum
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

type cellKey struct {
	segment       analysis.Segment
	year, quarter int
}

// Report sums planned against done for periods that end in [from, to] and that
// began no earlier than the office and the relationship did. Whose groups are
// counted is the caller's choice. Order does not matter.
func (p Plan) Report(from, to analysis.Day, groups []History) Sums {
	s := Sums{From: from, To: to}
	cells := map[cellKey]*Cell{}
	t := p.on(to, to)
	for i := range groups {
		t.sum(&s, cells, &groups[i])
	}
	for _, c := range cells {
		s.Cells = append(s.Cells, *c)
	}
	s.order()
	return s
}

func (s *Sums) order() {
	analysis.Sort(s.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(rank(a.Segment), rank(b.Segment)), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Quarter, b.Quarter))
	})
}

// Add adds the cells of another stretch of time, in which another plan or
// segmentation held.
func (s *Sums) Add(cells []Cell) {
	for _, c := range cells {
		i := slices.IndexFunc(s.Cells, func(own Cell) bool {
			return own.Segment == c.Segment && own.Year == c.Year && own.Quarter == c.Quarter
		})
		if i < 0 {
			s.Cells = append(s.Cells, c)
			continue
		}
		own := &s.Cells[i]
		own.Planned, own.Done, own.Waived = own.Planned+c.Planned, own.Done+c.Done, own.Waived+c.Waived
		own.PlannedMinutes, own.DoneMinutes = own.PlannedMinutes+c.PlannedMinutes, own.DoneMinutes+c.DoneMinutes
	}
	s.order()
}

// sum adds one group.
func (t *today) sum(s *Sums, cells map[cellKey]*Cell, h *History) {
	reached := 0
	for _, m := range h.Moments {
		h.Last.See(m.Kind, min(m.Day, t.day))
		if s.From <= m.Day && m.Day <= s.To {
			reached++
		}
	}
	s.Moments += reached
	if h.Segment == analysis.SegmentA {
		s.GroupsA++
		s.ReachedA += min(reached, 1)
	}
	lines := t.linesOf(&h.Group)
	for i := range lines {
		l := &lines[i]
		if l.Kind != Periodic || !known(h.Segment) {
			continue
		}
		if d := t.periodic(&h.Group, l); d.Asked {
			s.Open++
			s.Late += min(d.DaysLate, 1)
		}
		for p := PeriodOf(l.Times, s.From); p.To <= s.To; p = p.next(l.Times) {
			if p.From >= t.plan.Start && (!h.Since.Known() || p.From >= h.Since) {
				t.count(cells, h, l, p)
			}
		}
	}
}

// count adds one period of one line.
func (t *today) count(cells map[cellKey]*Cell, h *History, l *Line, p Period) {
	year, month, _ := p.To.Time().Date()
	key := cellKey{h.Segment, year, (int(month) + 2) / 3}
	c := cells[key]
	if c == nil {
		c = &Cell{Segment: key.segment, Year: key.year, Quarter: key.quarter}
		cells[key] = c
	}
	c.Planned++
	c.PlannedMinutes += l.Minutes
	for _, m := range h.Moments {
		if p.Contains(m.Day) && m.Kind.Fulfils(l.Touch) {
			c.Done++
			c.DoneMinutes += l.Minutes
			return
		}
	}
	if h.More != nil && slices.ContainsFunc(h.More.Marks, func(m Mark) bool {
		return m.State == NotNeeded && m.Activity == l.Activity && m.Period == p.From
	}) {
		c.Waived++
	}
}
