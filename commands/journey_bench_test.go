package commands

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/view"
	"klantbot/storage/sqlite"
)

// BenchmarkJourneySaid sends the form of a step of a klantreis of twelve people with
// a hundred cards, all that its channel reads included; p99 is in ms.
func BenchmarkJourneySaid(b *testing.B) {
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "office.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	c := Journeys{SessionScreens: SessionScreens{Use: Sessions{Events: db, Store: db}, Letters: db, Now: func() time.Time { return sessionAt }}}
	var people []analysis.UserID
	for i := range session.MostParticipants {
		people = append(people, analysis.UserID(fmt.Sprint("U", i+1)))
	}
	s, err := c.Use.Begin(b.Context(), pressed("U1", "begin"), session.Started{Kind: session.Journey, Mode: session.Live, Subject: session.Subject{Type: analysis.Large},
		Channel: "C1", Facilitator: "U1", Participants: people}, nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, _, err := c.Use.Press(b.Context(), s.ID, pressed("U1", "forward"), Do(s.Forward(sessionAt)), nil); err != nil {
		b.Fatal(err)
	}
	say := func(n int) time.Duration {
		spot := view.JourneySpot{Session: s.ID, Step: session.StepID(n%34/12 + 1)}
		req := Request{Key: fmt.Sprint("K", n), Actor: analysis.Actor{User: people[n%34%12]}, At: sessionAt, Private: spot.String(), Fields: map[string]string{
			view.FieldAt(string(session.Does), spot):        fmt.Sprintf("kaartje %d\nnog een van %d, met zoveel woorden als mensen schrijven", n, n),
			view.FieldAt(string(session.Opportunity), spot): fmt.Sprint("kans ", n)}}
		began := time.Now()
		if _, err := c.Said(b.Context(), req); err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	for n := range 34 { // 102 cards
		say(n)
	}
	var took []time.Duration
	n := 34
	for b.Loop() {
		took = append(took, say(n))
		n++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
