package commands

import (
	"testing"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// TestSignalsGoWithTheirRow: what stood in the row that somebody puts off is not
// asked the week after by itself, what is handed over is left to the colleague for
// four weeks, and what is undone is asked again at once.
func TestSignalsGoWithTheirRow(t *testing.T) {
	today := analysis.DayOf(monday)
	for _, c := range []struct {
		name string
		act  func(w *digestOffice, value string) error
		rest analysis.Day // days until it is asked again
	}{
		{"later", func(w *digestOffice, value string) error {
			_, err := w.digest.Later(t.Context(), w.press("UF", w.fleur, monday, "2;"+value))
			return err
		}, 14},
		{"handed over", func(w *digestOffice, value string) error {
			req := w.press("UF", w.fleur, monday, value)
			req.Fields = map[string]string{view.FieldColleague: "UB"}
			_, err := w.digest.HandOver(t.Context(), req)
			return err
		}, 28},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := toldOffice(t)
			importAnswers(t, w.db, "Klanten 2026", true, today-14, nps("0103", "smit@pietersen.example", 3))
			low := w.groupOf("0103")
			w.queue(monday)
			_, p := w.letter("UF")
			if p.Items[0].Group != low || isSignal(p.Items[0].Activity) {
				t.Fatalf("the first row is %+v", p.Items[0])
			}
			asked := func(day analysis.Day, want bool) {
				t.Helper()
				if got := len(w.signals(day)[low]) > 0; got != want {
					t.Errorf("after %d days it is asked: %v", day-today, got)
				}
			}
			asked(today, true)
			if err := c.act(w, p.first()); err != nil {
				t.Fatal(err)
			}
			asked(today, false)
			asked(today+c.rest-7, false)
			asked(today+c.rest, true)
			if _, err := w.digest.Undo(t.Context(), w.press("UF", w.fleur, monday.AddDate(0, 0, 1), p.first())); err != nil {
				t.Fatal(err)
			}
			asked(today+1, true)
			marks, err := w.db.Marks(t.Context(), low)
			if err != nil {
				t.Fatal(err)
			}
			open := map[string]bool{}
			for _, m := range marks { // the newest first
				if _, known := open[m.Activity]; !known {
					open[m.Activity] = m.State != ""
				}
			}
			for activity, is := range open {
				if is {
					t.Errorf("%s is still put off", activity)
				}
			}
			// And it can be decided anew.
			if err := c.act(w, p.first()); err != nil {
				t.Fatal(err)
			}
			asked(today, false)
		})
	}
}
