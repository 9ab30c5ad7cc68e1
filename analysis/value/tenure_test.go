package value

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
)

// invoiced is a history: a service and the months (years, in June) it was
// invoiced in.
func invoiced(service analysis.ServiceID, amount analysis.Cents, years ...int) (history []analysis.MonthRevenue) {
	for _, year := range years {
		history = append(history, analysis.MonthRevenue{Month: analysis.Date(year, time.June, 1), Service: service, Amount: amount})
	}
	return history
}

// TestMandates: a service that comes back in half of the years or more is a
// mandate; the running year is no year in which it stayed away.
func TestMandates(t *testing.T) {
	asOf := analysis.Date(2026, time.November, 21)
	r := NewRenewals(asOf)
	for range 3 {
		r.Add(append(invoiced(1, 100, 2022, 2023, 2024, 2025), invoiced(2, 100, 2022, 2024, 2026)...))
		r.Add(invoiced(3, 100, 2025))
	}
	r.Add(invoiced(4, 100, 2023, 2024, 2025)) // two chances say too little
	if got := fmt.Sprint(r.Mandates()); got != "map[1:true]" {
		t.Errorf("mandates are %s", got)
	}
	for day, want := range map[analysis.Day]int{asOf: 2025, analysis.Date(2026, time.December, 31): 2026, analysis.Date(2026, time.January, 1): 2025} {
		if got := LastWholeYear(day); got != want {
			t.Errorf("last whole year at %v is %d", day, got)
		}
	}
}

// TestTenure: from the first to the last year with a mandate, with the age that
// a client had when the records began.
func TestTenure(t *testing.T) {
	asOf, records := analysis.Date(2026, time.November, 21), analysis.Date(2017, time.January, 1)
	m := Mandates{1: true}
	none := analysis.NoDay
	for _, c := range []struct {
		what         string
		history      []analysis.MonthRevenue
		since, until analysis.Day
		want         string
	}{
		{"new", invoiced(1, 5, 2020, 2021, 2023), none, none, "{2020 2023 0} true"},
		{"left", invoiced(1, 5, 2020, 2021, 2023), none, analysis.Date(2022, 5, 1), "{2020 2022 0} true"},
		{"leaves next year", invoiced(1, 5, 2020, 2026), none, analysis.Date(2027, 5, 1), "{2020 2026 0} true"},
		{"old", invoiced(1, 5, 2017, 2026), analysis.Date(1999, 1, 1), none, "{2017 2026 18} true"},
		{"old and first invoiced later", invoiced(1, 5, 2018, 2026), analysis.Date(1999, 1, 1), none, "{2018 2026 19} true"},
		{"of unknown age", invoiced(1, 5, 2017, 2026), none, none, "{2017 2026 -1} true"},
		{"came in the second year", invoiced(1, 5, 2018, 2026), none, none, "{2018 2026 0} true"},
		{"older, with mandates from later on", invoiced(1, 5, 2021, 2026), analysis.Date(1999, 1, 1), none, "{2021 2026 0} true"},
		{"jobs only", invoiced(2, 5, 2021, 2026), none, none, "{0 0 0} false"},
		{"credited only", invoiced(1, -5, 2021), none, none, "{0 0 0} false"},
	} {
		tenure, ok := m.Tenure(c.history, c.since, c.until, records, asOf)
		if got := fmt.Sprint(tenure, ok); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// TestJobs: a month is one job, what is credited is none, and mandates are left
// out.
func TestJobs(t *testing.T) {
	asOf := analysis.Date(2026, time.November, 21)
	history := append(invoiced(1, 5, 2020), invoiced(2, 70, 2021, 2022, 2027)...)
	history = append(history, analysis.MonthRevenue{Month: analysis.Date(2023, 1, 1), Service: 2, Amount: 40},
		analysis.MonthRevenue{Month: analysis.Date(2023, 1, 1), Service: 3, Amount: 2},
		analysis.MonthRevenue{Month: analysis.Date(2024, 1, 1), Service: 3, Amount: -2})
	jobs := Mandates{1: true}.Jobs(history[:3], asOf)
	if len(jobs) != 2 || jobs[0].Amount != 70 {
		t.Errorf("jobs are %v", jobs)
	}
	jobs = Mandates{1: true}.Jobs(append(history[:3:3], history[4:]...), asOf)
	if len(jobs) != 3 || jobs[2] != (Job{analysis.Date(2023, 1, 1), 42}) {
		t.Errorf("jobs are %v", jobs)
	}
	if yearly := (Mandates{1: true}).Yearly(1, append(invoiced(1, 1200, 2025, 2026), invoiced(2, 9999, 2026)...), asOf); yearly <= 0 || yearly > 1200*12 {
		t.Errorf("mandates bring %d a year", yearly)
	}
}
