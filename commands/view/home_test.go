package view

import (
	"fmt"
	"strconv"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// sampleWeek has a row that is open, one that was done, and a name that attacks.
func sampleWeek() PersonalWeek {
	asOf := analysis.Date(2026, 11, 23)
	item := attention.Item{Group: 3, Segment: analysis.SegmentA, Role: attention.ByManager, Activity: "bezoek", Touch: analysis.Visit, Minutes: 90,
		Period: attention.PeriodOf(1, asOf), Silence: 44}
	return PersonalWeek{Week: attention.WeekOf(asOf), AsOf: asOf, Final: true, Offset: 8, Size: 8, Total: 20, Value: func(o int) string { return "a/2/" + strconv.Itoa(o) },
		Personal: attention.Personal{Load: attention.Load{Needed: 9.1, Possible: 8}, Capacity: 8, Waiting: 3, OverdueCount: 7},
		Unfit:    []string{"Het plan past niet.", "Verhoog de capaciteit."}, Back: "0",
		Rows:    []AttentionItem{{Item: item, Name: hostile, Person: "P. Jansen", Value: "a/2/8;3;bezoek/2026-01-01", Client: "7"}},
		Overdue: []AttentionItem{{Item: item, Name: hostile, Holder: "Femke de Vries"}},
		Settled: []AttentionItem{{Item: item, Name: "Visser & Zn.", Value: "a/2/8;4;bezoek/2026-01-01", State: AttentionDone, Who: "Femke de Vries", Day: asOf}}}
}

func sampleTab() HomeTab {
	week := sampleWeek()
	week.Value = func(o int) string { return "h/" + strconv.Itoa(o) }
	return HomeTab{AsOf: week.AsOf, Week: &week, Since: analysis.Date(2026, 10, 1), MayLog: true, Manages: true, Setup: []string{"clients", "managers", "segments", "touches"},
		Portfolio: []HomeSegment{{analysis.SegmentA, 2, 1}, {analysis.SegmentB, 6, 2}, {analysis.SegmentC, 1, 0}, {"", 12, 0}},
		Steps: []HomeStep{{hostile, "Offerte sturen", analysis.Date(2026, 11, 20), "g=3&s=home"}, {"Visser", hostile, analysis.Date(2026, 12, 1), "g=4&s=home"},
			{"Bakker", "Bellen", analysis.NoDay, "g=5&s=home"}}, StepsAll: 9, Digest: HomeDigest{Weekday: 3, Minute: 8*60 + 5}}
}

func TestHomeAndWeekGoldens(t *testing.T) {
	for _, lang := range locale.Langs() {
		p, suffix := locale.New(lang, nil), "."+string(lang)+".json"
		golden(t, "week"+suffix, WeekMessage(p, sampleWeek()))
		of := sampleWeek()
		of.Name, of.Rows, of.Settled, of.Total, of.Unfit = "Femke de Vries", nil, nil, 0, nil
		golden(t, "week_of"+suffix, WeekMessage(p, of))
		golden(t, "week_none"+suffix, WeekMessage(p, PersonalWeek{Week: of.Week, Value: of.Value}))
		team := TeamWeek{Week: of.Week, Final: true, Since: analysis.Date(2025, 11, 23), Offset: 10, Size: 10, Total: 30, Value: strconv.Itoa,
			Rows: []TeamRow{{Name: hostile, Value: "a/2/0", Personal: of.Personal, Late: 3, Coverage: .5, GroupsA: 2},
				{Name: "Anna", Value: "a/3/0", Personal: attention.Personal{Load: attention.Load{Needed: 1.5, Fits: true}, Capacity: 8}}}}
		golden(t, "team"+suffix, TeamMessage(p, team))
		golden(t, "team_none"+suffix, TeamMessage(p, TeamWeek{Week: of.Week, Value: strconv.Itoa}))
		golden(t, "home"+suffix, HomeView(p, sampleTab()))
		golden(t, "home_none"+suffix, HomeView(p, HomeTab{AsOf: of.AsOf, Manages: true, Digest: HomeDigest{Stopped: true}}))
	}
}

// However much there is, a week stays within a message and a tab within a view.
func TestWeekAndHomeFitSlack(t *testing.T) {
	p, tab := locale.New(locale.Dutch, nil), sampleTab()
	for i := range 7 {
		row := tab.Week.Rows[0]
		row.Value = fmt.Sprintf("h/8;%d;bezoek/2026-01-01", i+10)
		tab.Week.Rows = append(tab.Week.Rows, row)
	}
	for i := range 5 {
		row := tab.Week.Settled[0]
		row.Value = fmt.Sprintf("h/8;%d;bezoek/2026-01-01", i+30)
		tab.Week.Settled = append(tab.Week.Settled, row)
	}
	if m := WeekMessage(p, *tab.Week); len(m.Blocks) > 50 || len([]rune(m.Text)) > maxTwin {
		t.Errorf("the week has %d blocks", len(m.Blocks))
	}
	if h := HomeView(p, tab); len(h.Blocks) > 100 {
		t.Errorf("the tab has %d blocks", len(h.Blocks))
	}
}
