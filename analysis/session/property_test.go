package session

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
)

// drawn draws things that people do, of what is there and of what is not.
type drawn struct {
	*rapid.T
	s *State
}

func (d drawn) n(least, most int) int { return rapid.IntRange(least, most).Draw(d.T, "n") }

func one[T any](d drawn, of ...T) T {
	var zero T
	if len(of) == 0 || d.n(0, 15) == 15 {
		return zero
	}
	return of[d.n(0, len(of)-1)]
}

func (d drawn) user() analysis.UserID {
	return analysis.UserID(fmt.Sprint("U", d.n(1, 5)))
}

func (d drawn) cluster() ClusterID {
	var ids []ClusterID
	for _, c := range d.s.Topics() {
		ids = append(ids, c.ID)
	}
	return one(d, ids...)
}

func (d drawn) card() CardID {
	var ids []CardID
	for _, c := range d.s.cards {
		ids = append(ids, c.ID)
	}
	return one(d, ids...)
}

func (d drawn) step() StepID {
	var ids []StepID
	for _, x := range d.s.Steps {
		ids = append(ids, x.ID)
	}
	return one(d, ids...)
}

func (d drawn) place() Place {
	switch d.s.Phase {
	case Facts, Writing:
		return Place{Horizon: one(d, Horizons()...)}
	case Wishing:
		return Place{Horizon: Wished}
	case Stepping:
		return Place{Step: d.step(), Field: one(d, StepFields()...)}
	}
	return one(d, Place{Horizon: one(d, append(Horizons(), Wished)...)}, Place{Step: d.step(), Field: one(d, StepFields()...)},
		Place{Cluster: d.cluster(), Field: one(d, TalkFields()...)})
}

func (d drawn) text() string {
	return rapid.SampledFrom([]string{"snel antwoord", "meer sparren", "\u202eomgekeerd", "\u05e9\u05dc\u05d5\u05dd", "portaal", "  ", "een\nregel\x00", "digitaal"}).Draw(d.T, "text")
}

func (d drawn) dots() []Dot {
	var dots []Dot
	for range d.n(0, 3) {
		dots = append(dots, Dot{d.cluster(), d.n(0, 3)})
	}
	return dots
}

func (d drawn) proposal() Clustered {
	var b Clustered
	for i, c := range d.s.cards {
		if i%3 == 0 {
			b.Clusters = append(b.Clusters, Proposed{Name: "x"})
		}
		last := &b.Clusters[len(b.Clusters)-1]
		last.Cards = append(last.Cards, c.ID)
	}
	if len(d.s.cards) > 4 && d.n(0, 1) == 1 {
		b.Opposed = [][2]CardID{{d.s.cards[0].ID, d.s.cards[4].ID}}
	}
	return b
}

func (d drawn) body(at time.Time) Body {
	s := d.s
	undo, _ := s.LastStep(d.n(0, 1) == 1)
	redo, _ := s.LastUndone(d.n(0, 1) == 1)
	due := analysis.DayOf(at) + analysis.Day(d.n(-1, 9))
	switch d.n(0, 24) {
	case 0, 1:
		return s.Forward(at)
	case 2, 24:
		return d.contribution()
	case 3:
		return s.To(one(d, PhasesOf(s.Kind)...), at)
	case 4:
		return Moved{From: s.Phase, To: one(d, PhasesOf(s.Kind)...), Visit: s.Visit, Deadline: at.Add(time.Hour)}
	case 5:
		return undo
	case 6:
		return redo
	case 7, 8, 9:
		return Wrote{d.place(), d.text(), d.text(), one(d, Fact, Assumption)}
	case 10:
		return one[Body](d, Rewrote{Card: d.card(), Text: d.text()}, Withdrew{d.card()}, s.Extend(1, at), s.Switch(one(d, Modes()...), at))
	case 11, 12:
		return d.proposal()
	case 13:
		return Merged{d.cluster(), d.cluster()}
	case 14:
		return Put{d.card(), d.cluster()}
	case 15:
		c, _ := s.Cluster(d.cluster())
		return one[Body](d, Split{Title: d.text(), Cards: []CardID{d.card()}}, Split{Cluster: c.ID, Title: d.text(), Cards: c.Cards[:len(c.Cards)/2]}, Renamed{c.ID, c.Name, d.text()}, Opposed{d.card(), d.card()})
	case 16, 17:
		return Voted{one(d, Horizons()...), d.dots()}
	case 18:
		return Weighed{d.card(), Weight{d.n(0, 6), d.n(1, 5)}}
	case 19:
		return Felt{d.step(), d.n(0, 6)}
	case 20:
		return one[Body](d, Joined{d.user()}, Removed{d.user()}, TookOver{s.Facilitator, d.user()}, Readied{s.Phase})
	case 21:
		return one[Body](d, Paused{}, Resumed{}, Ended{}, Chose{[]analysis.GroupID{1, 2}})
	case 22:
		return one[Body](d, Stepped{Base: s.stepsSeq, Steps: append(slices.Clone(s.Steps[:len(s.Steps)/2]), Step{Name: d.text()})}, AmbitionChosen{[]string{d.text()}})
	case 23:
		return one[Body](d, Agreed{Owner: d.user(), Due: due, Then: d.text()}, Decided{d.cluster(), one(d, Columns()...), one(d, Choices()...)})
	}
	if len(s.Actions) == 0 {
		return nil
	}
	a := s.Actions[d.n(0, len(s.Actions)-1)]
	return Handled{Action: a.ID, Base: len(a.History), State: one(d, Open, Done, Delayed, Dropped), Due: due, Reason: d.text(), Owner: one(d, d.user())}
}

// contribution is what the phase asks of each.
func (d drawn) contribution() Body {
	switch d.s.Phase {
	case Clustering:
		return d.proposal()
	case Voting:
		if d.s.Kind == Journey {
			return Weighed{d.card(), Weight{d.n(1, 5), d.n(1, 5)}}
		}
		return Voted{one(d, Columns()...), d.dots()}
	case Stepping:
		return Felt{d.step(), d.n(1, 5)}
	case Acting, Concluded:
		return Agreed{Owner: d.user(), Due: analysis.DayOf(monday) + 9, Then: d.text()}
	}
	return Wrote{Place: d.place(), Text: d.text()}
}

// picture is everything of s but the trail of events that led to it.
func picture(s *State) string {
	plain := *s
	plain.Seq, plain.Last, plain.keys, plain.undos = 0, time.Time{}, nil, [3]undo{}
	return fmt.Sprintf("%+v", plain)
}

// TestWalks: whatever nine people do, in any order, who may and who may not, the
// promises of the package hold after every event.
func TestWalks(t *testing.T) {
	added, undos, votes, hidden := 0, 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		ahead := rapid.IntRange(0, 3).Draw(rt, "phases ahead")
		start := Started{Kind: Now3Years, Mode: Async, Subject: Subject{Manager: 3}, Facilitator: "U1", Participants: people(rapid.IntRange(3, 7).Draw(rt, "people"))}
		if rapid.Bool().Draw(rt, "journey") {
			start.Kind = Journey
		}
		e, err := Begin(Who{User: "U1"}, "k0", monday, start)
		if err != nil {
			rt.Fatal(err)
		}
		events, at := []Event{e}, monday
		for i := range ahead { // so that each phase is walked in, not only the first
			for _, b := range furnished(i) {
				s := Fold(1, events)
				if e, err := s.Add(Who{User: "U1"}, fmt.Sprint("k", len(events)), at, b(s)); err == nil {
					events = append(events, e)
				}
			}
		}
		var pictures []string
		for i := range events {
			pictures = append(pictures, picture(Fold(1, events[:i+1])))
		}
		for range rapid.IntRange(40, 160).Draw(rt, "steps") {
			at = at.Add(time.Second)
			s := Fold(1, events)
			d := drawn{rt, s}
			who := Who{User: d.user()}
			if s.Status == Resting && d.n(0, 3) == 0 {
				who = Who{User: "U8", Administrator: true}
			} else if n := d.n(0, 9); n == 0 {
				who = Clock
			} else if n == 1 {
				who = Who{User: "U8", Administrator: true}
			}
			b := d.body(at)
			if b == nil {
				continue
			}
			key := fmt.Sprint("k", len(events))
			e, err := s.Add(who, key, at, b)
			if err != nil {
				continue
			}
			wasRemoved(rt, s, who, b)
			grown := Fold(1, events)
			events = append(events, e)
			pictures = append(pictures, picture(Fold(1, events)))
			after := Fold(1, events)
			if grown.Grow(e) && !reflect.DeepEqual(grown, after) {
				rt.Fatalf("grown by %T:\n%s\nfolded:\n%s", e.Body, picture(grown), picture(after))
			}
			if !after.Seen(key) || after.Seq != len(events) {
				rt.Fatalf("%s was not remembered: Seq %d of %d", key, after.Seq, len(events))
			}
			added++
			votes += ballots(rt, after)
			hidden += secrets(rt, after)
			undos += undoRedo(rt, after, events, at)
		}
		for i := range events { // the future is not seen
			if got := picture(Fold(1, slices.Clone(events[:i+1]))); got != pictures[i] {
				rt.Fatalf("fold of %d events:\n%s\nas it was then:\n%s", i+1, got, pictures[i])
			}
		}
		roundTrip(rt, events)
		shuffled := slices.Clone(events)
		rand.New(rand.NewPCG(1, uint64(len(events)))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		mixed := Fold(1, shuffled)
		ballots(rt, mixed)
		mixed.Outcome()
		mixed.Progress()
		Due(mixed, at)
	})
	t.Logf("%d events, %d undone, %d ballots, %d hidden cards", added, undos, votes, hidden)
	if added < 500 || undos < 50 || votes < 3 || hidden < 20 {
		t.Errorf("the walks did little: %d events, %d undone, %d ballots, %d hidden cards", added, undos, votes, hidden)
	}
}

// furnished is what a session needs before it can be walked in further on.
func furnished(n int) []func(*State) Body {
	on := func(s *State) Body { return s.Forward(monday) }
	write := func(s *State) Body { return Wrote{Place: Place{Horizon: Now}, Text: fmt.Sprint("kaartje ", s.Seq)} }
	cluster := func(s *State) Body {
		var b Clustered
		for _, c := range s.cards {
			b.Clusters = append(b.Clusters, Proposed{fmt.Sprint("groep ", c.ID), []CardID{c.ID}})
		}
		return b
	}
	if n == 0 {
		return []func(*State) Body{write, write, write, on}
	}
	return []func(*State) Body{on, cluster}
}

func wasRemoved(t *rapid.T, s *State, who Who, b Body) {
	switch b.(type) {
	case Wrote, Voted, Weighed, Felt, Readied, Merged, Put:
		if who.clock || s.TakesPart(who.User) || who.User == s.Facilitator {
			return
		}
		t.Fatalf("%s does not take part and did %T", who.User, b)
	}
}

// ballots checks that nobody gave more dots than they have.
func ballots(t *rapid.T, s *State) (n int) {
	for user, horizons := range s.ballots {
		for h := range horizons {
			sum := 0
			for _, d := range s.Ballot(user, h) {
				if sum += d.Dots; d.Dots < 1 || d.Dots > MostDots {
					t.Fatalf("%s gave %d dots on one", user, d.Dots)
				}
			}
			if n++; sum > Dots {
				t.Fatalf("%s gave %d dots on %s", user, sum, h)
			}
		}
	}
	if _, open := s.Tally(); open != s.Passed(Voting) || !open && (len(s.Outcome()) > 0 || len(s.Top()) > 0) {
		t.Fatalf("votes are open in phase %s", s.Phase)
	}
	inside := 0
	for _, c := range s.Topics() {
		if _, there := s.Cluster(c.ID); !there {
			t.Fatalf("topic %d is not found", c.ID)
		}
		inside += len(s.CardsOf("", c))
	}
	if grouped := slices.DeleteFunc(s.Cards(""), func(c Card) bool { return !c.groupable() }); inside != len(grouped) && s.Kind == Now3Years {
		t.Fatalf("of %d cards %d are of a topic", len(grouped), inside)
	}
	for _, c := range s.Clusters {
		if s.contradict(c.Cards, c.Cards) {
			t.Fatalf("cluster %d holds cards that contradict each other", c.ID)
		}
	}
	return n
}

// secrets checks that nobody reads what is hidden, or who wrote what is anonymous.
func secrets(t *rapid.T, s *State) (n int) {
	for _, c := range s.cards {
		visible := c.until == "" || c.shown
		for _, viewer := range append(people(9), "") {
			at := slices.IndexFunc(s.Cards(viewer), func(x Card) bool { return x.ID == c.ID })
			mine := viewer != "" && viewer == c.author
			if (at >= 0) != (visible || mine) {
				t.Fatalf("card %d of %s, hidden until %s in %s: read by %q: %v", c.ID, c.author, c.until, s.Phase, viewer, at >= 0)
			}
			if at >= 0 {
				x := s.Cards(viewer)[at]
				if x.author != "" || x.Mine != mine || c.nameless && x.Author != "" {
					t.Fatalf("card %d tells %q who wrote it: %+v", c.ID, viewer, x)
				}
			}
		}
		if !visible {
			n++
		}
	}
	for _, f := range s.Feelings("U9") {
		if (f.Median != 0 || f.Named != nil) && (!f.Shown || f.N < Fewest && !s.NamedFeelings) {
			t.Fatalf("feelings of %d persons are told: %+v", f.N, f)
		}
	}
	return n
}

// undoRedo: what is undone and done again is as it was.
func undoRedo(t *rapid.T, s *State, events []Event, at time.Time) (n int) {
	for _, moving := range []bool{true, false} {
		undo, ok := s.LastStep(moving)
		if !ok {
			continue
		}
		e := Event{Seq: s.Seq + 1, At: at, By: "U8", Key: "undo", Body: undo}
		undone := Fold(1, append(slices.Clip(events), e))
		again, ok := undone.LastUndone(moving)
		if !ok || again.Seq != e.Seq {
			t.Fatalf("after an undo: %v, %v", again, ok)
		}
		e2 := Event{Seq: s.Seq + 2, At: at, By: "U8", Key: "redo", Body: again}
		redone := Fold(1, append(slices.Clip(events), e, e2))
		if picture(redone) != picture(s) {
			t.Fatalf("undone and done again:\n%s\nbefore:\n%s", picture(redone), picture(s))
		}
		if next, ok := redone.LastStep(moving); !ok || next != undo {
			t.Fatalf("after a redo the last step is %v, want %v", next, undo)
		}
		n++
	}
	return n
}

func roundTrip(t *rapid.T, events []Event) {
	read := slices.Clone(events)
	for i, e := range read {
		raw, err := Encode(e.Body)
		if err != nil {
			t.Fatal(err)
		}
		if read[i].Body, err = Decode(e.Body.Name(), Version, raw); err != nil {
			t.Fatal(err)
		}
	}
	if picture(Fold(1, read)) != picture(Fold(1, events)) {
		t.Fatalf("read back:\n%s\nwritten:\n%s", picture(Fold(1, read)), picture(Fold(1, events)))
	}
}

// TestDecode: each body can be read back, and what another program wrote is not
// taken for something else.
func TestDecode(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(decoders)) {
		b, err := Decode(name, Version, []byte("{}"))
		if err != nil || b.Name() != name || reflect.TypeOf(b).Kind() != reflect.Struct {
			t.Errorf("Decode(%s) = %T, %v", name, b, err)
		}
		if _, ok := rules[name]; !ok && name != "wrote" && name != "rewrote" && name != "withdrew" {
			t.Errorf("no rule says who may %s", name)
		}
	}
	for _, c := range []struct {
		name    string
		version int
		raw     string
	}{{"unheard_of", Version, "{}"}, {"moved", Version + 1, "{}"}, {"moved", Version, "[]"}} {
		if _, err := Decode(c.name, c.version, []byte(c.raw)); err == nil {
			t.Errorf("Decode(%s, %d, %s) is no error", c.name, c.version, c.raw)
		}
	}
}
