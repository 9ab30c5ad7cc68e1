package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// landedSession checks what schema 8 added.
func landedSession(t *testing.T, s Store) {
	ctx := t.Context()
	state := stateOf(t, s, 1)
	cards := state.Cards("U2")
	if state.Phase != session.Clustering || state.Facilitator != "U1" || len(cards) != 1 || cards[0].Text != "Snel antwoord" || cards[0].Author != "" || !cards[0].Mine {
		t.Errorf("session: %+v with %+v", state, cards)
	}
	lines, n, err := s.Actions(ctx, storage.ActionFilter{Subject: session.Subject{Group: 1}, Pending: true}, 0, 9)
	if err != nil || n != 1 || lines[0].State != session.Delayed || lines[0].Due != 20810 || lines[0].Reason != "op reis" || lines[0].Changes != 2 {
		t.Errorf("Actions = %+v, %v", lines, err)
	}
	state = mustPress(t, s, 1, "U2", "landed", session.Handled{Action: lines[0].ID, Base: 2, State: session.Done, Due: analysis.NoDay})
	wantEqual(t, "action", state.Actions[0].State, session.Done)
	wantEqual(t, "a new session", begun(t, s, "landed", session.Subject{Segment: analysis.SegmentA}), 2)
	own, err := s.OwnReflections(ctx, "U1")
	if err != nil || len(own) != 1 || own[0].Answers != [5]int{5, 4, 3, 2, 0} || own[0].Lesson != "Vraag door" || own[0].Day != 20400 {
		t.Errorf("OwnReflections = %+v, %v", own, err)
	}
}
