package sample

import (
	"fmt"
	"time"

	"klantbot/analysis"
)

// MaxGroups bounds an office: beyond it made-up chamber of commerce numbers
// would run out.
const MaxGroups = 1_000_000

// Size says which office to make. Equal sizes are equal offices.
type Size struct {
	// Groups counts the relatiegroepen as they truly are, 1 to MaxGroups. There
	// are about 1.15 clients to a group. One group in thirty-six is not marked as a
	// group in the file, so that the import has something to propose.
	Groups int
	// Seed picks one office of this size.
	Seed uint64
	// AsOf is the last day an invoice may carry.
	AsOf analysis.Day
	// Years counts the calendar years of invoices, the running one included, 1
	// to 20. A client has about four lines a year.
	Years int
	// Yearly has the bookkeeping of a group of offices: one line for each client a
	// year, and of private persons and the self-employed the last three years.
	Yearly bool
}

// yearlyFrom is from how many groups on an office is a group of offices.
const yearlyFrom = 100_001

// Of returns the office of so many groups: that of Default with another number of
// them, and beyond a hundred thousand a group of offices with ten years of yearly
// lines, about five for each group.
func Of(groups int, asOf analysis.Day) Size {
	s := Default(asOf)
	s.Groups = groups
	if groups >= yearlyFrom {
		s.Years, s.Yearly = 10, true
	}
	return s
}

// Default returns the office of the local mode: 560 relatiegroepen, about 640
// clients, nine managers of whom four are partners, six years of invoices up to
// asOf. Its seed is one in which no two businesses have the same name.
func Default(asOf analysis.Day) Size {
	return Size{Groups: 560, Seed: 4711, AsOf: asOf, Years: 6}
}

func (s Size) check() error {
	switch {
	case s.Groups < 1 || s.Groups > MaxGroups:
		return fmt.Errorf("sample office: %d groups, want 1 to %d", s.Groups, MaxGroups)
	case s.Years < 1 || s.Years > 20:
		return fmt.Errorf("sample office: %d years, want 1 to 20", s.Years)
	case !s.AsOf.Known():
		return fmt.Errorf("sample office: no last day given")
	}
	return nil
}

// first is 1 January of the first year with invoices.
func (s Size) first() analysis.Day {
	return analysis.Date(s.AsOf.Year()-s.Years+1, time.January, 1)
}

// width is the number of digits of a client number: wide enough for the last
// one, at least four.
func (s Size) width() int {
	w := 4
	for last := 9_999; last < firstNumber+s.Groups*5/4+len(cast)*2; last = last*10 + 9 {
		w++
	}
	return w
}

// managerCount grows with the office: one for a small one, nine for 560
// groups, about one per 150 groups later on, never more than 2,000.
func (s Size) managerCount() int {
	n := min(9, s.Groups/60)
	return min(2_000, max(1, n, s.Groups/150))
}

// partnerCount is how many of the managers, the first ones, are partners too.
func (s Size) partnerCount() int { return max(1, s.managerCount()*4/9) }
