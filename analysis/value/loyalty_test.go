package value

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func TestLoyaltyScore(t *testing.T) {
	for _, c := range []struct {
		name  string
		l     Loyalty
		want  float64
		known bool
	}{
		{"nothing known", Loyalty{}, 0, false},
		{"two known are too few", Loyalty{Repeat: Yes, Services: Yes}, 0, false},
		{"four known", Loyalty{Repeat: Yes, Services: Yes, Contacts: No, Open: Yes}, 75, true},
		{"three known", Loyalty{Repeat: Yes, Services: No, Contacts: No}, 33.3333, true},
		{"all true", Loyalty{Yes, Yes, Yes, Yes, Yes, Yes}, 100, true},
		{"all false", Loyalty{No, No, No, No, No, No}, 0, true},
	} {
		if got, ok := DefaultSettings().Loyalty.Score(c.l); math.Abs(got-c.want) > 1e-4 || ok != c.known {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, ok, c.want, c.known)
		}
	}
}

// Learning that a mark is true never lowers a score that there is, learning
// that it is false never raises it.
func TestLoyaltyIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var marks [6]Truth
		for i := range marks {
			marks[i] = Truth(rapid.IntRange(0, 2).Draw(t, "mark"))
		}
		of := func() (float64, bool) {
			return DefaultSettings().Loyalty.Score(Loyalty{marks[0], marks[1], marks[2], marks[3], marks[4], marks[5]})
		}
		before, ok := of()
		if !(before >= 0 && before <= 100) {
			t.Fatalf("%v", before)
		}
		i := rapid.IntRange(0, 5).Draw(t, "which")
		if !ok || marks[i] != NotKnown {
			t.Skip("the draw is missing an unknown mark beside a score")
		}
		marks[i] = Yes
		if after, _ := of(); after < before {
			t.Fatalf("true lowered %v to %v", before, after)
		}
		marks[i] = No
		if after, _ := of(); after > before {
			t.Fatalf("false raised %v to %v", before, after)
		}
	})
}

func TestLoyaltyMarks(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	three := []analysis.MonthRevenue{line(2024, time.June, 1, 0, 10), line(2025, time.June, 1, 0, 10), line(2025, time.June, 2, 0, 10), line(2026, time.June, 3, 0, 10)}
	silent := LoyaltyEvidence{From: analysis.NoDay, Contacts: -1, Partnership: -1}
	edit := func(change func(e *LoyaltyEvidence)) LoyaltyEvidence {
		e := silent
		change(&e)
		return e
	}
	for _, c := range []struct {
		name string
		e    LoyaltyEvidence
		want Loyalty
	}{
		{"no evidence", silent, Loyalty{}},
		{"three years, three services", edit(func(e *LoyaltyEvidence) { e.Months = three }), Loyalty{Repeat: Yes, Services: Yes}},
		{"two years in an office of two years", edit(func(e *LoyaltyEvidence) { e.Months, e.From = three[2:], month(2025, 1) }), Loyalty{Services: No}},
		{"two years in an office of ten", edit(func(e *LoyaltyEvidence) { e.Months, e.From = three[2:], month(2016, 1) }), Loyalty{Repeat: No, Services: No}},
		{"contacts", edit(func(e *LoyaltyEvidence) { e.Contacts = 2 }), Loyalty{Contacts: Yes}},
		{"no contacts", edit(func(e *LoyaltyEvidence) { e.Contacts = 0 }), Loyalty{Contacts: No}},
		{"brought a client, was never asked", edit(func(e *LoyaltyEvidence) { e.Referred = Yes }), Loyalty{Recommends: Yes}},
		{"brought nobody, was never asked", edit(func(e *LoyaltyEvidence) { e.Referred = No }), Loyalty{}},
		{"brought nobody, is no promoter", edit(func(e *LoyaltyEvidence) { e.Referred, e.Promoter = No, No }), Loyalty{Recommends: No}},
		{"open", edit(func(e *LoyaltyEvidence) { e.Open = Yes }), Loyalty{Open: Yes}},
		{"a partnership", edit(func(e *LoyaltyEvidence) { e.Partnership = 3 }), Loyalty{Partnership: Yes}},
		{"no partnership", edit(func(e *LoyaltyEvidence) { e.Partnership = 0 }), Loyalty{Partnership: No}},
	} {
		if got := c.e.Loyalty(asOf); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestYearsInARow(t *testing.T) {
	asOf := analysis.Date(2026, 3, 1)
	for _, c := range []struct {
		name    string
		history []analysis.MonthRevenue
		want    int
	}{
		{"none", nil, 0},
		{"not billed yet this year", []analysis.MonthRevenue{line(2024, 5, 1, 0, 1), line(2025, 5, 1, 0, 1)}, 2},
		{"work for 2024 is the last that is billed", []analysis.MonthRevenue{line(2024, 5, 1, 2023, 1), line(2025, 5, 1, 2024, 1)}, 2},
		{"a gap", []analysis.MonthRevenue{line(2022, 5, 1, 0, 1), line(2024, 5, 1, 0, 1), line(2025, 5, 1, 0, 1)}, 2},
		{"long gone", []analysis.MonthRevenue{line(2021, 5, 1, 0, 1)}, 0},
		{"an invoice past New Year, for a year each", []analysis.MonthRevenue{line(2023, 12, 1, 2023, 1), line(2025, 1, 1, 2024, 1), line(2025, 12, 1, 2025, 1)}, 3},
		{"a year that was credited", []analysis.MonthRevenue{line(2024, 5, 1, 0, 1), line(2025, 5, 1, 0, 1), line(2025, 6, 1, 0, -1)}, 1},
	} {
		if got := YearsInARow(c.history, asOf); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
