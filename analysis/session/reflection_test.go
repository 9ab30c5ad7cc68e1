package session

import (
	"fmt"
	"testing"

	"klantbot/analysis"
)

func TestTeam(t *testing.T) {
	var month []Reflection
	for person := range 5 {
		month = append(month, Reflection{Person: person, Answers: [5]int{person + 1, 3, 0, 0, 0}})
	}
	month = append(month, Reflection{Person: 4, Answers: [5]int{1, 0, 2, 0, 0}})
	want(t, "five", fmt.Sprint(Team(month)), "[{taal 2.6 5} {nagegaan 3 5}]")
	want(t, "four", len(Team(month[1:5])), 0)
	from, to := TeamMonth(analysis.Date(2026, 1, 15))
	want(t, "month", fmt.Sprint(from, to), "2025-12-01 2025-12-31")
	today := analysis.Date(2026, 11, 23)
	var own []Reflection
	for i := range 7 {
		own = append(own, Reflection{Day: today - analysis.Day(7-i), Answers: [5]int{1 + i/2, 0, 0, 0, 0}})
	}
	tr := Trends(own)[0]
	want(t, "trend", fmt.Sprint(tr.N, tr.Lately, tr.Then), "7 2.8 1")
	for key, r := range map[string]Reflection{"session.reflection.empty": {Day: today}, "session.reflection.day": {Day: today + 1, Answers: [5]int{1}},
		"session.reflection.scale": {Day: today, Answers: [5]int{6}}} {
		wantKey(t, r.Check(today), key)
	}
	if err := (Reflection{Day: today - 90, Answers: [5]int{0, 0, 0, 0, 5}}).Check(today); err != nil {
		t.Error(err)
	}
}
