package value

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func month(y int, m time.Month) analysis.Day { return analysis.Date(y, m, 1) }

func line(y int, m time.Month, service analysis.ServiceID, serviceYear int, euros int64) analysis.MonthRevenue {
	return analysis.MonthRevenue{Month: month(y, m), Service: service, ServiceYear: serviceYear, Amount: analysis.Cents(euros * 100)}
}

// A client billed in May one year and July the next is not down 70%: at no
// moment of those years does the yearly revenue move by more than the price.
func TestShiftedInvoiceMovesNobody(t *testing.T) {
	history := []analysis.MonthRevenue{
		line(2023, time.May, 1, 2022, 10000), line(2024, time.May, 1, 2023, 10000),
		line(2025, time.July, 1, 2024, 10000), line(2026, time.May, 1, 2025, 10000),
	}
	without := slices.Clone(history)
	for i := range without {
		without[i].ServiceYear = 0
	}
	for d := analysis.Date(2025, 5, 1); d < analysis.Date(2026, 12, 31); d = d.AddMonths(1) {
		for name, h := range map[string][]analysis.MonthRevenue{"by service year": history, "without": without} {
			if got := YearlyRevenue(h, d); got.Amount != 1000000 || got.New || !got.Known {
				t.Errorf("%s, at %s: %+v, want € 10.000", name, d, got)
			}
		}
	}
	// Who is not billed any more goes down, and out.
	for d, want := range map[analysis.Day]analysis.Cents{analysis.Date(2027, 8, 31): 1000000, analysis.Date(2027, 9, 1): 500000, analysis.Date(2028, 5, 1): 0} {
		if got := YearlyRevenue(without, d); got.Amount != want {
			t.Errorf("at %s, after the last invoice of May 2026: %+v, want %d", d, got, want)
		}
	}
}

// What is not billed once a year is the mean of the last 24 months, to the cent.
func TestMeanOfTwoYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gap := rapid.IntRange(1, onceAYearLeast-1).Draw(t, "months between invoices")
		asOf, want := analysis.Date(2026, 11, 21), int64(0)
		var history []analysis.MonthRevenue
		for back := rapid.IntRange(0, 8).Draw(t, "months since"); back < 48; back += gap {
			euros := int64(rapid.IntRange(-500, 5000).Draw(t, "euros"))
			d := asOf.AddMonths(-back)
			history = append(history, line(d.Year(), d.Time().Month(), 1, 0, euros))
			if back < 24 {
				want += euros * 100
			}
		}
		if got := YearlyRevenue(history, asOf); got.Amount != rounded(float64(want)/2) {
			t.Fatalf("%v: %+v, want %d", history, got, want/2)
		}
	})
}

func TestYearlyRevenue(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	for _, c := range []struct {
		name    string
		history []analysis.MonthRevenue
		want    Yearly
	}{
		{"never invoiced", nil, Yearly{}},
		{"only in the future", []analysis.MonthRevenue{line(2027, 1, 1, 0, 500)}, Yearly{}},
		{"mean of two years without a service year",
			[]analysis.MonthRevenue{line(2022, 1, 1, 0, 9999), line(2025, 3, 1, 0, 1000), line(2026, 3, 1, 0, 3000)},
			Yearly{Amount: 200000, Known: true}},
		{"a year that is hardly billed yet counts as the one before",
			[]analysis.MonthRevenue{line(2024, 1, 1, 2023, 8000), line(2025, 1, 1, 2024, 8000), line(2026, 2, 1, 2025, 800)},
			Yearly{Amount: 800000, Known: true}},
		{"a service that stopped two years ago is gone",
			[]analysis.MonthRevenue{line(2022, 1, 1, 2021, 8000), line(2023, 1, 2, 2022, 1)},
			Yearly{Amount: 0, Known: true}},
		{"both kinds of line add up",
			[]analysis.MonthRevenue{line(2024, 6, 1, 2023, 4000), line(2025, 6, 1, 2024, 4000), line(2026, 6, 1, 2025, 5000), line(2026, 6, 2, 0, 600)},
			Yearly{Amount: 530000, Known: true}},
		{"half a year is annualised and new",
			[]analysis.MonthRevenue{line(2026, 6, 1, 0, 100), line(2026, 11, 1, 0, 200)},
			Yearly{Amount: 60000, Known: true, New: true}},
		{"credit notes count", []analysis.MonthRevenue{line(2023, 1, 1, 0, 1), line(2026, 3, 1, 0, 1000), line(2026, 4, 1, 0, -400)},
			Yearly{Amount: 30000, Known: true}},
	} {
		if got := YearlyRevenue(c.history, asOf); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestTrailingAndYears(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	history := []analysis.MonthRevenue{
		line(2024, 11, 1, 0, 1), line(2024, 12, 1, 0, 10), line(2025, 11, 1, 0, 100), line(2025, 12, 1, 0, 1000), line(2026, 11, 2, 0, 10000), line(2026, 12, 1, 0, 5),
	}
	ttm, previous := Trailing(history, asOf)
	if ttm != 1100000 || previous != 11000 {
		t.Errorf("Trailing = %d, %d, want 1100000, 11000", ttm, previous)
	}
	want := []YearRevenue{{2024, 1100}, {2025, 110000}, {2026, 1000000}}
	if got := ByYear(history, asOf); !slices.Equal(got, want) {
		t.Errorf("ByYear = %v, want %v", got, want)
	}
	if got := Bought(history, asOf); !slices.Equal(got, []analysis.ServiceID{2, 1}) {
		t.Errorf("Bought = %v", got)
	}
	gap := []analysis.MonthRevenue{line(2023, 1, 1, 0, 1), line(2025, 1, 1, 0, 1)}
	if got := ByYear(gap, analysis.Date(2025, 6, 1)); len(got) != 3 || got[1] != (YearRevenue{2024, 0}) {
		t.Errorf("a year without an invoice is missing: %v", got)
	}
}

func TestGrowth(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	steady := []analysis.MonthRevenue{line(2021, 1, 1, 0, 1), line(2024, 1, 1, 0, 100), line(2025, 1, 1, 0, 100), line(2026, 1, 1, 0, 140)}
	if got, ok := Growth(steady, asOf); !ok || got < .199 || got > .201 {
		t.Errorf("Growth = %v, %v, want 20%%", got, ok)
	}
	if _, ok := Growth([]analysis.MonthRevenue{line(2026, 1, 1, 0, 100)}, asOf); ok {
		t.Error("a new client has no growth")
	}
}

// Whatever the order of the lines, the figures are the same, and the years add
// up to everything invoiced until asOf.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asOf := analysis.Date(2026, 11, 21)
		history := rapid.SliceOf(rapid.Custom(func(t *rapid.T) analysis.MonthRevenue {
			return line(rapid.IntRange(2019, 2027).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
				analysis.ServiceID(rapid.IntRange(0, 3).Draw(t, "service")), rapid.SampledFrom([]int{0, 2023, 2024, 2025}).Draw(t, "for"),
				int64(rapid.IntRange(-500, 5000).Draw(t, "euros")))
		})).Draw(t, "history")
		mixed := rapid.Permutation(history).Draw(t, "mixed")
		if a, b := YearlyRevenue(history, asOf), YearlyRevenue(mixed, asOf); a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
		var all, byYear analysis.Cents
		for _, m := range until(history, asOf) {
			all += m.Amount
		}
		for _, y := range ByYear(mixed, asOf) {
			byYear += y.Amount
		}
		if all != byYear {
			t.Fatalf("years add up to %d of %d", byYear, all)
		}
	})
}
