package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// begun begins a session of U1 to U4, led by U1, under key.
func begun(t testing.TB, s Store, key string, about session.Subject) session.ID {
	t.Helper()
	first, err := session.Begin(session.Who{User: "U1"}, key, morning, session.Started{Kind: session.Now3Years, Mode: session.Async, Goal: "Blijven",
		Subject: about, Channel: "C1", Facilitator: "U1", Participants: []analysis.UserID{"U1", "U2", "U3", "U4"}})
	if err != nil {
		t.Fatal(err)
	}
	var id session.ID
	write(t, s, func(tx storage.Tx) error {
		var err error
		if id, _, err = tx.BeginSession(t.Context(), first); err != nil {
			return err
		}
		return tx.KeepSession(t.Context(), session.Fold(id, []session.Event{first}))
	})
	return id
}

// press does b for user as a use-case does: read, fold, ask, append, and again
// where somebody was first. It reports whether it was added.
func press(t testing.TB, s Store, id session.ID, user analysis.UserID, key string, b session.Body) (added bool, err error) {
	who := session.Who{User: user}
	if user == "" {
		who = session.Clock
	}
	for {
		events, err := s.SessionEvents(t.Context(), id)
		if err != nil {
			return false, err
		}
		state := session.Fold(id, events)
		if state.Seen(key) {
			return false, nil
		}
		e, err := state.Add(who, key, morning.Add(time.Minute), b)
		if err != nil {
			return false, err
		}
		err = s.Write(t.Context(), func(tx storage.Tx) (err error) {
			if added, err = tx.AppendEvent(t.Context(), id, e); err != nil || !added {
				return err
			}
			return tx.KeepSession(t.Context(), session.Fold(id, append(events, e)))
		})
		if !errors.Is(err, storage.ErrSeqTaken) {
			return added, err
		}
	}
}

func mustPress(t testing.TB, s Store, id session.ID, user analysis.UserID, key string, b session.Body) *session.State {
	t.Helper()
	if added, err := press(t, s, id, user, key, b); err != nil || !added {
		t.Fatalf("%s by %s: added %v, %v", b.Name(), user, added, err)
	}
	return stateOf(t, s, id)
}

func stateOf(t testing.TB, s Store, id session.ID) *session.State {
	t.Helper()
	events, err := s.SessionEvents(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range events {
		if e.Seq != i+1 {
			t.Fatalf("event %d has Seq %d", i, e.Seq)
		}
	}
	return session.Fold(id, events)
}

func card(text string) session.Body {
	return session.Wrote{Place: session.Place{Horizon: session.Now}, Text: text}
}

// testSessions: events come back as they were added, each once.
func testSessions(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	id := begun(t, s, "T1", session.Subject{Segment: analysis.SegmentA})
	wantEqual(t, "begun twice", begun(t, s, "T1", session.Subject{Segment: analysis.SegmentB}), id)
	state := mustPress(t, s, id, "U2", "T2", card("Snel é \u05d0"))
	added, err := press(t, s, id, "U2", "T2", card("Nog eens"))
	if err != nil || added {
		t.Errorf("the same press again: %v, %v; want nothing added", added, err)
	}
	events, err := s.SessionEvents(ctx, id)
	if err != nil || len(events) != 2 {
		t.Fatalf("SessionEvents = %v, %v; want two", events, err)
	}
	got, _ := session.Encode(events[1].Body)
	wantEqual(t, "event", fmt.Sprint(events[1].Seq, events[1].At.Equal(morning.Add(time.Minute)), events[1].By, events[1].Key, string(got)),
		fmt.Sprint(2, true, "U2", "T2", `{"horizon":"nu","text":"Snel é `+"\u05d0"+`"}`))
	again := session.Event{Seq: 2, At: morning, By: "U3", Key: "T3", Body: card("Te laat")}
	for what, e := range map[string]session.Event{"taken": again, "gap": {Seq: 9, At: morning, By: "U3", Key: "T3", Body: card("Gat")}} {
		err := s.Write(ctx, func(tx storage.Tx) error {
			_, err := tx.AppendEvent(ctx, id, e)
			return err
		})
		if !errors.Is(err, storage.ErrSeqTaken) {
			t.Errorf("%s: %v, want ErrSeqTaken", what, err)
		}
	}
	_, err = s.SessionEvents(ctx, 4711)
	wantKind(t, "no session", err, analysis.NotFound)
	wantKind(t, "keep no session", s.Write(ctx, func(tx storage.Tx) error {
		return tx.KeepSession(ctx, session.Fold(4711, events))
	}), analysis.NotFound)
	// A write that fails leaves nothing.
	failed := errors.New("no")
	e, err := state.Add(session.Who{User: "U3"}, "T9", morning, card("Weg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(ctx, func(tx storage.Tx) error {
		if _, err := tx.AppendEvent(ctx, id, e); err != nil {
			return err
		}
		return failed
	}); !errors.Is(err, failed) {
		t.Errorf("Write = %v", err)
	}
	wantEqual(t, "after a write that failed", stateOf(t, s, id).Seq, 2)
}

// testSessionHeads: lists find sessions by what they are about and who is in them.
func testSessionHeads(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	first, second := begun(t, s, "T1", session.Subject{Group: b}), begun(t, s, "T2", session.Subject{Segment: analysis.SegmentA})
	third := begun(t, s, "T3", session.Subject{Manager: 3})
	mustPress(t, s, third, "U1", "T4", session.Ended{})
	mustPress(t, s, second, "U1", "T5", session.Removed{User: "U4"})
	mustPress(t, s, first, "U1", "T6", stateOf(t, s, first).Forward(morning))
	list := func(what string, f storage.SessionFilter, want ...session.ID) []storage.SessionHead {
		t.Helper()
		heads, n, err := s.Sessions(t.Context(), f, 0, 10)
		got := []session.ID{}
		for _, h := range heads {
			got = append(got, h.ID)
		}
		if err != nil || n != len(want) || fmt.Sprint(got) != fmt.Sprint(append([]session.ID{}, want...)) {
			t.Errorf("%s: %v of %d, %v; want %v", what, got, n, err, want)
		}
		return heads
	}
	all := list("all", storage.SessionFilter{}, third, second, first)
	list("going", storage.SessionFilter{Going: true}, second, first)
	list("of U4", storage.SessionFilter{User: "U4"}, third, first)
	list("of nobody", storage.SessionFilter{User: "U"})
	list("about A", storage.SessionFilter{Subject: session.Subject{Segment: analysis.SegmentA}}, second)
	list("of the group", storage.SessionFilter{Subject: session.Subject{Group: b}}, first)
	list("of another", storage.SessionFilter{Subject: session.Subject{Group: a}})
	list("in C2", storage.SessionFilter{Channel: "C2"})
	list("klantreis", storage.SessionFilter{Kind: session.Journey})
	h := all[2]
	wantEqual(t, "head", spaced(h.Kind, h.Mode, h.Goal, h.Channel, h.Facilitator, h.Participants, h.Status, h.Phase, h.Seq, h.Subject),
		"nu-3jaar asynchroon Blijven C1 U1 [U1 U2 U3 U4] loopt schrijven 2 "+fmt.Sprint(session.Subject{Group: b}))
	if !h.Deadline.Equal(session.WorkingDays(morning, 2)) || !h.Begun.Equal(morning) || h.Last.IsZero() {
		t.Errorf("head: deadline %v, begun %v, last %v", h.Deadline, h.Begun, h.Last)
	}
	wantEqual(t, "why", spaced(all[0].Status, all[0].Subject.Manager), "gestopt 3")
	if page, n, err := s.Sessions(t.Context(), storage.SessionFilter{}, 1, 1); err != nil || n != 3 || len(page) != 1 || page[0].ID != second {
		t.Errorf("second page: %v of %d, %v", page, n, err)
	}
	merge(t, s, p.ID)
	got := list("of the whole", storage.SessionFilter{Subject: session.Subject{Group: a}}, first)
	wantEqual(t, "subject after the merger", got[0].Subject, session.Subject{Group: a})
	list("of the part", storage.SessionFilter{Subject: session.Subject{Group: b}}, first)
}

// testActions: every action in one place, as its session left it.
func testActions(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	today := analysis.DayOf(morning)
	one, two := begun(t, s, "T1", session.Subject{Group: b}), begun(t, s, "T2", session.Subject{Segment: analysis.SegmentB})
	for i, id := range []session.ID{one, two} {
		for j := range 2 {
			mustPress(t, s, id, "U1", fmt.Sprint("M", i, j), stateOf(t, s, id).Forward(morning))
		}
	}
	agree := func(id session.ID, key string, b session.Agreed) session.ActionID {
		t.Helper()
		state := mustPress(t, s, id, "U2", key, b)
		return state.Actions[len(state.Actions)-1].ID
	}
	late := agree(one, "A1", session.Agreed{Owner: "U3", Due: today + 20, When: "het kwartaal om is", Then: "bel ik", Theme: "groei"})
	soon := agree(one, "A2", session.Agreed{Owner: "U4", Due: today + 5, Then: "plan ik het gesprek"})
	agree(two, "A3", session.Agreed{Owner: "U3", Due: today + 9, Then: "maak ik een lijst", Group: a})
	lines, n, err := s.Actions(t.Context(), storage.ActionFilter{}, 0, 10)
	if err != nil || n != 3 {
		t.Fatalf("Actions: %d, %v", n, err)
	}
	wantEqual(t, "order", spoken(lines), fmt.Sprint("U4 plan ik het gesprek ", today+5, "; U3 maak ik een lijst ", today+9, "; U3 bel ik ", today+20, "; "))
	l := lines[2]
	wantEqual(t, "line", spaced(l.Session == one, l.ID == late, l.State, l.When, l.Theme, l.Group == b, l.By, l.Kind, l.Channel, l.Subject.Group == b, l.Changes),
		"true true open het kwartaal om is groei true U2 nu-3jaar C1 true 1")
	if stage, due := session.Remind(l.Action, today+17); !due || stage != session.ThreeDays {
		t.Errorf("Remind of what was read: %q, %v", stage, due)
	}
	mustPress(t, s, one, "U4", "H1", session.Handled{Action: soon, Base: 1, State: session.Done, Due: analysis.NoDay, Reason: "gebeld"})
	mustPress(t, s, one, "U3", "H2", session.Handled{Action: late, Base: 1, State: session.Delayed, Due: today + 30, Reason: "klant op reis"})
	for what, c := range map[string]struct {
		f    storage.ActionFilter
		want string
	}{
		"all":        {storage.ActionFilter{}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; U3 bel ik ", today+30, "; U4 plan ik het gesprek ", today+5, "; ")},
		"pending":    {storage.ActionFilter{Pending: true}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; U3 bel ik ", today+30, "; ")},
		"of U4":      {storage.ActionFilter{Owner: "U4"}, fmt.Sprint("U4 plan ik het gesprek ", today+5, "; ")},
		"soon":       {storage.ActionFilter{Pending: true, Before: today + 10}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; ")},
		"of two":     {storage.ActionFilter{Session: two}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; ")},
		"for group":  {storage.ActionFilter{Group: a}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; ")},
		"about it":   {storage.ActionFilter{Subject: session.Subject{Group: b}, Pending: true}, fmt.Sprint("U3 bel ik ", today+30, "; ")},
		"about B":    {storage.ActionFilter{Subject: session.Subject{Segment: analysis.SegmentB}}, fmt.Sprint("U3 maak ik een lijst ", today+9, "; ")},
		"of nobody":  {storage.ActionFilter{Owner: "U9"}, ""},
		"of no kind": {storage.ActionFilter{Group: 4711}, ""},
	} {
		lines, n, err := s.Actions(t.Context(), c.f, 0, 10)
		if err != nil || n != len(lines) || spoken(lines) != c.want {
			t.Errorf("%s: %q of %d, %v; want %q", what, spoken(lines), n, err, c.want)
		}
	}
	lines, _, _ = s.Actions(t.Context(), storage.ActionFilter{Session: one}, 0, 1)
	wantEqual(t, "moved", spaced(lines[0].State, lines[0].Reason, lines[0].Changes), "verzet klant op reis 2")
	heads, _, err := s.Sessions(t.Context(), storage.SessionFilter{}, 0, 10)
	if err != nil || heads[1].Actions != 2 || heads[1].Pending != 1 {
		t.Errorf("heads: %+v, %v; want 2 actions, 1 pending", heads, err)
	}
	merge(t, s, p.ID)
	lines, n, err = s.Actions(t.Context(), storage.ActionFilter{Group: b}, 0, 10)
	if err != nil || n != 3 || lines[0].Group != a {
		t.Errorf("after the merger: %d, %v", n, err)
	}
}

func spoken(lines []storage.ActionLine) string {
	s := ""
	for _, l := range lines {
		s += fmt.Sprint(l.Owner, " ", l.Then, " ", l.Due, "; ")
	}
	return s
}

// testSessionRaces: twelve people at once in two processes, each press sent twice:
// everything is there once. Of two who go to the next phase one does.
func testSessionRaces(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := []Store{open(), open()}
	id := begun(t, s[0], "T1", session.Subject{Segment: analysis.SegmentA})
	const each = 3
	err := atOnce(4*2*each, func(i int) error {
		user := analysis.UserID(fmt.Sprint("U", i%4+1))
		_, err := press(t, s[i%2], id, user, fmt.Sprint("K", i/2), card(fmt.Sprint("Kaartje ", i/2)))
		if analysis.KindOf(err) == analysis.Invalid {
			return nil // their fourth card
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	state := stateOf(t, s[1], id)
	keys := map[string]int{}
	events, _ := s[0].SessionEvents(t.Context(), id)
	for _, e := range events {
		if keys[e.Key]++; keys[e.Key] > 1 {
			t.Errorf("key %s %d times", e.Key, keys[e.Key])
		}
	}
	move := state.Forward(morning)
	moved := make([]bool, 8)
	err = atOnce(len(moved), func(i int) error {
		added, err := press(t, s[i%2], id, "U1", fmt.Sprint("M", i), move)
		if moved[i] = added; err != nil && analysis.KindOf(err) != analysis.Invalid {
			return err
		}
		return nil
	})
	n := 0
	for _, yes := range moved {
		if yes {
			n++
		}
	}
	if err != nil || n != 1 || stateOf(t, s[0], id).Phase != session.Writing {
		t.Errorf("%d of %d moved on, %v; want one", n, len(moved), err)
	}
}

func testReflections(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	today := analysis.DayOf(morning)
	add := func(user analysis.UserID, at time.Time, answers [5]int) (id int64) {
		t.Helper()
		write(t, s, func(tx storage.Tx) (err error) {
			id, err = tx.AddReflection(ctx, session.Reflection{User: user, Day: today - 1, Answers: answers, Lesson: "Vraag door", At: at})
			return err
		})
		return id
	}
	first := add("U1", morning, [5]int{1, 2, 3, 4, 5})
	add("U1", morning.Add(time.Hour), [5]int{5, 0, 0, 0, 0})
	add("U2", morning.Add(-40*24*time.Hour), [5]int{2, 2, 2, 2, 2})
	add("U2", morning, [5]int{3, 3, 3, 3, 3})
	own, err := s.OwnReflections(ctx, "U1")
	if err != nil || len(own) != 2 || own[1].ID != first || own[1].User != "U1" || own[1].Answers != [5]int{1, 2, 3, 4, 5} ||
		own[1].Lesson != "Vraag door" || !own[1].At.Equal(morning) || own[1].Day != today-1 {
		t.Errorf("OwnReflections = %+v, %v", own, err)
	}
	team, err := s.TeamReflections(ctx, today, today)
	persons := map[int]int{}
	for _, r := range team {
		persons[r.Person]++
		if r.User != "" || r.Lesson != "" || r.ID != 0 || r.Day.Known() || !r.At.IsZero() {
			t.Errorf("the team reads %+v", r)
		}
	}
	if err != nil || len(team) != 3 || len(persons) != 2 {
		t.Errorf("TeamReflections = %+v, %v; want 3 of two persons", team, err)
	}
	wantKind(t, "remove another's", s.Write(ctx, func(tx storage.Tx) error { return tx.RemoveReflection(ctx, "U2", first) }), analysis.NotFound)
	write(t, s, func(tx storage.Tx) error { return tx.RemoveReflection(ctx, "U1", first) })
	forgotten := 0
	write(t, s, func(tx storage.Tx) (err error) {
		forgotten, err = tx.ForgetReflections(ctx, morning, 10)
		return err
	})
	left, err := s.OwnReflections(ctx, "U2")
	if err != nil || forgotten != 1 || len(left) != 1 {
		t.Errorf("forgotten %d, left %v, %v", forgotten, left, err)
	}
}

func spaced(what ...any) string { return strings.TrimSpace(fmt.Sprintln(what...)) }
