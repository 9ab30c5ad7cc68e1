package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testFeedback: what clients said stands with them, once a message, until it is
// taken back; then the same message can be kept again.
func testFeedback(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, inGroup("G", "1", "Een"), someone("0002", "Twee"))
	one, two := clientOf(t, s, "1"), clientOf(t, s, "0002")
	add := func(f storage.Feedback) (id storage.FeedbackID, added bool) {
		t.Helper()
		write(t, s, func(tx storage.Tx) (err error) {
			id, added, err = tx.AddFeedback(t.Context(), f)
			return err
		})
		return id, added
	}
	f := storage.Feedback{Client: one.ID, Theme: "groei", Tone: storage.Critical, Words: "Niemand\nbelt \x00terug 😀", Link: "https://x/p1", Day: 20455, By: "U1", At: morning}
	id, added := add(f)
	if again, twice := add(storage.Feedback{Client: two.ID, Words: "anders", Link: f.Link, By: "U2", At: morning}); !added || twice || again != id {
		t.Errorf("AddFeedback = %d, %v and %d, %v; want the same message once", id, added, again, twice)
	}
	if _, added := add(storage.Feedback{Client: two.ID, Tone: storage.Pleased, Words: "fijn", By: "U2", At: morning}); !added {
		t.Error("AddFeedback without a message: not added")
	}
	f.ID, f.Group, f.Words = id, one.Group, "Niemand\nbelt terug 😀"
	if got, err := s.Feedback(t.Context(), id); err != nil || got != f {
		t.Errorf("Feedback = %+v, %v; want %+v", got, err, f)
	}
	of := func(group analysis.GroupID, want int) {
		t.Helper()
		if all, err := s.FeedbackOf(t.Context(), group); err != nil || len(all) != want {
			t.Errorf("FeedbackOf(%d) = %+v, %v; want %d", group, all, err, want)
		}
	}
	of(one.Group, 1)
	of(0, 2)
	for range 2 {
		write(t, s, func(tx storage.Tx) error { return tx.RemoveFeedback(t.Context(), id, morning) })
	}
	of(one.Group, 0)
	_, err := s.Feedback(t.Context(), id)
	wantKind(t, "Feedback that was taken back", err, analysis.NotFound)
	if new, added := add(f); !added || new == id {
		t.Errorf("AddFeedback again = %d, %v; want a new one", new, added)
	}
	for name, bad := range map[string]storage.Feedback{"no words": {Client: one.ID, Words: " "}, "no client": {Words: "x"}, "no tone": {Client: one.ID, Words: "x", Tone: 2}} {
		err := s.Write(t.Context(), func(tx storage.Tx) error { _, _, err := tx.AddFeedback(t.Context(), bad); return err })
		wantKind(t, name, err, analysis.Invalid)
	}
}

// landedFeedback checks what schema 9 added.
func landedFeedback(t *testing.T, s Store) {
	if all, err := s.FeedbackOf(t.Context(), 0); err != nil || len(all) != 1 || all[0].Words != "Niemand belt terug" || all[0].Tone != storage.Critical {
		t.Errorf("FeedbackOf = %+v, %v; want the one of U1", all, err)
	}
}
