package rapidseed

import (
	"flag"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSameEveryRun: two properties draw the same, which with a seed of the moment
// they would not.
func TestSameEveryRun(t *testing.T) {
	if asked := flag.Lookup("rapid.seed").Value.String(); asked != seed {
		t.Skip("another seed was asked for: " + asked)
	}
	draws := func() (drawn []uint64) {
		rapid.Check(t, func(rt *rapid.T) { drawn = append(drawn, rapid.Uint64().Draw(rt, "number")) })
		return drawn
	}
	if a, b := draws(), draws(); len(a) < 10 || !slices.Equal(a, b) {
		t.Errorf("drew %v and then %v", a, b)
	}
}
