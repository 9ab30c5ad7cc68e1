package storetest

import (
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// testRetention: what is too old goes, a little at a time, and what is younger stays.
func testRetention(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, someone("1", "Een"))
	one := clientOf(t, s, "1")
	for _, day := range []analysis.Day{20000, 20001, 20400} {
		touch := called(one.Group, day)
		touch.Note = "gebeld"
		addTouch(t, s, touch)
		write(t, s, func(tx storage.Tx) error {
			_, _, err := tx.AddFeedback(t.Context(), storage.Feedback{Client: one.ID, Words: "fijn", Day: day, By: "U1", At: day.Time()})
			if err != nil {
				return err
			}
			return tx.Remark(t.Context(), analysis.Remark{Group: one.Group, Words: "let op", By: "U1", At: day.Time()})
		})
	}
	answer(t, s, storage.ImportOptions{Wave: "stil"}, said("r1", 9, "goed geholpen"))
	for kind, want := range map[storage.Retained]int{storage.RetainNotes: 2, storage.RetainFeedback: 2, storage.RetainRemarks: 2, storage.RetainAnswers: 0} {
		expires(t, s, kind, 20100, want)
	}
	over, going, acting := begun(t, s, "T1", session.Subject{Group: one.Group}), begun(t, s, "T2", session.Subject{Group: one.Group}), begun(t, s, "T3", session.Subject{Group: one.Group})
	for i, id := range []session.ID{over, going, acting} {
		mustPress(t, s, id, "U2", fmt.Sprint("K", i), card("Zij willen sneller antwoord"))
	}
	for i := range 2 { // until there can be actions
		mustPress(t, s, acting, "U1", fmt.Sprint("M", i), stateOf(t, s, acting).Forward(morning))
	}
	mustPress(t, s, acting, "U2", "A", session.Agreed{Owner: "U3", Due: analysis.DayOf(morning) + 9, When: "zij bellen", Then: "bel ik terug"})
	for _, id := range []session.ID{over, acting} {
		mustPress(t, s, id, "U1", fmt.Sprint("E", id), session.Ended{})
	}
	expires(t, s, storage.RetainSessions, analysis.DayOf(morning)-1, 0)
	expires(t, s, storage.RetainSessions, analysis.DayOf(morning)+400, 1)
	for id, kept := range map[session.ID]bool{over: false, going: true, acting: true} {
		words := ""
		for _, e := range mustEvents(t, s, id) {
			raw, _ := session.Encode(e.Body)
			words += string(raw)
		}
		if strings.Contains(words, "sneller") != kept || strings.Contains(words, "Blijven") != kept {
			t.Errorf("session %d: %s; words are kept: want %t", id, words, kept)
		}
	}
	touches, _, err := s.Touches(t.Context(), one.Group, 0, 9)
	if err != nil || len(touches) != 3 || touches[0].Note == "" || touches[1].Note != "" || touches[2].Note != "" {
		t.Errorf("Touches = %+v, %v; want three moments of which one has a note", touches, err)
	}
	_, err = s.Older(t.Context(), "anders", 0)
	wantKind(t, "Older of nothing that is kept", err, analysis.Invalid)
}

// expires takes all of kind out one by one.
func expires(t *testing.T, s Store, kind storage.Retained, day analysis.Day, want int) {
	t.Helper()
	n, err := s.Older(t.Context(), kind, day)
	if err != nil || n != want {
		t.Errorf("Older of %s = %d, %v; want %d", kind, n, err, want)
	}
	for left := want; left >= 0; left-- {
		gone := 0
		write(t, s, func(tx storage.Tx) (err error) {
			gone, err = tx.Expire(t.Context(), kind, day, 1)
			return err
		})
		if gone != min(left, 1) {
			t.Errorf("Expire of %s took %d of %d", kind, gone, left)
		}
	}
}
