package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// override records o in segmentation id.
func override(t *testing.T, s Store, id analysis.VersionID, o analysis.Override) error {
	t.Helper()
	return s.Write(t.Context(), func(tx storage.Tx) error { return tx.Override(t.Context(), id, o) })
}

func mustOverride(t *testing.T, s Store, id analysis.VersionID, o analysis.Override) {
	t.Helper()
	if err := override(t, s, id, o); err != nil {
		t.Fatal(err)
	}
}

// overridden is an override of group g to segment, told apart by its reason.
func overridden(g analysis.GroupID, segment analysis.Segment, reason string) analysis.Override {
	return analysis.Override{Group: g, Segment: segment, Reason: reason, By: "U1", At: morning}
}

// proposed is a manager's proposal.
func proposed(g analysis.GroupID, segment analysis.Segment, reason string) analysis.Override {
	o := overridden(g, segment, reason)
	o.Proposed = true
	return o
}

func wantOverrides(t *testing.T, s Store, id analysis.VersionID, want ...analysis.Override) {
	t.Helper()
	got, err := s.Overrides(t.Context(), id)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Overrides of %d = %v, %v; want %v", id, got, err, want)
	}
}

// testOverrides: one counts and one is proposed; they go along to the next
// draft until they are taken back, and stay with what is final.
func testOverrides(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, someone("1", "Een"), someone("2", "Twee"), someone("3", "Drie"))
	a, b, c := clientOf(t, s, "1").Group, clientOf(t, s, "2").Group, clientOf(t, s, "3").Group
	id := saveDraft(t, s, morning, someItems(10))
	strategic := overridden(b, analysis.SegmentB, "past bij ons")
	strategic.Strategic, strategic.By, strategic.At = true, "U9", morning.Add(time.Second)
	raise, lower := proposed(a, analysis.SegmentA, "groeit"), proposed(b, analysis.SegmentD, "krimpt")
	mustOverride(t, s, id, overridden(a, analysis.SegmentC, "eerst"))
	mustOverride(t, s, id, proposed(b, analysis.SegmentA, "beantwoord"))
	mustOverride(t, s, id, strategic)
	mustOverride(t, s, id, raise)
	mustOverride(t, s, id, proposed(c, analysis.SegmentA, "ingetrokken"))
	mustOverride(t, s, id, proposed(c, "", "toch niet"))
	wantOverrides(t, s, id, overridden(a, analysis.SegmentC, "eerst"), raise, strategic)
	mustOverride(t, s, id, overridden(a, analysis.SegmentB, "beslist"))
	mustOverride(t, s, id, lower)
	mustOverride(t, s, id, overridden(c, analysis.SegmentA, "x"))
	mustOverride(t, s, id, overridden(c, "", "terug"))
	standing := []analysis.Override{overridden(a, analysis.SegmentB, "beslist"), strategic, lower}
	wantOverrides(t, s, id, standing...)
	saveDraft(t, s, morning, someItems(5))
	wantOverrides(t, s, id, standing...)

	for _, reason := range []string{"", " \n\t", "\x00"} {
		wantKind(t, "Override without reason", override(t, s, id, overridden(a, analysis.SegmentA, reason)), analysis.Invalid)
	}
	wantKind(t, "Override to an unknown segment", override(t, s, id, overridden(a, "E", "x")), analysis.Invalid)
	wantKind(t, "Override of nothing", override(t, s, 99, overridden(a, analysis.SegmentA, "x")), analysis.NotFound)
	wantKind(t, "Override of nobody", override(t, s, id, overridden(4711, analysis.SegmentA, "x")), analysis.NotFound)
	wantOverrides(t, s, id, standing...)

	if err := finalize(t, s, id, "U2", time.Time{}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "Override of what is final", override(t, s, id, overridden(a, analysis.SegmentA, "x")), analysis.Invalid)
	next := saveDraft(t, s, morning, someItems(10))
	wantOverrides(t, s, next, standing...)
	mustOverride(t, s, next, overridden(a, "", "terug"))
	wantOverrides(t, s, next, standing[1:]...)
	saveDraft(t, s, morning, someItems(10))
	wantOverrides(t, s, next, standing[1:]...)
	wantOverrides(t, s, id, standing...)
}

// testOverridesMerged: an override follows its group into the group it becomes
// part of, but what is final says what it said.
func testOverridesMerged(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	id := saveDraft(t, s, morning, someItems(10))
	early, late := overridden(a, analysis.SegmentA, "eerder"), overridden(b, analysis.SegmentB, "later")
	late.At = morning.Add(time.Hour)
	mustOverride(t, s, id, late)
	mustOverride(t, s, id, early)
	if err := finalize(t, s, id, "U2", time.Time{}); err != nil {
		t.Fatal(err)
	}
	merge(t, s, p.ID)
	wantOverrides(t, s, id, early, late)
	item, err := s.Item(t.Context(), id, b)
	if err != nil || item.Group != b {
		t.Errorf("Item = %v, %v; want the group's own, as it was", item, err)
	}
	next := saveDraft(t, s, morning, someItems(1))
	late.Group = a
	wantOverrides(t, s, next, late)
	item, err = s.Item(t.Context(), next, b)
	if err != nil || item.Group != a {
		t.Errorf("Item = %v, %v; want that of the whole group %d", item, err, a)
	}
	late.Reason = "nog later"
	onto := late
	onto.Group = b // an old button
	mustOverride(t, s, next, onto)
	wantOverrides(t, s, next, late)
}
