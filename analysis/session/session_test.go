package session

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
)

// monday is 09:00 on Monday 2026-11-23.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// play is a session as one process keeps it.
type play struct {
	testing.TB
	events []Event
	at     time.Time
}

func begin(t testing.TB, b Started) *play {
	t.Helper()
	p := &play{TB: t, at: monday}
	e, err := Begin(Who{User: "U0"}, "begin", p.at, b)
	if err != nil {
		t.Fatal(err)
	}
	p.events = append(p.events, e)
	return p
}

// people returns n user ids: U1, U2, ...
func people(n int) []analysis.UserID {
	var users []analysis.UserID
	for i := range n {
		users = append(users, analysis.UserID(fmt.Sprint("U", i+1)))
	}
	return users
}

// now3Years is a session of n people about group 12, led by U1.
func now3Years(t testing.TB, n int) *play {
	return begin(t, Started{Kind: Now3Years, Mode: Async, Subject: Subject{Group: 12}, Channel: "C1", Facilitator: "U1", Participants: people(n)})
}

func journey(t testing.TB, n int) *play {
	return begin(t, Started{Kind: Journey, Mode: Live, Subject: Subject{Type: analysis.Developing}, Channel: "C1", Facilitator: "U1", Participants: people(n)})
}

func (p *play) state() *State { return Fold(7, p.events) }

func (p *play) try(who Who, b Body) error {
	p.at = p.at.Add(time.Second)
	e, err := p.state().Add(who, fmt.Sprint("k", len(p.events)), p.at, b)
	if err == nil {
		p.events = append(p.events, e)
	}
	return err
}

func (p *play) do(user analysis.UserID, b Body) *State {
	p.Helper()
	if err := p.try(Who{User: user}, b); err != nil {
		p.Fatalf("%s by %s: %v", b.Name(), user, err)
	}
	return p.state()
}

func (p *play) refused(user analysis.UserID, b Body, key string) {
	p.Helper()
	wantKey(p, p.try(Who{User: user}, b), key)
}

func wantKey(t testing.TB, err error, key string) {
	t.Helper()
	var e *analysis.Error
	if !errors.As(err, &e) || e.Key != key {
		t.Errorf("error %v, want %s", err, key)
	}
}

// to goes forward until phase f.
func (p *play) to(f Phase) *State {
	p.Helper()
	for s := p.state(); s.Phase != f; s = p.state() {
		p.do(s.Facilitator, s.Forward(p.at))
	}
	return p.state()
}

func want[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func wrote(h Horizon, text string) Wrote { return Wrote{Place: Place{Horizon: h}, Text: text} }

// TestNow3Years is a session from start to outcome.
func TestNow3Years(t *testing.T) {
	p := now3Years(t, 7)
	p.do("U2", wrote(Now, "Snel antwoord"))
	p.to(Writing)
	p.do("U3", wrote(Later, "Sparren over opvolging"))
	p.do("U3", wrote(Unaware, "Co-2 telt straks mee bij de bank"))
	p.do("U4", Readied{Writing})
	s := p.state()
	want(t, "done", fmt.Sprint(s.Progress().Done, s.Progress().Of), "3 7")
	want(t, "seen by U3", len(s.Cards("U3")), 2)
	want(t, "seen by all", len(s.Cards("")), 0)
	p.refused("U9", wrote(Now, "x"), "session.not_taking_part")
	p.refused("U2", s.Forward(p.at), "session.facilitator_only")
	moved := s.Forward(p.at)
	p.do("U1", moved)
	p.refused("U1", moved, "session.moved_already")
	s = p.state()
	cards := s.Cards("U3")
	want(t, "revealed", len(cards), 3)
	want(t, "author", string(cards[0].Author+cards[1].Author), "")
	slices.SortFunc(cards, func(a, b Card) int { return int(a.ID - b.ID) })
	want(t, "own", cards[1].Mine, true)
	if err := p.try(Clock, Clustered{Clusters: []Proposed{{"Bereikbaar", []CardID{cards[0].ID}}, {"Opvolging", []CardID{cards[1].ID}}}}); err != nil {
		t.Fatal(err)
	}
	s = p.to(Voting)
	first, second := s.Clusters[0].ID, s.Clusters[1].ID
	for _, u := range people(6) {
		p.do(u, Voted{Later, []Dot{{second, 2}, {first, 1}}})
	}
	p.refused("U7", Voted{Now, []Dot{{second, 2}, {first, 2}}}, "session.vote.most")
	if _, open := p.state().Tally(); open {
		t.Error("votes are open before the end")
	}
	s = p.to(Discussing)
	top := s.Top()
	want(t, "top", fmt.Sprint(top[0].Cluster.Name, top[0].Total, top[0].Voters), "Opvolging12 6")
	asked := Prompts(s, []Concern{{Theme: "bereikbaarheid", N: 9}, {Theme: "duurzaamheid", Words: []string{"co2"}, N: 9}}, p.at)
	want(t, "asked", fmt.Sprint(asked), fmt.Sprintf("[{other_view session/7/view/%d %d 0 } {silence session/7/silence/duurzaamheid 0 0 duurzaamheid}]", second, second))
	p.do("U5", Decided{second, Later, Keep})
	p.to(Acting)
	p.refused("U5", Agreed{Then: "bellen", Owner: "U5", Due: analysis.NoDay}, "session.action.due")
	p.refused("U5", Agreed{Then: "bellen", Due: analysis.DayOf(monday) + 9}, "session.action.owner")
	p.do("U5", Agreed{When: "de jaarrekening klaar is", Then: "bel ik over opvolging", Owner: "U6", Due: analysis.DayOf(monday) + 9})
	s = p.to(Concluded)
	rows := s.Outcome()
	said := ""
	for _, r := range rows {
		said += fmt.Sprint(r.Horizon, " ", r.Choice, " ", r.Cluster.Name, r.Dots, r.Decided, "; ")
	}
	want(t, "outcome", said, "nu houden Bereikbaar0 false; over 3 jaar houden Opvolging12 true; ")
	a := s.Actions[0]
	p.refused("U6", Handled{Action: a.ID, Base: 1, State: Delayed, Due: a.Due + 7}, "session.action.reason")
	p.do("U6", Handled{Action: a.ID, Base: 1, State: Delayed, Due: a.Due + 7, Reason: "klant is ziek"})
	p.refused("U6", Handled{Action: a.ID, Base: 1, State: Done}, "session.action.changed")
	s = p.do("U6", Handled{Action: a.ID, Base: 2, State: Done})
	want(t, "history", len(s.Actions[0].History), 3)
}
