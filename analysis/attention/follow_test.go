package attention

import (
	"testing"
	"time"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"

	"pgregory.net/rapid"
)

// TestFollow lays groups that were spoken to beside groups that were not, by hand.
func TestFollow(t *testing.T) {
	plan := Default(analysis.Date(2025, 1, 1))
	from, to := analysis.Date(2025, 1, 1), analysis.Date(2025, 12, 31)
	call := func(month int) Moment {
		return Moment{analysis.Call, analysis.Date(2025, time.Month(month), 10)}
	}
	group := func(segment analysis.Segment, moments ...Moment) Becoming {
		return Becoming{History: History{Group: Group{Segment: segment, Since: analysis.NoDay}, Moments: moments}}
	}
	spoken := group("B", call(2), call(8)) // two of three: the yearly talk was missed
	spoken.After, spoken.Rated, spoken.RateHigh = "A", true, true
	silent := group("B")
	silent.After, silent.Left = "C", true
	none := group("", call(2))
	d := group("D", call(2)) // D has collective lines only
	got := plan.Follow(from, to, []Becoming{spoken, silent, none, d})
	want := Followed{From: from, To: to,
		Most:   Outcome{Groups: 1, Kept: 1, Compared: 1, Up: 1, Rated: 1, RateHigh: 1},
		Fewest: Outcome{Groups: 1, Compared: 1, Down: 1}}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got.Enough() {
		t.Error("two groups are enough to say something")
	}
	// What somebody decided was not needed counts for nobody.
	silent.More = &More{Marks: []Mark{{Activity: activityCall, Period: analysis.Date(2025, 1, 1), State: NotNeeded},
		{Activity: activityCall, Period: analysis.Date(2025, 7, 1), State: NotNeeded}, {Activity: activityYearly, Period: analysis.Date(2025, 1, 1), State: NotNeeded}}}
	if got := plan.Follow(from, to, []Becoming{silent}); got.Most.Groups+got.Fewest.Groups != 0 {
		t.Errorf("a group of which nothing was asked counts: %+v", got)
	}
}

// TestReportAddsUp: whoever reports on parts of an office and adds them has the
// report on the whole, and nobody did more than was planned.
func TestReportAddsUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		start := analysis.Date(2025, 1, 1)
		plan := Default(start)
		from := start + analysis.Day(rapid.IntRange(0, 200).Draw(r, "from"))
		to := from + analysis.Day(rapid.IntRange(0, 500).Draw(r, "days"))
		var all []History
		for range rapid.IntRange(0, 12).Draw(r, "groups") {
			h := History{Group: Group{Segment: rapid.SampledFrom(append(analysis.Segments(), "")).Draw(r, "segment"), Since: analysis.NoDay}}
			for range rapid.IntRange(0, 9).Draw(r, "moments") {
				h.Moments = append(h.Moments, Moment{rapid.SampledFrom(analysis.TouchKinds()).Draw(r, "kind"), start + analysis.Day(rapid.IntRange(0, 700).Draw(r, "day"))})
			}
			all = append(all, h)
		}
		cut := rapid.IntRange(0, len(all)).Draw(r, "cut")
		copied := append([]History{}, all...)
		whole := plan.Report(from, to, copied)
		copied = append([]History{}, all...)
		a, b := plan.Report(from, to, copied[:cut]), plan.Report(from, to, copied[cut:])
		if whole.Moments != a.Moments+b.Moments || whole.Open != a.Open+b.Open || whole.Late != a.Late+b.Late ||
			whole.GroupsA != a.GroupsA+b.GroupsA || whole.ReachedA != a.ReachedA+b.ReachedA || whole.DoneMinutes() != a.DoneMinutes()+b.DoneMinutes() {
			r.Fatalf("%+v\n%+v\n%+v", whole, a, b)
		}
		for _, c := range whole.Cells {
			if c.Done+c.Waived > c.Planned || c.DoneMinutes > c.PlannedMinutes {
				r.Fatalf("more was done than planned: %+v", c)
			}
		}
		if whole.Late > whole.Open || whole.ReachedA > whole.GroupsA {
			r.Fatalf("%+v", whole)
		}
	})
}
