package value

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
)

// monthly is a client invoiced every month of four years up to and including
// 2026-10, for amount(i) euros i months before that.
func monthly(amount func(back int) int64) []analysis.MonthRevenue {
	var history []analysis.MonthRevenue
	for back := range 48 {
		d := month(2026, time.October).AddMonths(-back)
		history = append(history, line(d.Year(), d.Time().Month(), 1, 0, amount(back)))
	}
	return history
}

func TestDrop(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	for _, c := range []struct {
		name    string
		history []analysis.MonthRevenue
		want    float64
	}{
		{"nothing", nil, 0},
		{"steady", monthly(func(int) int64 { return 100 }), 0},
		{"down by 60% for five months", monthly(func(back int) int64 {
			if back < 5 {
				return 40
			}
			return 100
		}), 60},
		{"down by a fifth", monthly(func(back int) int64 {
			if back < 5 {
				return 80
			}
			return 100
		}), 0},
		{"one invoice that is late", monthly(func(back int) int64 {
			if back < 1 {
				return 0
			}
			return 100
		}), 0},
		{"a season that comes back every year", monthly(func(back int) int64 {
			if back%12 < 4 {
				return 10
			}
			return 100
		}), 0},
		{"a steady client that left", monthly(func(back int) int64 {
			if back < 6 {
				return 0
			}
			return 100
		}), 100},
		{"credited more than invoiced", monthly(func(back int) int64 {
			if back < 6 {
				return -50
			}
			return 100
		}), 100},
		{"a yearly invoice that was halved", []analysis.MonthRevenue{line(2022, 5, 1, 0, 100), line(2023, 5, 1, 0, 100), line(2024, 5, 1, 0, 100), line(2025, 5, 1, 0, 100), line(2026, 5, 1, 0, 50)}, 50},
		{"too young to compare", []analysis.MonthRevenue{line(2025, 5, 1, 0, 100), line(2026, 5, 1, 0, 10)}, 0},
	} {
		if got := drop(c.history, asOf); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// An invoice that moves from May to July, and back, is a departure in no week of
// the years around it.
func TestShiftedInvoiceIsNoDeparture(t *testing.T) {
	history := []analysis.MonthRevenue{line(2021, 5, 1, 0, 100), line(2022, 5, 1, 0, 100), line(2023, 5, 1, 0, 100), line(2024, 5, 1, 0, 100),
		line(2025, 7, 1, 0, 100), line(2026, 5, 1, 0, 100), line(2027, 7, 1, 0, 100), line(2028, 7, 1, 0, 100), line(2029, 5, 1, 0, 100)}
	for d := analysis.Date(2024, 6, 1); d < analysis.Date(2029, 12, 1); d += 7 {
		if got := DepartureOf(history, nil, analysis.NoDay, d); got.Any() {
			t.Errorf("%s: %+v", d, got)
		}
	}
}

func TestStopped(t *testing.T) {
	history := []analysis.MonthRevenue{
		line(2023, 5, 1, 0, 10), line(2024, 5, 1, 0, 10), line(2025, 5, 1, 0, 10), line(2026, 5, 1, 0, 10), // goes on
		line(2023, 6, 2, 0, 10), line(2024, 6, 2, 0, 10), line(2025, 6, 2, 0, 10), // stopped
		line(2023, 6, 3, 0, 90), line(2024, 6, 3, 0, 90), line(2025, 6, 3, 0, 90), // stopped, and was more
		line(2025, 6, 4, 0, 99),                                                   // a job done once
		line(2020, 6, 5, 0, 99), line(2021, 6, 5, 0, 99), line(2022, 6, 5, 0, 99), // stopped long ago
	}
	if got := DepartureOf(history, nil, analysis.NoDay, analysis.Date(2026, 11, 21)); !slices.Equal(got.Stopped, []analysis.ServiceID{3, 2}) {
		t.Errorf("stopped: %v", got.Stopped)
	}
	if got := DepartureOf(history, nil, analysis.NoDay, analysis.Date(2026, 8, 1)); len(got.Stopped) != 0 {
		t.Errorf("a quarter late is not stopped: %v", got.Stopped)
	}
}

func TestFewerContacts(t *testing.T) {
	asOf, recorded := analysis.Date(2026, 11, 21), analysis.Date(2023, 1, 1)
	times := func(year, n int) (days []analysis.Day) {
		for i := range n {
			days = append(days, analysis.Date(year, time.Month(i%12+1), 3))
		}
		return days
	}
	for _, c := range []struct {
		name     string
		contacts []analysis.Day
		recorded analysis.Day
		want     bool
	}{
		{"six, six and two", slices.Concat(times(2024, 6), times(2025, 6), times(2026, 2)), recorded, true},
		{"six, six and four", slices.Concat(times(2024, 6), times(2025, 6), times(2026, 4)), recorded, false},
		{"one, one and none is too little to say", slices.Concat(times(2024, 1), times(2025, 1)), recorded, false},
		{"never any", nil, recorded, false},
		{"not recorded then", slices.Concat(times(2025, 6), times(2026, 0)), analysis.Date(2025, 1, 1), false},
		{"not recorded at all", nil, analysis.NoDay, false},
		{"in the future", slices.Concat(times(2024, 6), times(2025, 6), times(2027, 6)), recorded, true},
	} {
		if got := DepartureOf(nil, c.contacts, c.recorded, asOf); got.Fewer != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestNextSteps(t *testing.T) {
	offers := []Whitespace{{Service: 7, Amount: 100}}
	for _, c := range []struct {
		name string
		s    Situation
		want []string
	}{
		{"nothing to do", Situation{Segment: "C", Contacts: 2, Type: analysis.Transactional, Whitespace: offers}, nil},
		{"everything: keep before grow", Situation{Segment: "A", Type: analysis.Strategic, Cell: analysis.Recover, LateDays: 9, Whitespace: offers,
			Departure: Departure{Stopped: []analysis.ServiceID{3}, Drop: 30, Fewer: true}}, []string{"step.stopped", "step.recover", "step.late"}},
		{"an ontwikkelklant is asked to grow", Situation{Segment: "C", Type: analysis.Developing, LateDays: 9, Whitespace: offers, Departure: Departure{Drop: 30}},
			[]string{"step.drop", "step.unused", "step.late"}},
		{"high value and one contact, unmeasured", Situation{Segment: "B", Type: analysis.Large, Cell: analysis.NotMeasured, Contacts: 1, Whitespace: offers},
			[]string{"step.second_contact", "step.measure", "step.unused"}},
		{"a D is never late", Situation{Segment: "D", LateDays: 99, Contacts: 1, Departure: Departure{Fewer: true}}, []string{"step.fewer"}},
		{"not segmented, nobody known", Situation{}, []string{"step.no_contact"}},
	} {
		var got []string
		for i, step := range NextSteps(c.s) {
			got = append(got, step.Key)
			if step.Priority != i+1 {
				t.Errorf("%s: %+v stands at %d", c.name, step, i)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := NextSteps(Situation{Segment: "C", Contacts: 1, Whitespace: offers}); got[0].Args["service"] != analysis.ServiceID(7) || got[0].Args["amount"] != analysis.Cents(100) {
		t.Errorf("%+v", got)
	}
}

// Whatever the history, a drop is a percentage, and the order of the lines does
// not matter.
func TestDepartureHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asOf := analysis.Date(2026, 11, 21)
		history := rapid.SliceOf(rapid.Custom(func(t *rapid.T) analysis.MonthRevenue {
			return line(rapid.IntRange(2022, 2027).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
				analysis.ServiceID(rapid.IntRange(0, 3).Draw(t, "service")), 0, int64(rapid.IntRange(-500, 5000).Draw(t, "euros")))
		})).Draw(t, "history")
		a := DepartureOf(history, nil, analysis.NoDay, asOf)
		b := DepartureOf(rapid.Permutation(history).Draw(t, "mixed"), nil, analysis.NoDay, asOf)
		if a.Drop != 0 && !(a.Drop >= 25-1e-9 && a.Drop <= 100) || a.Drop != b.Drop || !slices.Equal(a.Stopped, b.Stopped) {
			t.Fatalf("%+v, %+v", a, b)
		}
	})
}
