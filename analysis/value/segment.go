package value

import (
	"math"
	"slices"

	"klantbot/analysis"
)

// Rules say how scores become segments.
type Rules struct {
	// Quota is how many percent of the groups become A, B, C and D; together 100.
	Quota [4]float64 `json:"quota"`
	// Borders are the least scores of A, B and C in points, falling. They count
	// only when ByScore is set; then Quota does not.
	Borders [3]float64 `json:"borders"`
	ByScore bool       `json:"by_score"`
}

// DefaultRules are the quota an office begins with. Source: DOMAIN.md, "Value
// score". The borders are our choice.
func DefaultRules() Rules {
	return Rules{Quota: [4]float64{5, 15, 30, 50}, Borders: [3]float64{80, 65, 45}}
}

// Check says what is wrong with edited rules, as an analysis.Invalid error
// keyed value.*, or nil.
func (r Rules) Check() error {
	wrong := func(key string) error { return analysis.Fail(analysis.Invalid, key, nil) }
	if r.ByScore {
		last := 100.
		for _, b := range r.Borders {
			if !(b >= 0 && b <= last) {
				return wrong("value.borders_order")
			}
			last = b
		}
		return nil
	}
	sum := 0.
	for _, q := range r.Quota {
		if !(q >= 0 && q <= 100) {
			return wrong("value.quota_range")
		}
		sum += q
	}
	if math.Abs(sum-100) > 1e-6 {
		return analysis.Fail(analysis.Invalid, "value.quota_sum", analysis.Args{"sum": math.Round(10*sum) / 10})
	}
	return nil
}

// Segments returns the segment of each score; empty for NoScore. Equal scores
// get equal segments whatever the order of scores.
//
// By quota, of N scored groups the best round(Q_A*N) are A, the best
// round((Q_A+Q_B)*N) are A or B, and so on; the very best is A where A has a
// quota at all. A run of equal scores that a border would cut goes whole to the
// segment in which its middle lies: a quota is attention the office can give,
// and if all of a long run took the better segment the quota would mean
// nothing. (In the pyramid, which promises nothing, equal amounts take the
// better layer.) The error is that of Check.
func (r Rules) Segments(scores []Score) ([]analysis.Segment, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	h := histogramOf(scores)
	letters := r.letters(h)
	segments := make([]analysis.Segment, len(scores))
	for i, s := range scores {
		if s.Known() {
			segments[i] = letters[s]
		}
	}
	return segments, nil
}

// histogram counts the groups of every possible score.
type histogram [1001]int

func histogramOf(scores []Score) *histogram {
	var h histogram
	for _, s := range scores {
		if s.Known() {
			h[s]++
		}
	}
	return &h
}

func (h *histogram) total() int {
	n := 0
	for _, count := range h {
		n += count
	}
	return n
}

// at returns the score of the group at rank, counted from 1 for the best.
func (h *histogram) at(rank int) Score {
	for s := len(h) - 1; s >= 0; s-- {
		if rank -= h[s]; rank <= 0 {
			return Score(s)
		}
	}
	return 0
}

// letters returns the segment of every possible score.
func (r Rules) letters(h *histogram) (letters [1001]analysis.Segment) {
	all := analysis.Segments()
	ends := r.ends(h.total())
	better := 0
	for s := len(h) - 1; s >= 0; s-- {
		k := 0
		if r.ByScore {
			for k < len(r.Borders) && Score(s) < ScoreOf(r.Borders[k]) {
				k++
			}
		} else {
			// The run stands at the ranks better+1 .. better+h[s].
			middle := better + (h[s]+1)/2
			for k < len(ends) && middle > ends[k] {
				k++
			}
		}
		letters[s] = all[k]
		better += h[s]
	}
	return letters
}

// ends returns the last rank of A, B and C among n groups.
func (r Rules) ends(n int) (ends [3]int) {
	sum := 0.
	for k := range ends {
		sum += r.Quota[k]
		ends[k] = int(math.Round(sum * float64(n) / 100))
		if k > 0 {
			ends[k] = max(ends[k], ends[k-1])
		} else if r.Quota[0] > 0 && n > 0 {
			ends[0] = max(1, ends[0])
		}
	}
	return ends
}

// NearBorder reports of each score whether it stands at the border of two
// segments: as one of the max(1, round(N/200)) last of the better or first of
// the worse, or with the score of one of those. In a typical office of 1,850
// groups that is nine on either side of each border, which brings the
// judgements asked of a manager to the 33 that DOMAIN.md names. segments are
// those of scores.
func NearBorder(scores []Score, segments []analysis.Segment) []bool {
	flags := make([]bool, len(scores))
	for i, better := range AtBorder(scores, segments) {
		flags[i] = better != ""
	}
	return flags
}

// AtBorder returns of each score the better of the two segments at whose border it
// stands, as NearBorder has it; empty where it stands at none. Near two borders it is
// the better one's.
func AtBorder(scores []Score, segments []analysis.Segment) []analysis.Segment {
	h := histogramOf(scores)
	n := h.total()
	reach := max(1, (n+100)/200)
	var counts [4]int
	for _, s := range segments {
		if k := slices.Index(analysis.Segments(), s); k >= 0 {
			counts[k]++
		}
	}
	var near [1001]analysis.Segment
	end := 0
	for k, count := range counts[:3] {
		if end += count; end == 0 || end == n {
			continue // nobody stands on one of the two sides
		}
		best, worst := h.at(max(1, end-reach+1)), h.at(min(n, end+reach))
		for s := worst; s <= best; s++ {
			if near[s] == "" {
				near[s] = analysis.Segments()[k]
			}
		}
	}
	at := make([]analysis.Segment, len(scores))
	for i, s := range scores {
		if s.Known() {
			at[i] = near[s]
		}
	}
	return at
}

// Borders returns the groups of items that stand at a border of two segments, each
// with the better of the two.
func Borders(items []analysis.SegmentItem) map[analysis.GroupID]analysis.Segment {
	scores, segments, _ := columnsOf(items)
	near := map[analysis.GroupID]analysis.Segment{}
	for i, better := range AtBorder(scores, segments) {
		if better != "" {
			near[items[i].Group] = better
		}
	}
	return near
}

// Important reports of each yearly revenue whether it belongs to the top 20%
// of those above zero: the best max(1, round(N/5)), and who equals the last of
// them.
func Important(revenue []analysis.Cents) []bool {
	sorted := earning(revenue)
	flags := make([]bool, len(revenue))
	if len(sorted) == 0 {
		return flags
	}
	least := sorted[max(1, (len(sorted)+2)/5)-1]
	for i, amount := range revenue {
		flags[i] = amount >= least
	}
	return flags
}

// Ask returns the rows that people are asked to judge, in their order: the
// groups that matter by revenue and those near a border of segments. Asking all
// would ask managers for a day of work that moves nobody. Source: DOMAIN.md,
// "Value score".
func Ask(revenue []analysis.Cents, scores []Score, segments []analysis.Segment) []int {
	important, near := Important(revenue), NearBorder(scores, segments)
	var rows []int
	for row := range revenue {
		if important[row] || near[row] {
			rows = append(rows, row)
		}
	}
	return rows
}
