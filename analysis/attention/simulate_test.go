package attention

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func seq(groups []Group) iter.Seq2[Group, error] {
	return func(yield func(Group, error) bool) {
		for _, g := range groups {
			if !yield(g, nil) {
				return
			}
		}
	}
}

// senior is a manager with 30 A, 60 B and 60 C groups who is their own partner.
func senior(m analysis.ManagerID) []Group {
	var all []Group
	for _, s := range []struct {
		segment analysis.Segment
		n       int
	}{{"A", 30}, {"B", 60}, {"C", 60}} {
		for range s.n {
			all = append(all, Group{ID: analysis.GroupID(len(all) + 1), Manager: m, Partner: m, Segment: s.segment, Since: analysis.NoDay})
		}
	}
	return all
}

// unlimited plans without bound on capacity.
func unlimited(p Plan) Plan {
	p.Capacity = 100_000
	return p
}

func week(t testing.TB, p Plan, w Week, groups []Group) []Personal {
	t.Helper()
	weeks, err := p.PlanWeek(Request{Week: w, Day: analysis.NoDay}, seq(groups))
	if err != nil {
		t.Fatal(err)
	}
	return weeks
}

// TestTimesAYear: a line of n a year asks for each of the n periods of a year
// exactly once, whatever the days on which people do what is asked - in the same
// week, weeks later, unasked before it - unless the moment came by itself.
func TestTimesAYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, MostTimes).Draw(t, "times")
		p := unlimited(Plan{Lines: []Line{{"A", "x", Periodic, analysis.Call, n, ByManager, 15}}, Start: analysis.NoDay,
			Shares: map[analysis.Segment]float64{}, WorkingWeeks: 44})
		g := Group{ID: analysis.GroupID(rapid.Int64Range(1, 1e6).Draw(t, "group")), Manager: 1, Segment: "A", Since: analysis.NoDay}
		asked, met := map[Period]bool{}, map[Period]bool{}
		planned := map[analysis.Day]bool{}
		for w := (Week{2024, 53 - 1}); w.Year < 2027; w = w.Next() {
			tt := p.on(w.Monday(), w.Sunday())
			d := tt.periodic(&g, &p.Lines[0])
			if d.Asked {
				if met[d.Period] {
					t.Fatalf("%v asks for %v, which was met", w, d.Period)
				}
				asked[d.Period] = true
				delay := rapid.IntRange(0, 500).Draw(t, "days until it is done")
				planned[w.Monday()+analysis.Day(delay)] = true
			}
			if rapid.IntRange(0, 9).Draw(t, "unasked") == 0 {
				planned[w.Monday()+analysis.Day(rapid.IntRange(0, 6).Draw(t, "on"))] = true
			}
			for day := w.Monday(); day <= w.Sunday(); day++ {
				if planned[day] {
					g.Last.See(analysis.Call, day)
					met[PeriodOf(n, day)] = true
				}
			}
		}
		wanted := 0
		for period := PeriodOf(n, analysis.Date(2026, 1, 1)); period.From.Year() == 2026; period = period.next(n) {
			wanted++
			if !asked[period] && !met[period] {
				t.Fatalf("nobody was asked for %v (%d a year)", period, n)
			}
		}
		if wanted != n {
			t.Fatalf("2026 wants %d, the plan says %d", wanted, n)
		}
	})
}

// TestDiligentYear: who does what is asked within the week has exactly the
// plan's moments in a year.
func TestDiligentYear(t *testing.T) {
	for n := 1; n <= MostTimes; n++ {
		p := unlimited(Plan{Lines: []Line{{"A", "x", Periodic, analysis.Call, n, ByManager, 15}}, Start: analysis.NoDay, WorkingWeeks: 44})
		g := Group{ID: analysis.GroupID(7 * n), Manager: 1, Segment: "A", Since: analysis.NoDay}
		moments := 0
		for w := (Week{2025, 1}); w.Year < 2028; w = w.Next() {
			if p.on(w.Monday(), w.Sunday()).periodic(&g, &p.Lines[0]).Asked {
				g.Last.See(analysis.Call, w.Monday())
				if w.Monday().Year() == 2026 {
					moments++
				}
			}
		}
		if moments != n {
			t.Errorf("%d moments in 2026 of a plan of %d", moments, n)
		}
	}
}

// TestNoCallAfterVisit: nobody is asked to call, or to do anything lighter,
// whom they visited in the same period, with any plan.
func TestNoCallAfterVisit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := unlimited(Default(analysis.Date(2025, 1, 1)))
		p.Lines[0].Times = rapid.IntRange(1, 12).Draw(t, "calls of A")
		g := Group{ID: 3, Manager: 1, Partner: 2, Segment: "A", Since: analysis.NoDay}
		visit := analysis.Date(2026, 1, 1) + analysis.Day(rapid.IntRange(0, 364).Draw(t, "visit"))
		g.Last.See(analysis.Visit, visit)
		if rapid.Bool().Draw(t, "mailed since") {
			g.Last.See(analysis.Mail, visit+3)
		}
		period := PeriodOf(p.Lines[0].Times, visit)
		for d := visit; d <= period.To; d++ {
			weeks, err := p.PlanWeek(Request{Week: WeekOf(d), Day: d}, seq([]Group{g}))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range weeks {
				if len(w.Items) > 0 {
					t.Fatalf("visited on %v, and on %v asked for %+v", visit, d, w.Items[0])
				}
			}
		}
	})
}

// TestNothingStarves: over a simulated year of a senior manager whose plan does
// not fit, each segment gets what it needs or its guaranteed share, no week has
// more than the capacity, and what is asked is never asked of two groups' worth.
func TestNothingStarves(t *testing.T) {
	for _, start := range []string{"", "2026-01-01"} {
		p := Default(analysis.NoDay)
		if start != "" {
			p.Start, _ = analysis.ParseDay(start)
		}
		p.Capacity = 6 // 312 a year less the busy weeks, of 390
		p.Busy = nil
		groups := senior(1)
		done, capacity := map[analysis.Segment]int{}, 0
		for w := (Week{2026, 1}); w.Year == 2026; w = w.Next() {
			weeks := week(t, p, w, groups)
			if len(weeks) != 1 {
				t.Fatalf("%d people", len(weeks))
			}
			capacity += weeks[0].Capacity
			if len(weeks[0].Items) > weeks[0].Capacity {
				t.Fatalf("%v shows %d of %d", w, len(weeks[0].Items), weeks[0].Capacity)
			}
			seen := map[analysis.GroupID]bool{}
			for _, i := range weeks[0].Items {
				if seen[i.Group] {
					t.Fatalf("%v asks twice for group %d", w, i.Group)
				}
				seen[i.Group] = true
				done[i.Segment]++
				groups[i.Group-1].Last.See(i.Touch, w.Monday())
			}
		}
		t.Logf("start %q: %v of %d", start, done, capacity)
		need := map[analysis.Segment]int{"A": 30 * 4, "B": 60 * 2, "C": 60}
		for s, n := range need {
			if least := min(n, int(p.Shares[s]*float64(capacity))); start == "" && done[s] < least*95/100 {
				t.Errorf("%s had %d moments, guaranteed were %d", s, done[s], least)
			}
		}
	}
}

// TestGuarantees: over a year every share is kept within two places, and no week
// keeps more than its capacity.
func TestGuarantees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Default(analysis.NoDay)
		p.Capacity = rapid.IntRange(2, 40).Draw(t, "capacity")
		year := rapid.IntRange(2020, 2040).Draw(t, "year")
		var sum [5]int
		capacity := 0
		for w := (Week{year, 1}); w.Year == year; w = w.Next() {
			all := 0
			for i, n := range p.guarantees(p.Capacity, w) {
				sum[i] += n
				all += n
			}
			if c := p.capacityIn(1, w); all > c {
				t.Fatalf("%v keeps %d of %d", w, all, c)
			} else {
				capacity += c
			}
		}
		for _, s := range analysis.Segments() {
			if float64(sum[rank(s)]) < p.Shares[s]*float64(capacity)-2 {
				t.Fatalf("%s gets %d of %d, share %v", s, sum[rank(s)], capacity, p.Shares[s])
			}
		}
	})
}

// randomOffice is an office with marks, signals and occasions of every kind.
func randomOffice(t *rapid.T) (Plan, []Group) {
	p := Default(analysis.Date(2026, 1, 1))
	p.Capacity = rapid.IntRange(1, 12).Draw(t, "capacity")
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	var groups []Group
	for i := range rapid.IntRange(0, 120).Draw(t, "groups") {
		g := Group{ID: analysis.GroupID(i + 1), Manager: analysis.ManagerID(r.IntN(4)), Partner: analysis.ManagerID(r.IntN(4)),
			Segment: []analysis.Segment{"A", "B", "C", "D", ""}[r.IntN(5)], Since: analysis.NoDay}
		for _, k := range analysis.TouchKinds() {
			if r.IntN(3) == 0 {
				g.Last.See(k, analysis.Date(2025, 1, 1)+analysis.Day(r.IntN(700)))
			}
		}
		if r.IntN(3) == 0 {
			g.Since = analysis.Date(1995+r.IntN(31), 11, r.IntN(30))
		}
		if r.IntN(3) == 0 {
			day := analysis.Date(2026, 11, 1+r.IntN(30))
			q := PeriodOf(4, day).From
			g.More = &More{Signals: []Signal{{Kind: SignalKinds()[r.IntN(4)], Day: day}},
				Occasions: []Occasion{{Kind: Move, Day: day}},
				Marks: []Mark{{Activity: activityCall, Period: q, State: []MarkState{Snoozed, NotNeeded, HandedOver}[r.IntN(3)],
					Until: day, To: analysis.ManagerID(1 + r.IntN(3)), By: g.Manager}}}
		}
		groups = append(groups, g)
	}
	return p, groups
}

// TestOrderIndependent: the order in which groups come changes nothing, and what
// is shown never exceeds the capacity.
func TestOrderIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, groups := randomOffice(t)
		w := Week{2026, rapid.IntRange(44, 53).Draw(t, "week")}
		had := map[analysis.ManagerID][]analysis.GroupID{}
		for g := range rapid.IntRange(0, 14).Draw(t, "had") {
			had[1] = append(had[1], analysis.GroupID(1+9*g)) // some are not there
		}
		plan := func() []Personal {
			weeks, err := p.PlanWeek(Request{Week: w, Day: analysis.NoDay, Had: had}, seq(groups))
			if err != nil {
				t.Fatal(err)
			}
			for i := range weeks {
				weeks[i].lines = nil
				if len(weeks[i].Items) > max(0, weeks[i].Capacity-len(had[weeks[i].Manager])) {
					t.Fatalf("%d items of %d", len(weeks[i].Items), weeks[i].Capacity)
				}
				for _, item := range weeks[i].Items {
					if item.Reason().Key == "" || item.Question().Key == "" {
						t.Fatalf("nothing to say about %+v", item)
					}
				}
			}
			return weeks
		}
		before := plan()
		rand.New(rand.NewPCG(1, uint64(len(groups)))).Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
		if after := plan(); !reflect.DeepEqual(before, after) {
			t.Fatalf("in another order:\n%v\n%v", fmt.Sprint(before), fmt.Sprint(after))
		}
	})
}
