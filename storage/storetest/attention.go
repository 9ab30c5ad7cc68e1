package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// attentionOf returns what planning reads, with More spelled out.
func attentionOf(t *testing.T, s Store, version analysis.VersionID, asOf analysis.Day) []string {
	t.Helper()
	var all []string
	for g, err := range s.AttentionGroups(t.Context(), version, asOf) {
		if err != nil {
			t.Fatalf("AttentionGroups: %v", err)
		}
		one, err := s.AttentionGroup(t.Context(), version, asOf, g.ID)
		if err != nil || spelled(one) != spelled(g) {
			t.Errorf("AttentionGroup = %s, %v; want %s", spelled(one), err, spelled(g))
		}
		all = append(all, spelled(g))
	}
	return all
}

func spelled(g attention.Group) string {
	more := attention.More{}
	if g.More != nil {
		more = *g.More
	}
	g.More = nil
	return fmt.Sprintf("%+v %+v", g, more)
}

func wantAttention(t *testing.T, what string, got []string, want ...attention.Group) {
	t.Helper()
	var all []string
	for _, g := range want {
		all = append(all, spelled(g))
	}
	if fmt.Sprint(got) != fmt.Sprint(all) {
		t.Errorf("groups %s:\n%v\nwant\n%v", what, got, all)
	}
}

// testAttentionGroups: planning reads segments, the last moment of each kind,
// marks, exceptions and occasions of whole groups, as of a day.
func testAttentionGroups(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	three := someone("300", "Drie")
	three.ManagerEmail, three.PartnerEmail, three.Since = "anna@kantoor.example", "ben@kantoor.example", 9000
	addClients(t, s, three)
	c := clientOf(t, s, "300")
	version := saveDraft(t, s, morning, []analysis.SegmentItem{
		{Group: a, Score: 50, Segment: analysis.SegmentC}, {Group: b, Score: 40, Segment: analysis.SegmentD}, {Group: c.Group}})
	mustOverride(t, s, version, overridden(a, analysis.SegmentA, "past bij ons"))
	mustOverride(t, s, version, proposed(b, analysis.SegmentB, "misschien"))

	asOf := analysis.Date(2026, 11, 21)
	someMoments(t, s, asOf, a, b, c.Group)
	note := attention.Mark{Activity: "bezoek", Period: asOf - 50, State: attention.HandedOver, Until: analysis.NoDay, To: c.Manager, By: c.Partner}
	own := []attention.Line{{Activity: "koffie", Kind: attention.Periodic, Touch: analysis.Visit, Times: 6, Role: attention.ByManager, Minutes: 30}}
	write(t, s, func(tx storage.Tx) error {
		if _, err := tx.AddOccasion(ctx, storage.NotedOccasion{Group: b, Occasion: attention.Occasion{Kind: attention.Move, Day: asOf + 3}, At: morning}); err != nil {
			return err
		}
		if err := tx.Mark(ctx, storage.AttentionMark{Group: b, Mark: note, At: morning}); err != nil {
			return err
		}
		return tx.SetOwnLines(ctx, storage.OwnLines{Group: c.Group, Own: true, Lines: own, Reason: "op verzoek", At: morning})
	})
	ends(t, s, c.Group, own, asOf)
	group := func(id analysis.GroupID, segment analysis.Segment) attention.Group {
		return attention.Group{ID: id, Segment: segment, Since: analysis.NoDay}
	}
	wantA, wantB, wantC := group(a, "A"), group(b, "D"), group(c.Group, "")
	wantA.Manager, wantB.Manager = p.Groups[0].Manager, p.Groups[1].Manager
	wantA.Last.See(analysis.Call, asOf-30)
	wantB.Last.See(analysis.Visit, asOf-9)
	wantB.More = &attention.More{Marks: []attention.Mark{note}, Occasions: []attention.Occasion{{Kind: attention.Move, Day: asOf + 3}}}
	wantC.Manager, wantC.Partner, wantC.Since = c.Manager, c.Partner, 9000
	wantC.More = &attention.More{HasOwn: true, Own: own}
	wantAttention(t, "before the merge", attentionOf(t, s, version, asOf), wantA, wantB, wantC)

	merge(t, s, p.ID)
	whole := wantA
	whole.Last.See(analysis.Visit, asOf-9)
	whole.More = wantB.More
	wantAttention(t, "of the whole", attentionOf(t, s, version, asOf), whole, wantC)
	whole.Last, whole.Segment = attention.Last{}, ""
	whole.Last.See(analysis.Call, asOf-40)
	wantC.More = nil // nobody had decided on it then
	wantAttention(t, "some time before, without segments", attentionOf(t, s, 0, asOf-35), whole, wantC)
	if one, err := s.AttentionGroup(ctx, version, asOf, b); err != nil || one.ID != a {
		t.Errorf("AttentionGroup by an old button = %v, %v", one, err)
	}
	wantLeaving(t, s)
	_, err := s.AttentionGroup(ctx, version, asOf, 4711)
	wantKind(t, "AttentionGroup of nobody", err, analysis.NotFound)
	for range s.AttentionGroups(ctx, version, asOf) {
		break // who has enough may leave
	}
}

// wantLeaving fails unless who left has a segment until the day they did, also now
// that they are an ex-client; of an ex-client of whom that day is unknown nothing
// is planned.
func wantLeaving(t *testing.T, s Store) {
	t.Helper()
	left := analysis.Date(2026, 8, 1)
	for i, until := range []analysis.Day{left, analysis.NoDay} {
		gone := someone(numbered("6", i), "Weg")
		gone.Until, gone.Status = until, analysis.Former
		addClients(t, s, gone)
		group := clientOf(t, s, gone.Number).Group
		version := saveDraft(t, s, morning, []analysis.SegmentItem{{Group: group, Score: 50, Segment: analysis.SegmentC}})
		for day, stays := range map[analysis.Day]bool{left - 1: until.Known(), left: false} {
			g, err := s.AttentionGroup(t.Context(), version, day, group)
			if err != nil || (g.Segment != "") != stays {
				t.Errorf("who left on %v has segment %q on %v, %v", until, g.Segment, day, err)
			}
		}
	}
}

// someMoments logs calls with a, one of them after asOf, a visit to b, and a call
// with c that was taken back.
func someMoments(t *testing.T, s Store, asOf analysis.Day, a, b, c analysis.GroupID) {
	t.Helper()
	addTouch(t, s, called(a, asOf-40))
	addTouch(t, s, called(a, asOf-30))
	addTouch(t, s, called(a, asOf+1))
	visit := called(b, asOf-9)
	visit.Kind = analysis.Visit
	addTouch(t, s, visit)
	gone := addTouch(t, s, called(c, asOf-1))
	gone.Removed = true
	if err := revise(t, s, gone); err != nil {
		t.Fatal(err)
	}
}

// testMarks: the last decision about one thing counts, and of two at once one is
// told.
func testMarks(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	addClients(t, s, someone("1", "Een"))
	g := clientOf(t, s, "1").Group
	mark := func(m storage.AttentionMark) error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.Mark(ctx, m) })
	}
	first := storage.AttentionMark{Group: g, Mark: attention.Mark{Activity: "bezoek", Period: 20454, State: attention.Snoozed, Until: 20500, By: 3},
		User: "U1", At: morning}
	for version, m := range []storage.AttentionMark{first, {Group: g, Mark: attention.Mark{Activity: "bezoek", Period: 20454,
		State: attention.NotNeeded, Until: analysis.NoDay}, Reason: "ziet elkaar wekelijks", User: "U2", At: morning.Add(time.Hour)}} {
		m.Version = version
		if err := mark(m); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "the same version again", mark(m), analysis.Invalid)
		m.Version++
		if got, err := s.Marks(ctx, g); err != nil || len(got) != 1 || got[0] != m {
			t.Errorf("Marks = %+v, %v; want %+v", got, err, m)
		}
	}
	other := first
	other.Activity, other.At = "signaal/omzetdaling", morning.Add(-time.Hour)
	if err := mark(other); err != nil {
		t.Fatal(err)
	}
	back := first
	back.Version, back.State, back.Until = 2, "", analysis.NoDay
	if err := mark(back); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Marks(ctx, g); err != nil || len(got) != 2 || got[0].State != "" || got[1].Activity != other.Activity {
		t.Errorf("Marks = %+v, %v; want what was taken back and the other", got, err)
	}
	for name, m := range map[string]storage.AttentionMark{
		"state":    {Group: g, Mark: attention.Mark{Activity: "bezoek", Period: 1, State: "weg"}},
		"until":    {Group: g, Mark: attention.Mark{Activity: "bezoek", Period: 1, State: attention.Snoozed, Until: analysis.NoDay}},
		"to":       {Group: g, Mark: attention.Mark{Activity: "bezoek", Period: 1, State: attention.HandedOver}},
		"activity": {Group: g, Mark: attention.Mark{Period: 1, State: attention.NotNeeded}},
	} {
		wantKind(t, "Mark without "+name, mark(m), analysis.Invalid)
	}
	nobody := first
	nobody.Group = 4711
	wantKind(t, "Mark of nobody", mark(nobody), analysis.NotFound)
}

// testOwnLines: an exception stands until the group is back to its segment; no
// lines at all are an exception too.
func testOwnLines(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	set := func(o storage.OwnLines) error {
		o.By, o.At = "U1", morning
		return s.Write(ctx, func(tx storage.Tx) error { return tx.SetOwnLines(ctx, o) })
	}
	_, err := s.OwnLines(ctx, a)
	wantKind(t, "OwnLines nobody set", err, analysis.NotFound)
	line := attention.Line{Activity: "koffie", Kind: attention.Periodic, Touch: analysis.Visit, Times: 6, Role: attention.ByManager, Minutes: 30}
	for version, o := range []storage.OwnLines{
		{Group: b, Own: true, Lines: []attention.Line{line}, Reason: "op verzoek"},
		{Group: b, Own: true, Lines: []attention.Line{}, Reason: "wil rust"},
	} {
		o.Until = analysis.NoDay
		o.Version = version
		if err := set(o); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "the same version again", set(o), analysis.Invalid)
		o.Version, o.By, o.At = version+1, "U1", morning
		got, err := s.OwnLines(ctx, b)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(o) {
			t.Errorf("OwnLines = %+v, %v; want %+v", got, err, o)
		}
	}
	later := storage.OwnLines{Group: b, Version: 2, Own: true, Lines: []attention.Line{line}, Reason: "toch weer", By: "U1", At: morning.AddDate(0, 0, 10)}
	write(t, s, func(tx storage.Tx) error { return tx.SetOwnLines(ctx, later) })
	for days, want := range map[int]int{-1: -1, 0: 0, 9: 0, 10: 1} { // how many lines of its own; -1: none are its own
		g, err := s.AttentionGroup(ctx, 0, analysis.DayOf(morning)+analysis.Day(days), b)
		got := -1
		if g.More != nil && g.More.HasOwn {
			got = len(g.More.Own)
		}
		if err != nil || got != want {
			t.Errorf("%d days after the second it has %d lines of its own, want %d (%v)", days, got, want, err)
		}
	}
	later.Version, later.Lines = 3, []attention.Line{}
	write(t, s, func(tx storage.Tx) error { return tx.SetOwnLines(ctx, later) })
	merge(t, s, p.ID)
	if all, err := s.AllOwnLines(ctx); err != nil || len(all) != 1 || all[0].Group != a || !all[0].Own {
		t.Errorf("AllOwnLines = %+v, %v; want that of the whole", all, err)
	}
	if err := set(storage.OwnLines{Group: a, Reason: "weer gewoon"}); err != nil {
		t.Fatal(err)
	}
	if all, err := s.AllOwnLines(ctx); err != nil || len(all) != 0 {
		t.Errorf("AllOwnLines = %+v, %v; want none", all, err)
	}
	bad := line
	bad.Times = 1000
	wantKind(t, "1000 a year", set(storage.OwnLines{Group: a, Version: 1, Own: true, Lines: []attention.Line{bad}}), analysis.Invalid)
	wantKind(t, "nobody", set(storage.OwnLines{Group: 4711}), analysis.NotFound)
}

func testOccasions(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	addClients(t, s, someone("1", "Een"))
	g := clientOf(t, s, "1").Group
	o := storage.NotedOccasion{Group: g, Occasion: attention.Occasion{Kind: attention.Takeover, Day: 20454}, By: "U1", At: morning}
	write(t, s, func(tx storage.Tx) error {
		var err error
		o.ID, err = tx.AddOccasion(ctx, o)
		return err
	})
	if all, err := s.Occasions(ctx, g); err != nil || len(all) != 1 || all[0] != o {
		t.Errorf("Occasions = %+v, %v; want %+v", all, err, o)
	}
	remove := func() error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.RemoveOccasion(ctx, o.ID) })
	}
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "RemoveOccasion twice", remove(), analysis.NotFound)
	if all, err := s.Occasions(ctx, g); err != nil || len(all) != 0 {
		t.Errorf("Occasions = %+v, %v; want none", all, err)
	}
	for what, bad := range map[string]storage.NotedOccasion{
		"illness": {Group: g, Occasion: attention.Occasion{Kind: "ziekte", Day: 20454}},
		"no day":  {Group: g, Occasion: attention.Occasion{Kind: attention.Move, Day: analysis.NoDay}},
	} {
		err := s.Write(ctx, func(tx storage.Tx) error { _, err := tx.AddOccasion(ctx, bad); return err })
		wantKind(t, what, err, analysis.Invalid)
	}
}

// ends changes the exception of group into one that ends on asOf, and back:
// what ended does not count, and every version is kept.
func ends(t *testing.T, s Store, group analysis.GroupID, own []attention.Line, asOf analysis.Day) {
	t.Helper()
	ctx := t.Context()
	write(t, s, func(tx storage.Tx) error {
		return tx.SetOwnLines(ctx, storage.OwnLines{Group: group, Version: 1, Own: true, Until: asOf, Reason: "even niet", At: morning})
	})
	for day, holds := range map[analysis.Day]bool{asOf: true, asOf + 1: false} {
		g, err := s.AttentionGroup(ctx, 0, day, group)
		if err != nil || (g.More != nil && g.More.HasOwn) != holds || holds && len(g.More.Own) != 0 {
			t.Errorf("on %s: %+v, %v", day, g.More, err)
		}
	}
	write(t, s, func(tx storage.Tx) error {
		return tx.SetOwnLines(ctx, storage.OwnLines{Group: group, Version: 2, Own: true, Lines: own, Until: analysis.NoDay, Reason: "op verzoek", At: morning})
	})
	history, err := s.OwnHistory(ctx, group)
	if err != nil || len(history) != 3 || history[1].Until != asOf || len(history[1].Lines) != 0 || history[0].Until.Known() || len(history[2].Lines) != 1 {
		t.Errorf("its versions are %+v, %v", history, err)
	}
}

// testAttentionFormer: nothing is planned for whom nobody is a client any more;
// a group of which one stayed goes on.
func testAttentionFormer(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	asOf := analysis.Date(2026, 11, 21)
	gone, later, left := someone("401", "Vertrokken"), someone("402", "Vertrekt"), someone("403", "Oud")
	gone.Until, later.Until, left.Status = asOf, asOf+1, analysis.Former
	stayed, ended := someone("404", "Blijft"), someone("405", "Ging")
	stayed.GroupName, ended.GroupName, ended.Until = "404", "404", asOf-400
	addClients(t, s, gone, later, left, stayed, ended)
	var items []analysis.SegmentItem
	want := map[analysis.GroupID]analysis.Segment{}
	for number, segment := range map[string]analysis.Segment{"401": "", "402": analysis.SegmentA, "403": "", "404": analysis.SegmentA} {
		group := clientOf(t, s, number).Group
		items = append(items, analysis.SegmentItem{Group: group, Score: 90, Segment: analysis.SegmentA})
		want[group] = segment
	}
	slices.SortFunc(items, func(a, b analysis.SegmentItem) int { return cmp.Compare(a.Group, b.Group) })
	version := saveDraft(t, s, morning, items)
	for g, err := range s.AttentionGroups(t.Context(), version, asOf) {
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, fmt.Sprintf("segment of group %d", g.ID), g.Segment, want[g.ID])
		delete(want, g.ID)
	}
	wantEqual(t, "groups not read", len(want), 0)
}
