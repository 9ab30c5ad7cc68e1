package arrange

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

type thing struct {
	rank int
	name string
}

// Both sort as slices does, which is the reference.
func TestAsSlicesSort(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	full := func(a, b thing) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name)) }
	rank := func(a, b thing) int { return cmp.Compare(a.rank, b.rank) }
	for n := range 200 {
		list := make([]thing, n)
		for i := range list {
			list[i] = thing{random.IntN(1 + n/3), string(rune('a' + random.IntN(26)))}
		}
		want, got := slices.Clone(list), slices.Clone(list)
		slices.SortFunc(want, full)
		if By(got, full); !slices.Equal(got, want) {
			t.Fatalf("By gives %v, slices %v", got, want)
		}
		want, got = slices.Clone(list), slices.Clone(list)
		slices.SortStableFunc(want, rank)
		if Stably(got, rank); !slices.Equal(got, want) {
			t.Fatalf("Stably gives %v, slices %v", got, want)
		}
	}
}
