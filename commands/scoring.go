package commands

import (
	"maps"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// scoring gathers the rows of a value.Table while the portfolio streams by, so
// that no history is kept.
type scoring struct {
	value.Table
	kinds   map[string]uint16
	loyalty []value.Loyalty // by row, with Repeat decided at the end
	first   analysis.Day    // of anybody's revenue
}

func newTable() *scoring {
	return &scoring{Table: value.Table{Columns: map[string][]float64{}}, kinds: map[string]uint16{}, first: analysis.NoDay}
}

// add appends one group.
func (t *scoring) add(h analysis.GroupHistory, y value.Yearly, judged map[string]int, asOf analysis.Day) {
	row := len(t.Kind)
	kind, ok := t.kinds[h.Kind]
	if !ok {
		kind = uint16(len(t.Kinds))
		t.kinds[h.Kind] = kind
		t.Kinds = append(t.Kinds, h.Kind)
	}
	revenue := analysis.Cents(0)
	if y.Known {
		revenue = y.Amount
	}
	t.Kind, t.Revenue = append(t.Kind, kind), append(t.Revenue, revenue)
	if margin, ok := value.Margin(h, y, asOf); ok {
		t.set(value.KeyMargin, row, float64(margin))
	}
	for key, mark := range judged {
		if key != value.KeyPartnership {
			t.set(value.GivenColumn(key), row, float64(mark))
		}
	}
	if len(h.Months) > 0 && (!t.first.Known() || h.Months[0].Month < t.first) {
		t.first = h.Months[0].Month
	}
	t.loyalty = append(t.loyalty, loyaltyOf(h, judged, asOf))
}

// loyaltyOf draws the marks that one group's own history shows.
func loyaltyOf(h analysis.GroupHistory, judged map[string]int, asOf analysis.Day) value.Loyalty {
	e := value.LoyaltyEvidence{Months: h.Months, From: analysis.NoDay, Contacts: -1, Partnership: -1}
	if h.Referred > 0 {
		e.Referred = value.Yes
	}
	if mark, ok := judged[value.KeyPartnership]; ok {
		e.Partnership = mark
	}
	return e.Loyalty(asOf)
}

// finish makes the columns whole. The table that it returns is made anew, but for
// the columns that rule does not touch, so that several rules can be laid side
// by side.
func (t *scoring) finish(asOf analysis.Day, rule value.LoyaltyRule) *value.Table {
	for key := range t.Columns {
		t.pad(key, len(t.Kind))
	}
	whole := t.Table
	whole.Columns = maps.Clone(t.Columns)
	// Who is new to an office with a long history is known not to repeat yet.
	settled := t.first.Known() && t.first <= asOf.AddMonths(-36)
	column, known := make([]float64, len(t.loyalty)), false
	for row, l := range t.loyalty {
		if settled && l.Repeat == value.NotKnown && t.Revenue[row] != 0 {
			l.Repeat = value.No
		}
		score, ok := rule.Score(l)
		if !ok {
			score = value.Unknown()
		}
		column[row], known = score, known || ok
	}
	if known {
		whole.Columns[value.KeyLoyalty] = column
	}
	return &whole
}

// set puts v in row of a column; rows before it that have none are unknown.
func (t *scoring) set(key string, row int, v float64) {
	t.pad(key, row+1)
	t.Columns[key][row] = v
}

func (t *scoring) pad(key string, n int) {
	column := t.Columns[key]
	for len(column) < n {
		column = append(column, value.Unknown())
	}
	t.Columns[key] = column
}
