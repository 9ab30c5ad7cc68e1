package sqlstore

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"strings"
)

// tally is what a table holds, worked out from its rows in any order and the same on
// both engines, of which one has no sum that can not overflow.
type tally struct {
	rows   int64
	all    uint64  // sum of the hashes of all rows, each over all its columns
	sums   []int64 // of the columns of money
	names  []string
	places []int // of those columns
	hash   maphash.Hash
}

// tallySeed makes hashes of one process comparable.
var tallySeed = maphash.MakeSeed()

func newTally(t shape) *tally {
	y := &tally{}
	y.hash.SetSeed(tallySeed)
	for i, c := range t.columns {
		if c.kind == "integer" && strings.HasSuffix(c.name, "cents") {
			y.names, y.places = append(y.names, c.name), append(y.places, i)
		}
	}
	y.sums = make([]int64, len(y.places))
	return y
}

// add counts a row as a driver reads it.
func (y *tally) add(row []any) {
	y.rows++
	y.hash.Reset()
	for _, value := range row {
		var kind byte
		var bits uint64
		var words string
		switch v := value.(type) {
		case int64:
			kind, bits = 1, uint64(v)
		case float64:
			kind, bits = 2, math.Float64bits(v+0) // SQLite keeps no sign of zero
		case string:
			kind, bits, words = 3, uint64(len(v)), v
		case []byte:
			kind, bits, words = 4, uint64(len(v)), string(v)
		}
		var head [9]byte
		head[0] = kind
		binary.LittleEndian.PutUint64(head[1:], bits)
		_, _ = y.hash.Write(head[:])
		_, _ = y.hash.WriteString(words)
	}
	y.all += y.hash.Sum64()
	for i, at := range y.places {
		cents, _ := row[at].(int64)
		y.sums[i] += cents
	}
}

func (y *tally) equal(o *tally) bool { return y.rows == o.rows && y.all == o.all }

// cents is the sum of each column of money.
func (y *tally) cents() map[string]int64 {
	sums := map[string]int64{}
	for i, name := range y.names {
		sums[name] = y.sums[i]
	}
	return sums
}
