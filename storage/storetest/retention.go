package storetest

import (
	"testing"

	"klantbot/analysis"
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
