package commands

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts/offline"
	"klantbot/storage"
)

// fullScreens are the screens of the fullest session there is: twelve people with nine
// cards each, in groups, at its voting.
func fullScreens(t testing.TB) (SessionScreens, *session.State) {
	t.Helper()
	c, id := discussion(t, 12)
	full(t, c, id)
	s, err := c.Read(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	letters, ok := c.Events.(Letters)
	if !ok {
		t.Fatal("the store keeps no letters")
	}
	return SessionScreens{Use: c, Letters: letters, Grouper: offline.Grouper{}, Now: func() time.Time { return sessionAt }}, s
}

// pressing is a request of somebody who takes part.
func pressing(user analysis.UserID, key, value string, fields map[string]string) Request {
	return Request{Key: key, Actor: analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Employee)}, Lang: locale.Dutch, Zone: officeZone, At: sessionAt, Value: value, Fields: fields}
}

// BenchmarkSessionPress is a whole press of twelve people with 108 cards: a ballot is
// checked and kept, the board is to be drawn anew, one's own vote is shown; then the
// board is drawn. p99-ms is the 99th of a hundred such.
func BenchmarkSessionPress(b *testing.B) {
	c, s := fullScreens(b)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		if i%100 == 99 { // a session does not get much longer than this
			b.StopTimer()
			c, s = fullScreens(b)
			b.StartTimer()
		}
		began := time.Now()
		fields := map[string]string{view.FieldDot(session.Now, 0): strconv.Itoa(int(s.Clusters[i%7].ID)), view.FieldDot(session.Later, 0): strconv.Itoa(int(s.Clusters[(i+1)%7].ID))}
		req := pressing(analysis.UserID(fmt.Sprint("U", i%12+1)), fmt.Sprint("B", i), view.SessionValue(s), fields)
		if wrong, err := c.ValidateVote(b.Context(), req); err != nil || len(wrong) > 0 {
			b.Fatal(wrong, err)
		}
		if _, err := c.Voted(b.Context(), req); err != nil {
			b.Fatal(err)
		}
		if _, err := c.Board(b.Context(), storage.LedgerEntry{Subject: view.SessionValue(s), Lang: "nl"}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// TestSessionFull: with 108 cards, 60 of them in one group, every window is within
// what Slack takes, and every card can be reached.
func TestSessionFull(t *testing.T) {
	c, s := fullScreens(t)
	lead := pressing("U1", "back", view.SessionValue(s)+"/"+string(session.Clustering), nil)
	if _, err := c.Reopen(t.Context(), lead); err != nil {
		t.Fatal(err)
	}
	s, _ = c.Use.Read(t.Context(), s.ID)
	into := s.Clusters[0]
	var moves []session.Body
	for _, card := range s.Cards("") {
		if n := len(into.Cards) + len(moves); n < 60 && !slices.Contains(into.Cards, card.ID) {
			moves = append(moves, session.Put{Card: card.ID, Cluster: into.ID})
		}
	}
	if _, _, err := c.Use.Press(t.Context(), s.ID, pressed("U1", "gather"), Do(moves...), nil); err != nil {
		t.Fatal(err)
	}
	s, _ = c.Use.Read(t.Context(), s.ID)
	windows := map[string]UseCase{"groups": c.Groups, "split": c.Split, "merge": c.Merge, "rename": c.Rename, "move": c.Move, "lead": c.Lead}
	for name, run := range windows {
		value := view.SessionValue(s) + "/" + strconv.Itoa(int(into.ID))
		if name == "move" {
			value = view.SessionValue(s) + "/" + strconv.Itoa(int(into.Cards[0]))
		}
		r, err := run(t.Context(), pressing("U1", "w-"+name, value, nil))
		if err != nil || r.Modal == nil || len(r.Modal.Blocks) > 100 || len([]rune(r.Modal.Title)) > 24 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	seen := 0
	for offset := 0; offset < 60; offset += 15 {
		r, err := c.Group(t.Context(), pressing("U2", fmt.Sprint("page", offset), fmt.Sprintf("%s/%d/%d", view.SessionValue(s), into.ID, offset), nil))
		if err != nil || r.Modal == nil || len(r.Modal.Blocks) > 100 {
			t.Fatalf("page from %d: %v", offset, err)
		}
		for _, b := range r.Modal.Blocks {
			if strings.Contains(fmt.Sprintf("%+v", b), "SectionBlock") || b.BlockType() == "section" {
				seen++
			}
		}
	}
	if seen < 60 {
		t.Errorf("of 60 cards %d can be reached", seen)
	}
}

// TestSessionNotTheirs: who does not take part sees nothing and changes nothing,
// whatever they press.
func TestSessionNotTheirs(t *testing.T) {
	c, s := fullScreens(t)
	before := s.Seq
	for name, run := range map[string]UseCase{"open": c.Open, "lead": c.Lead, "groups": c.Groups, "group": c.Group, "rename": c.Rename, "merge": c.Merge, "split": c.Split, "move": c.Move,
		"write": c.Write, "vote": c.Vote, "talk": c.Talk, "act": c.Act, "facts": c.Facts, "ready": c.Ready, "forward": c.Forward, "extend": c.Extend, "pause": c.Pause, "end": c.End,
		"take": c.Take, "voted": c.Voted, "wrote": c.Wrote, "talked": c.Talked} {
		r, err := run(t.Context(), pressing("U99", "no-"+name, view.SessionValue(s)+"/1", map[string]string{view.FieldHorizon(session.Now): "stiekem"}))
		if err == nil {
			t.Errorf("%s answers %+v", name, r)
		}
		if kind := analysis.KindOf(err); kind != analysis.Forbidden && kind != analysis.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if now, _ := c.Use.Read(t.Context(), s.ID); now.Seq != before {
		t.Errorf("%d events were added", now.Seq-before)
	}
	for _, value := range []string{"", "x", "0/1", "-3/1", "999999/1", strings.Repeat("9", 40)} {
		if r, err := c.Groups(t.Context(), pressing("U1", "odd", value, nil)); err == nil {
			t.Errorf("%q answers %+v", value, r)
		}
	}
}

// TestSessionPressedWhilePaused: a page shows a board for a moment after it changed, so
// whoever presses what is not on it any more reads why, and changes nothing.
func TestSessionPressedWhilePaused(t *testing.T) {
	c, s := fullScreens(t)
	board := view.SessionValue(s) // as everybody's page has it
	if _, err := c.Pause(t.Context(), pressing("U1", "pause", board, nil)); err != nil {
		t.Fatal(err)
	}
	s, _ = c.Use.Read(t.Context(), s.ID)
	if s.Status != session.Resting {
		t.Fatalf("it is %v", s.Status)
	}
	before := s.Seq
	for name, run := range map[string]UseCase{"ready": c.Ready, "forward": c.Forward, "extend": c.Extend, "pause": c.Pause, "write": c.Write, "vote": c.Vote, "voted": c.Voted} {
		fields := map[string]string{view.FieldDot(session.Now, 0): strconv.Itoa(int(s.Clusters[0].ID))}
		r, err := run(t.Context(), pressing("U2", "stale-"+name, board+"/1", fields))
		if known := (*analysis.Error)(nil); !errors.As(err, &known) || known.Kind != analysis.Invalid || known.Key != "session.paused" {
			t.Errorf("%s: %v, answers %+v", name, err, r)
		}
	}
	if now, _ := c.Use.Read(t.Context(), s.ID); now.Seq != before {
		t.Errorf("%d events were added", now.Seq-before)
	}
}
