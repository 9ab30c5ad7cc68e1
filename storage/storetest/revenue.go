package storetest

import (
	"slices"
	"testing"

	"klantbot/analysis"
)

// testRevenue: lines of a group add up by month, service and service year.
func testRevenue(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	line := func(number string, day analysis.Day, service string, year int, cents analysis.Cents) analysis.StagedLine {
		return analysis.StagedLine{Number: number, Day: day, Invoice: "F1", Service: service, ServiceYear: year, Amount: cents}
	}
	jan1, jan31, feb1 := analysis.Date(2026, 1, 1), analysis.Date(2026, 1, 31), analysis.Date(2026, 2, 1)
	addLines(t, s, "Exact",
		line("1", feb1, "Advies", 2026, 100), line("1", jan31, "Advies", 2025, 250), line("2", jan1, "Advies", 2025, -50),
		line("2", jan1, "Advies", 2025, -50), // equal lines all count
		line("1", analysis.Date(1999, 12, 31), "", 0, 1),
		line("1", jan1, "Lonen", 2025, 7), line("1", jan1, "Lonen", 2026, 9),
		line("1", jan31, "Advies", 2025, 1<<53+1), // exact beyond a float64
		line("3", jan1, "Advies", 2025, 999), line("", jan1, "Advies", 2025, 12345))

	services, err := s.Services(t.Context())
	if err != nil || len(services) != 2 || services[0].ID >= services[1].ID {
		t.Fatalf("Services = %v, %v; want two by id", services, err)
	}
	id := map[string]analysis.ServiceID{"": 0}
	for _, service := range services {
		id[service.Name] = service.ID
	}
	got, err := s.MonthRevenue(t.Context(), clientOf(t, s, "1").Group)
	if err != nil {
		t.Fatal(err)
	}
	want := []analysis.MonthRevenue{
		{Month: analysis.Date(1999, 12, 1), Amount: 1},
		{Month: jan1, Service: id["Advies"], ServiceYear: 2025, Amount: 1<<53 + 1 + 250 - 100},
		{Month: jan1, Service: id["Lonen"], ServiceYear: 2025, Amount: 7},
		{Month: jan1, Service: id["Lonen"], ServiceYear: 2026, Amount: 9},
		{Month: feb1, Service: id["Advies"], ServiceYear: 2026, Amount: 100},
	}
	slices.SortStableFunc(want, func(a, b analysis.MonthRevenue) int {
		if a.Month != b.Month {
			return int(a.Month - b.Month)
		}
		return int(a.Service - b.Service)
	})
	if !slices.Equal(got, want) {
		t.Errorf("MonthRevenue =\n%v, want\n%v", got, want)
	}
	if got, err := s.MonthRevenue(t.Context(), 4711); err != nil || len(got) != 0 {
		t.Errorf("MonthRevenue of no group = %v, %v; want none", got, err)
	}
}
