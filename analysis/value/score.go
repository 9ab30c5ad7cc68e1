package value

import (
	"fmt"
	"math"
	"strconv"

	"klantbot/analysis"
)

// Score is the value of a group to the office in tenths of a point: 0..1000,
// shown as 0,0..100,0. A finer difference says nothing where judgements go from
// 0 to 4, and what people can not see must not part two groups. It can not be
// NaN.
type Score int16

// NoScore is the score of a group without yearly revenue, or of which nothing
// is known that its kind is scored on.
const NoScore Score = -1

// Known reports whether s is a score at all.
func (s Score) Known() bool { return s >= 0 }

// Points returns the score in points, 0..100; 0 where there is none.
func (s Score) Points() float64 { return float64(max(s, 0)) / 10 }

// ScoreOf returns the score nearest to points, which may lie outside 0..100;
// NoScore where points is not a number.
func ScoreOf(points float64) Score {
	if math.IsNaN(points) {
		return NoScore
	}
	return Score(math.Round(10 * max(0, min(100, points))))
}

// MarshalJSON writes points with one decimal, and null for NoScore.
func (s Score) MarshalJSON() ([]byte, error) {
	if !s.Known() {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, s.Points(), 'f', 1, 64), nil
}

// Provisional reports whether a score of this coverage is "voorlopig": under
// half of the weight is known.
func Provisional(coverage float64) bool { return coverage < .5 }

// Unknown is the raw value in a Table of what is not known.
func Unknown() float64 { return math.NaN() }

func known(raw float64) bool { return !math.IsNaN(raw) && !math.IsInf(raw, 0) }

// Table holds the groups that are valued together, a row each and a column for
// each criterion. At a million rows it is some 60 MB.
type Table struct {
	Kinds   []string         // the kinds of client there are
	Kind    []uint16         // of each row, as its place in Kinds
	Revenue []analysis.Cents // yearly revenue; <= 0: the row gets no score
	// Columns are the raw values: KeyMargin and KeyLoyalty hold what is derived,
	// GivenColumn of a key what people gave under it. Unknown() where nothing is
	// known. Revenue needs no column, and a column that is not there is unknown
	// to all.
	Columns map[string][]float64
}

// check refuses a table whose parts do not belong together. That is a mistake
// of the caller, not of a person.
func (t *Table) check() error {
	if len(t.Kind) != len(t.Revenue) || len(t.Revenue) > math.MaxInt32 {
		return fmt.Errorf("value table: %d kinds for %d rows", len(t.Kind), len(t.Revenue))
	}
	for _, k := range t.Kind {
		if int(k) >= len(t.Kinds) {
			return fmt.Errorf("value table: kind %d of %d", k, len(t.Kinds))
		}
	}
	for key, column := range t.Columns {
		if len(column) != len(t.Revenue) {
			return fmt.Errorf("value table: column %q has %d of %d rows", key, len(column), len(t.Revenue))
		}
	}
	return nil
}

// reader reads the raw values on one criterion.
type reader struct {
	revenue []analysis.Cents // where the criterion is the revenue itself
	column  []float64        // else; nil: unknown to all
}

func (t *Table) reader(c Criterion) reader {
	if c.Source == FromRevenue {
		return reader{revenue: t.Revenue}
	}
	return reader{column: t.Columns[c.column()]}
}

// raw returns the value of row, and whether it is known.
func (r reader) raw(row int32) (float64, bool) {
	switch {
	case r.revenue != nil:
		return float64(r.revenue[row]), true
	case r.column == nil:
		return 0, false
	}
	return r.column[row], known(r.column[row])
}

// byKind returns the rows with yearly revenue, a slice for each kind.
func (t *Table) byKind() [][]int32 {
	counts := make([]int32, len(t.Kinds))
	total := int32(0)
	for row, k := range t.Kind {
		if t.Revenue[row] > 0 {
			counts[k]++
			total++
		}
	}
	all, rows := make([]int32, total), make([][]int32, len(t.Kinds))
	for k, n := range counts {
		rows[k], all = all[:0:n], all[n:]
	}
	for row, k := range t.Kind {
		if t.Revenue[row] > 0 {
			rows[k] = append(rows[k], int32(row))
		}
	}
	return rows
}

// Scores are the values of the rows of a Table.
type Scores struct {
	Value    []Score   // by row
	Coverage []float32 // by row: known weight / all weight, 0..1
	table    *Table
	kinds    []kindScale
}

// Valuate scores every group with yearly revenue against the others of its
// kind:
//
//	S = sum(w*s) / sum(w), s in 0..100
//
// by the criteria that sets holds for its kind, else DefaultCriteria. Groups
// without yearly revenue get NoScore and do not take part in any ranking:
// a heap of former clients would lift everybody else.
//
// What is unknown of a group counts at the median of its kind, so that filling
// in that median changes nothing: for a ranked criterion it is the rank the
// median would get. The group keeps its score exactly; on a ranked criterion
// the others, who are one more to be ranked among, move by half a place at most.
// A criterion of which a whole kind knows nothing drops out of S; it still lowers
// the coverage unless it is Optional. Loyalty, which follows from what the office
// did and is filled in by nobody, drops out until a tenth of the kind and five
// groups know it; while it is out, knowing it of one more changes no score.
//
// The result does not depend on the order of rows. The table is kept for Explain
// and must not be changed afterwards. Errors: an analysis.Invalid error of CheckCriteria, or a
// plain one for a table whose parts do not fit. Source: DOMAIN.md, "Value
// score".
func Valuate(t *Table, sets map[string][]Criterion) (*Scores, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	s := &Scores{Value: make([]Score, len(t.Kind)), Coverage: make([]float32, len(t.Kind)), table: t}
	for row := range s.Value {
		s.Value[row] = NoScore
	}
	for k, rows := range t.byKind() {
		criteria, ok := sets[t.Kinds[k]]
		if !ok {
			criteria = DefaultCriteria()
		}
		if err := CheckCriteria(criteria); err != nil {
			return nil, err
		}
		scale, err := newKindScale(t, rows, criteria)
		if err != nil {
			return nil, fmt.Errorf("value a kind of %d groups: %w", len(rows), err)
		}
		scale.fill(s)
		s.kinds = append(s.kinds, scale)
	}
	return s, nil
}
