package value

import (
	"klantbot/analysis/stats"
)

// kindScale is one kind of client while it is scored, and what is kept of it to
// explain scores.
type kindScale struct {
	rows     []int32 // with yearly revenue
	criteria []Criterion
	bases    []basis // of each criterion
	used     float64 // weight that counts in S
	all      float64 // weight that coverage is measured by
	// Sums while scoring, by place in rows; dropped by fill.
	points, known []float64
}

// basis is what the values of a kind on one criterion are measured by.
type basis struct {
	counts bool    // in S; else nobody of the kind has a value, or too few have
	among  int     // groups of the kind of which the value is known
	median float64 // raw, type 7; what an unknown counts as
	s      float64 // of the median, 0..100
}

func newKindScale(t *Table, rows []int32, criteria []Criterion) (kindScale, error) {
	k := kindScale{rows: rows, criteria: criteria, bases: make([]basis, len(criteria)),
		points: make([]float64, len(rows)), known: make([]float64, len(rows))}
	values, places := make([]float64, 0, len(rows)), make([]int32, 0, len(rows))
	for i, c := range criteria {
		values, places = values[:0], places[:0]
		r := t.reader(c)
		for place, row := range rows {
			if raw, ok := r.raw(row); ok {
				values, places = append(values, raw), append(places, int32(place))
			}
		}
		if err := k.add(i, values, places); err != nil {
			return kindScale{}, err
		}
	}
	return k, nil
}

// add counts criterion i, of which the groups at places have values; the other
// groups count at the median. Where too few have one it drops out. It reorders
// values.
func (k *kindScale) add(i int, values []float64, places []int32) error {
	c := k.criteria[i]
	if len(values) > 0 || !c.Optional {
		k.all += c.Weight
	}
	k.bases[i].among = len(values)
	if len(values) == 0 || c.Source == FromLoyalty && !enoughLoyal(len(values), len(k.rows)) {
		return nil
	}
	k.used += c.Weight
	scores, err := scaledAll(c, values)
	if err != nil {
		return err
	}
	b := basis{counts: true, among: len(values), median: c.median(values)}
	b.s = medianScore(c, values, b.median)
	k.bases[i] = b
	next := 0
	for place := range k.points {
		s := b.s
		if next < len(places) && int(places[next]) == place {
			s = scores[next]
			k.known[place] += c.Weight
			next++
		}
		k.points[place] += c.Weight * s
	}
	return nil
}

// fill writes the scores and forgets the sums.
func (k *kindScale) fill(s *Scores) {
	for place, row := range k.rows {
		if k.used > 0 {
			s.Value[row] = ScoreOf(k.points[place] / k.used)
		}
		if k.all > 0 {
			s.Coverage[row] = float32(k.known[place] / k.all)
		}
	}
	k.points, k.known = nil, nil
}

// scaledAll returns s of each value, in their order.
func scaledAll(c Criterion, values []float64) ([]float64, error) {
	if c.Scale == Ranked {
		ranks, err := stats.PercentRanks(values)
		if err != nil {
			return nil, err
		}
		for i := range ranks {
			ranks[i] *= 100
		}
		return ranks, nil
	}
	scores := make([]float64, len(values))
	for i, v := range values {
		scores[i] = c.scaled(v)
	}
	return scores, nil
}

// medianScore returns s of the median. On a ranked scale it is the percentile
// rank that one more value at the median would get,
//
//	(below + (equal + 1)/2) / (n + 1)
//
// so that a group that fills it in keeps its score to the last digit.
func medianScore(c Criterion, values []float64, median float64) float64 {
	if c.Scale != Ranked {
		return c.scaled(median)
	}
	below, equal := standing(values, median)
	return 100 * ((float64(below) + float64(equal+1)/2) / float64(len(values)+1))
}

// standing counts the values below v and equal to it.
func standing(values []float64, v float64) (below, equal int) {
	for _, other := range values {
		if other < v {
			below++
		} else if other == v {
			equal++
		}
	}
	return below, equal
}

// median returns the type-7 median of known values on c and reorders them.
func (c Criterion) median(values []float64) float64 {
	if c.Scale == Marks {
		if m, ok := medianMark(values); ok {
			return m
		}
	}
	return median(values)
}

// medianMark counts instead of selecting, and reports false where a value is no
// mark, which only an import can bring.
func medianMark(values []float64) (float64, bool) {
	var counts [Levels]int
	for _, v := range values {
		mark := int(max(0, min(Levels-1, v)))
		if float64(mark) != v {
			return 0, false
		}
		counts[mark]++
	}
	at := func(rank int) float64 { // from 0
		for mark, n := range counts {
			if rank -= n; rank < 0 {
				return float64(mark)
			}
		}
		return Levels - 1
	}
	return (at((len(values)-1)/2) + at(len(values)/2)) / 2, true
}

// median returns the type-7 median of values, which must not be empty, and
// reorders them. It selects where stats.Median sorts: a tenth of the time at a
// million values.
func median(values []float64) float64 {
	n := len(values)
	high := nth(values, n/2)
	if n%2 == 1 {
		return high
	}
	low := values[0]
	for _, v := range values[:n/2] {
		low = max(low, v)
	}
	return low*.5 + high*.5
}

// nth moves the value of rank n, counted from 0, to its place with nothing
// larger before it and nothing smaller after it, and returns it. Three-way
// partitioning keeps it linear where most values are equal, as marks are.
// Source: Hoare 1961; Bentley & McIlroy 1993.
func nth(values []float64, n int) float64 {
	low, high := 0, len(values)
	for high-low > 1 {
		pivot := middleOf(values[low], values[(low+high)/2], values[high-1])
		less, at, more := low, low, high
		for at < more {
			switch v := values[at]; {
			case v < pivot:
				values[less], values[at] = v, values[less]
				less++
				at++
			case v > pivot:
				more--
				values[at], values[more] = values[more], v
			default:
				at++
			}
		}
		switch {
		case n < less:
			high = less
		case n >= more:
			low = more
		default:
			return pivot
		}
	}
	return values[n]
}

func middleOf(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
