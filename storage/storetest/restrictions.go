package storetest

import (
	"fmt"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// testRestrictions: a group that only U1 may see is not there for anybody else, in
// nothing that names or counts groups, and is for the program's own work.
func testRestrictions(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	one, three := clientOf(t, s, "1"), clientOf(t, s, "3")
	touch := called(one.Group, 20400)
	touch.Next = "offerte"
	touch = addTouch(t, s, touch)
	version := saveDraft(t, s, morning, []analysis.SegmentItem{{Group: one.Group, Segment: analysis.SegmentA}, {Group: three.Group, Segment: analysis.SegmentB}})
	begun(t, s, "T1", session.Subject{Group: one.Group})
	restrict := func(r storage.Restriction) error {
		return s.Write(t.Context(), func(tx storage.Tx) error { return tx.Restrict(t.Context(), r) })
	}
	sees := func(what string, user analysis.UserID, all bool) {
		t.Helper()
		ctx := storage.Seeing(t.Context(), user)
		groups, err := s.GroupsOf(ctx, []analysis.GroupID{one.Group, three.Group})
		clients, err2 := s.ClientsOf(ctx, []analysis.ClientID{one.ID, three.ID})
		histories := 0
		for range s.Histories(ctx, 20500) {
			histories++
		}
		attended := 0
		for range s.AttentionGroups(ctx, version, 20500) {
			attended++
		}
		moments := 0
		for range s.Moments(ctx, 0, 30000) {
			moments++
		}
		items, err3 := s.Items(ctx, version)
		sessions, n, err4 := s.Sessions(ctx, storage.SessionFilter{}, 0, 9)
		steps, steps2, err5 := s.NextSteps(ctx, touch.By, touch.Manager, 9)
		_, client := s.Client(ctx, one.ID)
		_, group := s.Group(ctx, one.Group)
		_, one1 := s.Touch(ctx, touch.ID)
		_, attention := s.AttentionGroup(ctx, version, 20500, one.Group)
		_, events := s.SessionEvents(ctx, 1)
		members, err6 := s.Members(ctx, one.Group)
		got := fmt.Sprint(len(groups), len(clients), histories, attended, moments, len(items), len(sessions), n, len(steps), steps2, len(members), client == nil, group == nil, one1 == nil, attention == nil, events == nil)
		want := "1 1 1 1 0 1 0 0 0 0 0 false false false false false"
		if all {
			want = "2 2 2 2 1 2 1 1 1 1 2 true true true true true"
		}
		if got != want || err != nil || err2 != nil || err3 != nil || err4 != nil || err5 != nil || err6 != nil {
			t.Errorf("%s: %s; want %s (%v %v %v %v %v %v)", what, got, want, err, err2, err3, err4, err5, err6)
		}
	}
	sees("nothing restricted", "U2", true)
	if r, err := s.Restriction(t.Context(), one.Group); err != nil || r.Version != 0 || r.Number != "1" {
		t.Errorf("Restriction = %+v, %v; want none", r, err)
	}
	if err := restrict(storage.Restriction{Group: one.Group, People: []analysis.UserID{"U1", "U1"}, By: "U9", At: morning}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "Restrict once more", restrict(storage.Restriction{Group: one.Group, People: []analysis.UserID{"U2"}, At: morning}), analysis.Invalid)
	sees("who is named", "U1", true)
	sees("somebody else", "U2", false)
	sees("a channel", "", false)
	all, err := s.Restrictions(storage.Seeing(t.Context(), "U2"))
	if err != nil || len(all) != 1 || all[0].Number != "1" || len(all[0].People) != 1 || all[0].By != "U9" || all[0].Version != 1 {
		t.Errorf("Restrictions = %+v, %v", all, err)
	}
	if _, err := s.Group(storage.Everything(storage.Seeing(t.Context(), "U2")), one.Group); err != nil {
		t.Errorf("the program itself: %v", err)
	}
	if err := restrict(storage.Restriction{Group: one.Group, Version: 1, At: morning}); err != nil {
		t.Fatal(err)
	}
	sees("lifted", "U2", true)
}
