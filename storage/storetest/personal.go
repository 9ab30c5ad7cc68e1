package storetest

import (
	"fmt"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// testAttentionOf: a manager's groups are those they hold, those they answer for,
// and those of which something was handed to them, each as AttentionGroups has it.
func testAttentionOf(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	held, answered, other := someone("1", "Een"), someone("2", "Twee"), someone("3", "Drie")
	held.ManagerEmail, held.Since = "anna@kantoor.example", 9000
	answered.ManagerEmail, answered.PartnerEmail = "ben@kantoor.example", "anna@kantoor.example"
	other.ManagerEmail = "ben@kantoor.example"
	addClients(t, s, held, answered, other, someone("4", "Vier"))
	anna, err := s.ManagerByEmail(ctx, "anna@kantoor.example")
	if err != nil {
		t.Fatal(err)
	}
	g := func(number string) analysis.GroupID { return clientOf(t, s, number).Group }
	version := saveDraft(t, s, morning, []analysis.SegmentItem{{Group: g("1"), Score: 50, Segment: analysis.SegmentA}, {Group: g("3"), Score: 40, Segment: analysis.SegmentB}})
	asOf := analysis.Date(2026, 11, 21)
	for _, number := range []string{"1", "3", "4"} {
		addTouch(t, s, called(g(number), asOf-10))
	}
	want := func(what string, numbers ...string) {
		t.Helper()
		var all []string
		for _, number := range numbers {
			one, err := s.AttentionGroup(ctx, version, asOf, g(number))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, spelled(one))
		}
		groups, err := s.AttentionOf(ctx, version, asOf, anna.ID)
		var got []string
		for _, one := range groups {
			got = append(got, spelled(one))
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("groups %s:\n%v, %v\nwant\n%v", what, got, err, all)
		}
	}
	want("of Anna", "1", "2")
	write(t, s, func(tx storage.Tx) error {
		return tx.Mark(ctx, storage.AttentionMark{Group: g("3"), At: morning,
			Mark: attention.Mark{Activity: "bezoek", Period: asOf - 50, State: attention.HandedOver, Until: analysis.NoDay, To: anna.ID}})
	})
	want("with what was handed over", "1", "2", "3")
	if nobody, err := s.AttentionOf(ctx, version, asOf, 0); err != nil || len(nobody) != 0 {
		t.Errorf("groups of nobody = %v, %v", nobody, err)
	}
}

// testNextSteps: a next step is open until a later moment with the group.
func testNextSteps(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	one := someone("1", "Een")
	one.ManagerEmail = "anna@kantoor.example"
	addClients(t, s, one, someone("2", "Twee"), someone("3", "Drie"))
	anna, err := s.ManagerByEmail(ctx, "anna@kantoor.example")
	if err != nil {
		t.Fatal(err)
	}
	asOf := analysis.Date(2026, 11, 21)
	step := func(number, next string, day, before analysis.Day) analysis.Touch {
		m := called(clientOf(t, s, number).Group, day)
		m.Next, m.NextDay = next, before
		return m
	}
	some := addTouch(t, s, step("1", "ooit", asOf-3, analysis.NoDay))
	late := addTouch(t, s, step("2", "offerte", asOf-9, asOf+9))
	theirs := step("3", "terugbellen", asOf-1, asOf+1)
	theirs.By, theirs.Manager = "", anna.ID
	theirs = addTouch(t, s, theirs)
	want := func(what string, user analysis.UserID, manager analysis.ManagerID, all int, steps ...analysis.Touch) {
		t.Helper()
		got, n, err := s.NextSteps(ctx, user, manager, 2)
		if err != nil || n != all || fmt.Sprint(got) != fmt.Sprint(steps) {
			t.Errorf("NextSteps %s = %v (%d), %v; want %v (%d)", what, got, n, err, steps, all)
		}
	}
	want("of a user", "U1", 0, 2, late, some)
	want("of both", "U1", anna.ID, 3, theirs, late)
	want("of nobody", "", 0, 0)
	addTouch(t, s, called(late.Group, asOf-9))
	want("after the next moment", "U1", 0, 1, some)
	some.Removed = true
	if err := revise(t, s, some); err != nil {
		t.Fatal(err)
	}
	want("after it was taken back", "U1", 0, 0)
}
