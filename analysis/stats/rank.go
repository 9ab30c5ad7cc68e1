package stats

import (
	"fmt"
	"math"
	"runtime"
	"sync"
)

// PercentRanks returns the percentile rank of every value among all of them:
// (number below + half of the number equal, itself included) / n, in (0,1), in
// the order of values. Equal values have equal ranks and the ranks average 1/2,
// so a single value, or all values equal, stands in the middle. It fails with
// ErrEmpty or ErrNotFinite. Source: DOMAIN.md, "Formulas and edge cases"; the
// mid-rank definition of Lehmann 1975.
func PercentRanks(values []float64) ([]float64, error) {
	if err := check(values); err != nil {
		return nil, fmt.Errorf("percentile rank: %w", err)
	}
	rows := sortRows(values)
	ranks, n := make([]float64, len(values)), float64(len(values))
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && rows[end].key == rows[start].key {
			end++
		}
		rank := (float64(start) + float64(end-start)/2) / n
		for _, r := range rows[start:end] {
			ranks[r.index] = rank
		}
		start = end
	}
	return ranks, nil
}

// PercentRankColumns returns PercentRanks of each column, as many at once as
// there are processors: a column takes some 25 ms a million values, most of it
// waiting for memory, and columns do not touch each other.
func PercentRankColumns(columns [][]float64) ([][]float64, error) {
	ranks, failures := make([][]float64, len(columns)), make([]error, len(columns))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, column := range columns {
		slots <- struct{}{}
		group.Go(func() {
			ranks[i], failures[i] = PercentRanks(column)
			<-slots
		})
	}
	group.Wait()
	for i, err := range failures {
		if err != nil {
			return nil, fmt.Errorf("column %d: %w", i, err)
		}
	}
	return ranks, nil
}

// Order returns the places of values from the largest to the smallest; equal
// values stay in the order they were given. values is not changed. It fails with
// ErrNotFinite; no values have no places.
func Order(values []float64) ([]int, error) {
	if len(values) == 0 {
		return nil, nil
	}
	if err := check(values); err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	rows := sortRows(values)
	order := make([]int, 0, len(values))
	// Ascending and stable; read from the back, a run of equals at a time, it is
	// descending and stable.
	for end := len(rows); end > 0; {
		start := end - 1
		for start > 0 && rows[start-1].key == rows[end-1].key {
			start--
		}
		for _, r := range rows[start:end] {
			order = append(order, int(r.index))
		}
		end = start
	}
	return order, nil
}

// keyed is a value as a key that sorts as an unsigned number, and its place.
type keyed struct {
	key   uint64
	index uint32
}

// sortKey maps finite numbers to unsigned integers in the same order. -0 is 0.
func sortKey(v float64) uint64 {
	bits := math.Float64bits(v + 0)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// digit is how many bits a pass of the sort looks at: 2,048 counters fit the
// first-level cache.
const (
	digit  = 11
	passes = (64 + digit - 1) / digit
)

// sortRows sorts values ascending and stably by least significant digit first.
// Passes in which all keys agree are left out, which for amounts in cents is
// half of them. It is some three times as fast as comparing at a million.
func sortRows(values []float64) []keyed {
	rows, spare := make([]keyed, len(values)), make([]keyed, len(values))
	var counts [passes][1 << digit]uint32
	for i, v := range values {
		k := sortKey(v)
		rows[i] = keyed{k, uint32(i)}
		for p := range passes {
			counts[p][k>>(p*digit)&(1<<digit-1)]++
		}
	}
	for p := range passes {
		count := &counts[p]
		if count[rows[0].key>>(p*digit)&(1<<digit-1)] == uint32(len(rows)) {
			continue
		}
		var sum uint32
		for d, n := range count {
			count[d], sum = sum, sum+n
		}
		for _, r := range rows {
			d := r.key >> (p * digit) & (1<<digit - 1)
			spare[count[d]] = r
			count[d]++
		}
		rows, spare = spare, rows
	}
	return rows
}
