package value

import "klantbot/analysis"

// Explanation says how a score came about: what stands under Toelichting.
type Explanation struct {
	Kind        string
	Groups      int // of the kind that are scored
	Score       Score
	Coverage    float64 // known weight / all weight, 0..1
	Provisional bool
	Elements    []Element // of the criteria, in their order
}

// Element is what one criterion does to a score.
type Element struct {
	Criterion Criterion
	// Raw is the value of the group on the criterion's own scale (cents, 0..4 or
	// 0..100). Where it is not Known it is what the group counts as: the median of
	// Among others.
	Raw   float64
	Known bool
	Among int // groups of the kind of which the value is known
	// Dropped: nobody of the kind has a value, or of loyalty too few have, so the
	// criterion does not count.
	Dropped bool
	S       float64 // 0..100
	Share   float64 // of the weight that counts, 0..1
	Points  float64 // Share * S; together the score
}

// Explain says how the score of a row came about, and false where it has none.
// It counts through the kind again, some milliseconds at a million groups.
func (s *Scores) Explain(row int) (Explanation, bool) {
	if row < 0 || row >= len(s.Value) || !s.Value[row].Known() {
		return Explanation{}, false
	}
	kind := s.table.Kind[row]
	k := s.kinds[kind]
	e := Explanation{Kind: s.table.Kinds[kind], Groups: len(k.rows), Score: s.Value[row],
		Coverage: float64(s.Coverage[row]), Provisional: Provisional(float64(s.Coverage[row]))}
	for i, c := range k.criteria {
		e.Elements = append(e.Elements, s.element(k, c, k.bases[i], int32(row)))
	}
	return e, true
}

func (s *Scores) element(k kindScale, c Criterion, b basis, row int32) Element {
	e := Element{Criterion: c, Among: b.among, Dropped: !b.counts}
	if e.Dropped {
		return e
	}
	e.Raw, e.S = b.median, b.s
	if raw, ok := s.table.reader(c).raw(row); ok {
		e.Raw, e.Known = raw, true
		e.S = s.scoreOf(k, c, raw)
	}
	e.Share = c.Weight / k.used
	e.Points = e.Share * e.S
	return e
}

func (s *Scores) scoreOf(k kindScale, c Criterion, raw float64) float64 {
	if c.Scale != Ranked {
		return c.scaled(raw)
	}
	below, equal, n := 0, 0, 0
	r := s.table.reader(c)
	for _, row := range k.rows {
		other, ok := r.raw(row)
		if !ok {
			continue
		}
		n++
		if other < raw {
			below++
		} else if other == raw {
			equal++
		}
	}
	return 100 * ((float64(below) + float64(equal)/2) / float64(n))
}

// Items returns what is kept of a segmentation, in the order of rows. groups
// and yearly are by row; segments come from Rules.Segments.
func (s *Scores) Items(groups []analysis.GroupID, yearly []Yearly, segments []analysis.Segment) []analysis.SegmentItem {
	items := make([]analysis.SegmentItem, len(groups))
	for row, group := range groups {
		items[row] = analysis.SegmentItem{Group: group, Score: s.Value[row].Points(), Coverage: float64(s.Coverage[row]),
			Segment: segments[row], Yearly: yearly[row].Amount, Known: yearly[row].Known}
	}
	return items
}
