package commands

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// pastOffice is an office of whose past the test says.
type pastOffice struct {
	*office
	report AttentionReport
	groups []analysis.GroupID // one for each Mulder
}

func newPastOffice(t *testing.T) *pastOffice {
	t.Helper()
	o := newOffice(t)
	week := Attention{Groups: o.db, Touches: o.db, Segments: o.db, Settings: o.db, Absences: o.db, Managers: o.db, Roster: o.db, Store: o.db}
	r := &pastOffice{office: o, report: AttentionReport{Week: week, Portfolio: o.db, Ratings: SurveyRatings{Surveys: o.db}, Now: func() time.Time { return at }}}
	for i := range 60 {
		hit, _ := o.dir.Find(t.Context(), fmt.Sprint(500+i), 1)
		c, err := o.db.Client(t.Context(), hit[0].Client)
		if err != nil {
			t.Fatal(err)
		}
		r.groups = append(r.groups, c.Group)
	}
	return r
}

// on is nine o'clock on a day.
func on(day string) time.Time {
	d, err := analysis.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return d.Time().Add(9 * time.Hour)
}

// segmented makes a segmentation final on a day, in which segment gives each group
// its letter.
func (r *pastOffice) segmented(t *testing.T, day string, segment func(i int) analysis.Segment) {
	t.Helper()
	var items []analysis.SegmentItem
	for i, g := range r.groups {
		items = append(items, analysis.SegmentItem{Group: g, Score: 50, Coverage: 1, Segment: segment(i), Yearly: 1, Known: true})
	}
	made := on(day)
	change(t, r.db, func(tx storage.Tx) error {
		id, err := tx.SaveDraft(t.Context(), analysis.SegmentVersion{AsOf: analysis.DayOf(made), Made: made}, items)
		if err != nil {
			return err
		}
		return tx.Finalize(t.Context(), id, analysis.SegmentVersion{FinalBy: "UP", FinalAt: made})
	})
}

// planned makes a plan of calls a year hold from a day.
func (r *pastOffice) planned(t *testing.T, day string, version int, calls map[analysis.Segment]int) {
	t.Helper()
	plan := attention.Default(analysis.Date(2025, 1, 1))
	plan.Lines = nil
	for s, n := range calls {
		plan.Lines = append(plan.Lines, attention.Line{Segment: s, Activity: "telefoongesprek", Kind: attention.Periodic, Touch: analysis.Call, Times: n, Role: attention.ByManager, Minutes: 15})
	}
	value, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	change(t, r.db, func(tx storage.Tx) error {
		return tx.Set(t.Context(), storage.Setting{Key: attention.PlanSetting, Version: version, Value: value, At: on(day)})
	})
}

// called logs a call with a group.
func (r *pastOffice) called(t *testing.T, group analysis.GroupID, day string) {
	t.Helper()
	change(t, r.db, func(tx storage.Tx) error {
		_, _, err := tx.AddTouch(t.Context(), analysis.Touch{Group: group, Kind: analysis.Call, Day: analysis.DayOf(on(day)), NextDay: analysis.NoDay, At: on(day)})
		return err
	})
}

var boss = analysis.Actor{User: "UP", Roles: analysis.RolesOf(analysis.PartnerRole)}

// TestReportOfThePast: each quarter is held against the plan and the segments of
// then. What the office changed in July changes nothing of the first half year.
func TestReportOfThePast(t *testing.T) {
	t.Parallel()
	r := newPastOffice(t)
	all := func(s analysis.Segment) func(int) analysis.Segment { return func(int) analysis.Segment { return s } }
	r.segmented(t, "2025-01-01", all(analysis.SegmentB))
	r.planned(t, "2025-01-01", 0, map[analysis.Segment]int{analysis.SegmentA: 12, analysis.SegmentB: 4})
	r.called(t, r.groups[0], "2026-02-10")
	r.segmented(t, "2026-05-02", func(i int) analysis.Segment {
		return []analysis.Segment{analysis.SegmentA, analysis.SegmentB}[min(i, 1)]
	})
	r.called(t, r.groups[0], "2026-06-10")
	r.called(t, r.groups[1], "2026-08-10")
	r.planned(t, "2026-07-10", 1, map[analysis.Segment]int{analysis.SegmentA: 4, analysis.SegmentB: 2})
	f, err := r.report.Figures(t.Context(), boss, analysis.Date(2026, 11, 21), "2026")
	if err != nil {
		t.Fatal(err)
	}
	type counts struct{ planned, done int }
	want := map[string]counts{
		"A/2": {2, 1},  // one group, once a month: the months that ended since it was A
		"A/3": {1, 0},  // once a quarter since July
		"B/1": {60, 1}, // everybody, once a quarter
		"B/2": {59, 0},
		// Twice a year since July: the next of them ends in December.
	}
	for _, c := range f.Cells {
		key := fmt.Sprintf("%s/%d", c.Segment, c.Quarter)
		if got := (counts{c.Planned, c.Done}); got != want[key] {
			t.Errorf("%s: %+v, want %+v", key, got, want[key])
		}
		delete(want, key)
	}
	if len(want) != 0 {
		t.Errorf("nothing of %v", want)
	}
	if f.GroupsA != 1 || f.ReachedA != 1 || f.Moments != 3 {
		t.Errorf("%d of %d in A, %d moments", f.ReachedA, f.GroupsA, f.Moments)
	}
	// A year later it is still what it was, whatever was changed since.
	r.segmented(t, "2027-01-15", all(analysis.SegmentD))
	r.planned(t, "2027-01-16", 2, nil)
	later, err := r.report.Figures(t.Context(), boss, analysis.Date(2027, 2, 1), "2026")
	if err != nil || later.GroupsA != 1 || fmt.Sprint(later.Cells[:len(f.Cells)]) == "" {
		t.Fatalf("%+v, %v", later, err)
	}
	for _, c := range f.Cells {
		found := false
		for _, l := range later.Cells {
			found = found || l == c
		}
		if !found {
			t.Errorf("a year later %+v is not there: %+v", c, later.Cells)
		}
	}
}

// TestWhatFollowed: of 24 groups that were called each quarter and 26 that were
// not, the report counts who is still a client, whose segment changed and who
// rates the office high, and says it as what was seen. What came before, and what
// was asked after, counts for neither.
func TestWhatFollowed(t *testing.T) {
	t.Parallel()
	r := newPastOffice(t)
	r.groups = r.groups[:50]
	const called = 24
	r.segmented(t, "2025-05-01", func(int) analysis.Segment { return analysis.SegmentB })
	r.planned(t, "2025-01-01", 0, map[analysis.Segment]int{analysis.SegmentB: 4})
	for i, g := range r.groups {
		switch {
		case i < called:
			for _, day := range []string{"2025-08-10", "2025-11-10", "2026-02-10"} {
				r.called(t, g, day)
			}
		case i == called:
			r.called(t, g, "2025-08-10") // one of three is not half
		default:
			r.called(t, g, "2026-08-10") // too late
		}
	}
	// Three of the called left after it, five of the others, one of them long before.
	var gone []analysis.StagedClient
	for i, until := range map[int]string{0: "2026-07-01", 1: "2026-08-01", 2: "2026-11-01", 30: "2026-06-01", 31: "2026-06-02", 32: "2026-07-01", 33: "2026-10-01", 34: "2026-01-01"} {
		c := row(fmt.Sprint(500+i), fmt.Sprintf("Mulder %d B.V.", i), "")
		c.Until, c.Status = analysis.DayOf(on(until)), analysis.Former
		gone = append(gone, c)
	}
	stage(t, r.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(t.Context(), gone) })
	// Everybody was happy before; 22 of the called and 21 of the others answered after.
	var before, after []analysis.StagedResponse
	for i := range r.groups {
		before = append(before, nps(fmt.Sprint(500+i), "", 10))
		if i < 22 || i >= 25 && i < 46 && i != 34 || i == 46 {
			score := 5
			if i < 11 || i == 40 {
				score = 9
			}
			after = append(after, nps(fmt.Sprint(500+i), "", score))
		}
	}
	importAnswers(t, r.db, "Klanten 2025", true, analysis.Date(2025, 6, 1), before...)
	importAnswers(t, r.db, "Klanten 2026", true, analysis.Date(2026, 10, 1), after...)
	// Of the called two rise and one falls, of the others one rises and three fall.
	r.segmented(t, "2026-09-01", func(i int) analysis.Segment {
		switch i {
		case 3, 4, 35:
			return analysis.SegmentA
		case 5, 36, 37, 38:
			return analysis.SegmentC
		}
		return analysis.SegmentB
	})
	today := analysis.Date(2026, 11, 21)
	f, err := r.report.Figures(t.Context(), boss, today, "")
	if err != nil || f.Followed == nil {
		t.Fatalf("%+v, %v", f.Followed, err)
	}
	want := attention.Followed{From: analysis.Date(2025, 5, 1), To: today - half,
		Most:   attention.Outcome{Groups: 24, Kept: 21, Compared: 24, Up: 2, Down: 1, Rated: 22, RateHigh: 11},
		Fewest: attention.Outcome{Groups: 25, Kept: 21, Compared: 25, Up: 1, Down: 3, Rated: 21, RateHigh: 1}}
	if f.Followed.Followed != want {
		t.Errorf("what followed = %+v\nwant %+v", f.Followed.Followed, want)
	}
	// A client counts in the quarters before the one in which they left.
	for i, planned := range []int{50, 49, 47} {
		if c := f.Cells[i]; c.Segment != analysis.SegmentB || c.Planned != planned {
			t.Errorf("cell %d = %+v, want %d planned", i, c, planned)
		}
	}
	p := locale.New(locale.Dutch, nil)
	said := view.ReportText(p, f)
	for _, words := range []string{"24 relatiegroepen kregen minstens de helft van wat gepland was: 87,5% is nog klant; van 24 vergeleken ging 8,3% een segment omhoog en 4,2% omlaag; van 22 gemeten waardeert 50% ons hoog",
		"25 relatiegroepen kregen minder: 84% is nog klant", "Dit is wat we zagen, geen bewijs dat het een van het ander komt"} {
		if !strings.Contains(said, words) {
			t.Errorf("the report does not say %q:\n%s", words, said)
		}
	}
}
