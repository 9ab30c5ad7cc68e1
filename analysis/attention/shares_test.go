package attention

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

// busyPerson is somebody with groups of every segment, all of which are due, and
// some with a signal.
func busyPerson(t *rapid.T) (Plan, []Group) {
	p := Default(analysis.NoDay)
	p.Capacity = rapid.IntRange(1, 12).Draw(t, "capacity")
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	var groups []Group
	for i := range rapid.IntRange(0, 90).Draw(t, "groups") {
		g := Group{ID: analysis.GroupID(i + 1), Manager: 1, Partner: 1, Segment: []analysis.Segment{"A", "B", "C", "D", ""}[r.IntN(5)], Since: analysis.NoDay}
		g.Last.See(analysis.TouchKinds()[r.IntN(4)], analysis.Date(2024, 6, 1)+analysis.Day(r.IntN(800)))
		if r.IntN(8) == 0 {
			g.More = &More{Signals: []Signal{{Kind: SignalKinds()[r.IntN(4)], Day: analysis.Date(2026, 11, 1+r.IntN(20))}}}
		}
		groups = append(groups, g)
	}
	return p, groups
}

// TestDoingPartOfAWeek: who does something of their week, whatever they begin
// with, sees the rest of it as it was: no group of another segment goes because
// those of A were done first, and nothing comes in the place of what was done.
func TestDoingPartOfAWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, groups := busyPerson(t)
		w := Week{2026, rapid.IntRange(47, 53).Draw(t, "week")}
		had := map[analysis.ManagerID][]analysis.GroupID{}
		shown := func() (ids []analysis.GroupID) {
			weeks, err := p.PlanWeek(Request{Week: w, Day: analysis.NoDay, Had: had}, seq(groups))
			if err != nil {
				t.Fatal(err)
			}
			for _, week := range weeks {
				for _, i := range week.Items {
					ids = append(ids, i.Group)
				}
			}
			return ids
		}
		for before := shown(); len(before) > 0; {
			n := rapid.IntRange(0, len(before)-1).Draw(t, "which")
			did := before[n]
			groups[did-1].Last.See(analysis.Visit, w.Monday())
			had[1] = append(had[1], did)
			left := append(append([]analysis.GroupID{}, before[:n]...), before[n+1:]...)
			if after := shown(); len(left)+len(after) > 0 && !reflect.DeepEqual(left, after) {
				t.Fatalf("%v: after group %d of %v: %v", w, did, before, after)
			}
			before = left
		}
	})
}

// TestBatchStarvesNobody: in the week of the monthly batch A and B have at least
// half of their guaranteed share, and a place each, where so much is due.
func TestBatchStarvesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, groups := busyPerson(t)
		p.Capacity = max(p.Capacity, 3)
		for i := range groups {
			groups[i].More = nil // signals come before shares
		}
		w := Week{2026, rapid.SampledFrom([]int{2, 6, 10, 15, 19, 28, 45, 50}).Draw(t, "week")}
		if !w.Batch() {
			t.Fatalf("%v is none", w)
		}
		capacity := p.capacityIn(1, w)
		weeks, err := p.PlanWeek(Request{Week: w, Day: analysis.NoDay}, seq(groups))
		if err != nil {
			t.Fatal(err)
		}
		wide, err := unlimited(p).PlanWeek(Request{Week: w, Day: analysis.NoDay}, seq(groups))
		if err != nil {
			t.Fatal(err)
		}
		count := func(weeks []Personal) map[analysis.Segment]int {
			n := map[analysis.Segment]int{}
			for _, week := range weeks {
				for _, i := range week.Items {
					n[i.Segment]++
				}
			}
			return n
		}
		shown, due := count(weeks), count(wide)
		for _, s := range []analysis.Segment{"A", "B"} {
			least := max(1, int(p.Shares[s]*float64(capacity)/2))
			if capacity >= 2 && shown[s] < min(due[s], least) {
				t.Fatalf("%v, capacity %d: %s has %d of %d that are due, at least %d are its own: %v", w, capacity, s, shown[s], due[s], least, shown)
			}
		}
	})
}

// TestSignalsBeforeShares: whose client is unhappy hears it this week, of whatever
// segment; what is due of others keeps half of its places.
func TestSignalsBeforeShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, groups := busyPerson(t)
		w := Week{2026, rapid.IntRange(47, 53).Draw(t, "week")}
		plan := func(p Plan) []Item {
			weeks, err := p.PlanWeek(Request{Week: w, Day: analysis.NoDay}, seq(groups))
			if err != nil {
				t.Fatal(err)
			}
			if len(weeks) == 0 {
				return nil
			}
			return weeks[0].Items
		}
		least, shown, due := 0, 0, 0
		capacity := p.capacityIn(1, w)
		for i := range analysis.Segments() {
			least += min(floor(p.shareOf(i), capacity), p.guarantees(p.Capacity, w)[i])
		}
		for _, i := range plan(p) {
			shown += boolInt(len(i.Signals) > 0)
		}
		for _, i := range plan(unlimited(p)) {
			due += boolInt(len(i.Signals) > 0)
		}
		if shown < min(due, capacity-least) {
			t.Fatalf("%v shows %d of %d signals, capacity %d, of which %d are kept", w, shown, due, capacity, least)
		}
	})
}
