package commands

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
	"klantbot/storage/sqlite"
)

var sessionAt = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// discussion is a session of n people in a new database.
func discussion(t testing.TB, n int) (Sessions, session.ID) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c := Sessions{Events: db, Store: db}
	var people []analysis.UserID
	for i := range n {
		people = append(people, analysis.UserID(fmt.Sprint("U", i+1)))
	}
	s, err := c.Begin(t.Context(), pressed("U1", "begin"), session.Started{Kind: session.Now3Years, Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentA},
		Facilitator: "U1", Participants: people}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, s.ID
}

func pressed(user analysis.UserID, key string) Press {
	return Press{Who: session.Who{User: user}, Key: key, At: sessionAt, Action: "session.test"}
}

func cards(texts ...string) Deed {
	var bodies []session.Body
	for _, text := range texts {
		bodies = append(bodies, session.Wrote{Place: session.Place{Horizon: session.Now}, Text: text})
	}
	return Do(bodies...)
}

// TestSessionPress: a submission of three cards is three events or none, and once.
func TestSessionPress(t *testing.T) {
	c, id := discussion(t, 4)
	rows := 0
	then := func(tx storage.Tx, before, after *session.State) error {
		rows++
		if len(after.Cards("U2"))-len(before.Cards("U2")) != 3 {
			t.Errorf("then sees %d cards after %d", len(after.Cards("U2")), len(before.Cards("U2")))
		}
		_, err := tx.Enqueue(t.Context(), storage.LedgerEntry{Key: "x", Kind: "x", User: "U2", At: sessionAt, Due: sessionAt})
		return err
	}
	for i, want := range []bool{true, false} {
		s, added, err := c.Press(t.Context(), id, pressed("U2", "K1"), cards("een", "twee", "drie"), then)
		if err != nil || added != want || len(s.Cards("U2")) != 3 {
			t.Errorf("press %d: added %v, %d cards, %v", i, added, len(s.Cards("U2")), err)
		}
	}
	if rows != 1 {
		t.Errorf("then ran %d times", rows)
	}
	_, _, err := c.Press(t.Context(), id, pressed("U3", "K2"), cards("een", "twee", "drie", "vier"), nil)
	if s, _ := c.Read(t.Context(), id); analysis.KindOf(err) != analysis.Invalid || len(s.Cards("U3")) != 0 {
		t.Errorf("four cards: %v, %d kept", err, len(s.Cards("U3")))
	}
	again, err := c.Begin(t.Context(), pressed("U1", "begin"), session.Started{Kind: session.Now3Years, Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentB},
		Facilitator: "U1", Participants: []analysis.UserID{"U1", "U2", "U3"}}, nil)
	if err != nil || again.ID != id || again.Subject.Segment != analysis.SegmentA {
		t.Errorf("begun again: %+v, %v", again, err)
	}
}

// TestSessionCrash: a press whose write comes to nothing leaves nothing, and the
// same press later does it all.
func TestSessionCrash(t *testing.T) {
	c, id := discussion(t, 4)
	died := errors.New("died")
	_, _, err := c.Press(t.Context(), id, pressed("U2", "K1"), cards("een"), func(storage.Tx, *session.State, *session.State) error { return died })
	if s, _ := c.Read(t.Context(), id); !errors.Is(err, died) || len(s.Cards("U2")) != 0 {
		t.Errorf("a write that died: %v, %d cards", err, len(s.Cards("U2")))
	}
	if s, added, err := c.Press(t.Context(), id, pressed("U2", "K1"), cards("een"), nil); err != nil || !added || len(s.Cards("U2")) != 1 {
		t.Errorf("the same press later: %v, %v", added, err)
	}
}

// TestSessionsAtOnce: eight people press at once; every card is there, and of two
// who go on one does and the other hears that somebody was first.
func TestSessionsAtOnce(t *testing.T) {
	c, id := discussion(t, 8)
	var all sync.WaitGroup
	var mu sync.Mutex
	moved, refused := 0, 0
	s, err := c.Read(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	move := s.Forward(sessionAt)
	for i := range 8 {
		all.Go(func() {
			user := analysis.UserID(fmt.Sprint("U", i+1))
			for j := range session.MostEach {
				if _, _, err := c.Press(t.Context(), id, pressed(user, fmt.Sprint(user, j)), cards(fmt.Sprint(user, " ", j)), nil); err != nil {
					t.Error(err)
				}
			}
			_, added, err := c.Press(t.Context(), id, pressed("U1", fmt.Sprint("M", i)), Do(move), nil)
			mu.Lock()
			defer mu.Unlock()
			var said *analysis.Error
			switch {
			case added:
				moved++
			case errors.As(err, &said) && said.Key == "session.moved_already":
				refused++
			default:
				t.Errorf("move: %v", err)
			}
		})
	}
	all.Wait()
	s, err = c.Read(t.Context(), id)
	if err != nil || moved != 1 || refused != 7 || s.Phase != session.Writing || s.Seq != 1+8*session.MostEach+1 {
		t.Errorf("moved %d, refused %d, phase %s, %d events, %v", moved, refused, s.Phase, s.Seq, err)
	}
}

// TestTraining: lessons that were shared become actions in one stream.
func TestTraining(t *testing.T) {
	c, _ := discussion(t, 4)
	for i := range 2 {
		s, err := c.Training(t.Context(), sessionAt)
		if err != nil {
			t.Fatal(err)
		}
		lesson := session.Lesson("Oefenen met doorvragen", "U3", analysis.DayOf(sessionAt)+20)
		s, _, err = c.Press(t.Context(), s.ID, pressed("U9", fmt.Sprint("L", i)), Do(lesson), nil)
		if err != nil || len(s.Actions) != i+1 {
			t.Errorf("lesson %d: %+v, %v", i, s, err)
		}
	}
}

// BenchmarkSession is a press in the fullest session there is: twelve people with
// nine cards each, all clustered, voted, discussed, with actions; read, folded,
// asked, appended and kept, on a database file. p99-ms is the 99th of a hundred.
func BenchmarkSession(b *testing.B) {
	c, id := discussion(b, 12)
	full(b, c, id)
	s, err := c.Read(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d events", s.Seq)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		user := analysis.UserID(fmt.Sprint("U", i%12+1))
		dots := []session.Dot{{Cluster: s.Clusters[i%len(s.Clusters)].ID, Dots: 1 + i%2}}
		if _, _, err := c.Press(b.Context(), id, pressed(user, fmt.Sprint("P", i)), Do(session.Voted{Horizon: session.Now, Dots: dots}), nil); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// full fills a session up to its voting.
func full(t testing.TB, c Sessions, id session.ID) {
	press := func(user string, bodies ...session.Body) *session.State {
		s, err := c.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err = c.Press(t.Context(), id, pressed(analysis.UserID(user), fmt.Sprint("F", s.Seq)), Do(bodies...), nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for i := range 12 {
		for _, h := range session.Horizons()[:3] {
			for j := range session.MostEach {
				press(fmt.Sprint("U", i+1), session.Wrote{Place: session.Place{Horizon: h}, Text: fmt.Sprintf("Kaartje %d van %d over %s, met zoveel woorden als mensen schrijven", j, i, h)})
			}
		}
		press(fmt.Sprint("U", i+1), session.Readied{Phase: session.Facts})
	}
	s, _ := c.Read(t.Context(), id)
	press("U1", s.Forward(sessionAt))
	s, _ = c.Read(t.Context(), id)
	s = press("U1", s.Forward(sessionAt))
	proposal := session.Clustered{}
	for i, card := range s.Cards("U1") {
		if i%16 == 0 {
			proposal.Clusters = append(proposal.Clusters, session.Proposed{Name: fmt.Sprint("Groep ", i/16)})
		}
		last := &proposal.Clusters[len(proposal.Clusters)-1]
		last.Cards = append(last.Cards, card.ID)
	}
	s = press("U1", proposal)
	for i := range 60 {
		press(fmt.Sprint("U", i%12+1), session.Put{Card: s.Clusters[0].Cards[i%16], Cluster: s.Clusters[i%7].ID})
	}
	for i := range session.MostActions {
		press("U1", session.Agreed{Owner: "U2", Due: analysis.DayOf(sessionAt) + analysis.Day(i), Then: "doen we dit"})
	}
	s = press("U1", s.Forward(sessionAt))
	for i := range 12 {
		press(fmt.Sprint("U", i+1), session.Voted{Horizon: session.Later, Dots: []session.Dot{{Cluster: s.Clusters[i%7].ID, Dots: 2}}})
	}
}
