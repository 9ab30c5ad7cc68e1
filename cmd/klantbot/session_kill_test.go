package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/bot/workspace"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// TestKilledWhilePeopleDiscuss kills `klantbot serve`, of which two share one
// database, over and over while eight people hold a session from its start to its
// outcome, and while Slack misbehaves: nu-3jaar on the one engine and a klantreis on
// the other, and where there are more sessions by turns. What somebody heard was taken
// is in the session exactly once, their vote is as they cast it, every phase was gone
// through once although two presses of *Volgende fase* race, and the channel has one
// word of each phase and one outcome, also after both processes start once more.
//
// KLANTBOT_KILLS and KLANTBOT_SESSIONS make it longer:
//
//	KLANTBOT_KILLS=25 KLANTBOT_SESSIONS=4 go test ./cmd/klantbot -run KilledWhilePeopleDiscuss -v -timeout 30m
func TestKilledWhilePeopleDiscuss(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); killWhilePeopleDiscuss(t, sampleDB(t), 0) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killWhilePeopleDiscuss(t, samplePostgres(t), 1) })
}

func killWhilePeopleDiscuss(t *testing.T, dsn string, first int) {
	kills, sessions := number(t, "KLANTBOT_KILLS", 5), number(t, "KLANTBOT_SESSIONS", 1)
	var people []string
	st := newStage(t, dsn, manyChannels, func(c *workspace.Config) {
		for n := range 7 {
			u := workspace.User{ID: fmt.Sprintf("US%02d", n+1), RealName: fmt.Sprint("Collega ", n+1), Email: fmt.Sprintf("collega%d@voorbeeld.nl", n+1)}
			c.Users, people = append(c.Users, u), append(people, u.ID)
		}
		for i := range c.Channels {
			c.Channels[i].Members = append(slices.Clip(c.Channels[i].Members), people...)
		}
	})
	people = append([]string{"U01"}, people...)
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	procs := newReplicas(t, st, 2)
	if err := st.slack.SetFaults(storm); err != nil {
		t.Fatal(err)
	}
	began, done, killed := time.Now(), make(chan struct{}), 0
	var all sync.WaitGroup
	dice := rand.New(rand.NewPCG(1, 2))
	all.Go(func() {
		for ; killed < kills; killed++ {
			select {
			case <-done:
				return
			case <-time.After(time.Second + time.Duration(dice.Int64N(int64(2*time.Second)))):
				procs.kill(killed % 2)
			}
		}
	})
	var held []*talks
	for n := range sessions {
		talk := &talks{st: st, db: db, channel: channelOf(n), people: people, heard: map[string]bool{}, tried: map[string]int{}, kind: discussion.Kinds()[(first+n)%2]}
		held = append(held, talk)
		talk.begin(t)
		if talk.kind == discussion.Journey {
			talk.holdJourney(t)
		} else {
			talk.holdNow(t)
		}
	}
	close(done)
	all.Wait()
	worked := time.Since(began)
	if err := st.slack.SetFaults(workspace.Faults{}); err != nil {
		t.Fatal(err)
	}
	if left := settled(t, dsn); left != "" {
		t.Errorf("not settled: %s\n%s", left, tail(procs.logs()))
	}
	heard, tried := 0, 0
	for _, talk := range held {
		talk.check(t)
		heard, tried = heard+len(talk.heard), tried+talk.sent
	}
	said := func() (n int) {
		for _, talk := range held {
			n += len(st.slack.Messages(talk.channel, "U01"))
		}
		return n
	}
	before := said()
	for i := range procs.proc {
		procs.kill(i)
	}
	st.await("both to connect", func() bool { return st.slack.Connections() == 2 })
	time.Sleep(3 * time.Second / 2) // a look at the clock, and of the ledger
	if left := settled(t, dsn); left != "" {
		t.Errorf("not settled: %s\n%s", left, tail(procs.logs()))
	}
	if after := said(); after != before {
		t.Errorf("%d messages became %d after a start", before, after)
	}
	t.Logf("%d sessions of %d people, %d kills in %s: %d contributions heard taken of %d sent; the longest wait %s", sessions, len(people), killed,
		worked.Round(time.Second/10), heard, tried, slices.MaxFunc(held, func(a, b *talks) int { return int(a.longest - b.longest) }).longest.Round(time.Second/10))
}

// talks is one session and what people heard of what they did in it.
type talks struct {
	st      *stage
	db      *sqlstore.DB
	channel string
	people  []string
	kind    discussion.Kind
	id      discussion.ID

	mu      sync.Mutex
	heard   map[string]bool // texts that Slack said were taken
	tried   map[string]int  // how often a text was sent
	there   map[string]func() int
	sent    int
	longest time.Duration // from pressing until a contribution was heard taken
}

// within is how long people try before they give up.
const within = 4 * time.Minute

// board begins what the message of the session says.
func (k *talks) board() string {
	return map[discussion.Kind]string{discussion.Journey: "Klantreis: ", discussion.Now3Years: "Nu en over 3 jaar: "}[k.kind]
}

// contribution is what somebody fills in and sends, and how often it is there.
type contribution struct {
	where, label string // the message that says where it is done, and its button
	opens        string // in the window
	what         string // one of its kind
	there        func(who string) int
	fields       map[string]any
}

// written is a contribution of words.
func (k *talks) written(where, label, opens, text string, fields map[string]any) contribution {
	return contribution{where, label, opens, text, func(string) int { return k.holds(text) }, fields}
}

// acts has everybody agree on an action.
func (k *talks) acts(t *testing.T, where, label, then, due string) {
	t.Helper()
	k.everybody(t, func(who string) error {
		text := "bel ik " + who
		return k.contribute(who, k.written(where, label, "Wie doet het?", text,
			map[string]any{"Wie doet het?": who, due: k.st.slack.Now().AddDate(0, 0, 20).Format(time.DateOnly), then: text}))
	})
}

// holdJourney plays a klantreis.
func (k *talks) holdJourney(t *testing.T) {
	t.Helper()
	k.everybody(t, func(who string) error {
		return k.contribute(who, k.written("Schrijf uw wens", "Schrijf uw wens", "Hoe moet deze klant", "wens van "+who, map[string]any{"wish": "wens van " + who}))
	})
	k.phase(t, discussion.Wishing, discussion.Stepping)
	k.everybody(t, func(who string) error {
		kans := "kans van " + who
		err := k.contribute(who, k.written("Stap 1 van 7", "Schrijf bij deze stap", "Stap 1 van 7", kans, map[string]any{"kans": kans, "feeling": "4"}))
		if err != nil {
			return err
		}
		return k.ready(who)
	})
	k.phase(t, discussion.Stepping, discussion.Voting)
	k.everybody(t, func(who string) error {
		return k.contribute(who, contribution{k.board(), "Weeg de kansen", "Niemand ziet uw cijfers", "gewicht van " + who, k.weights,
			map[string]any{"Effect voor de klant": "4", "Moeite voor ons": "2"}})
	})
	k.phase(t, discussion.Voting, discussion.Acting)
	k.acts(t, "Leg een actie vast", "Leg een actie vast", "dan …", "Klaar op")
	k.phase(t, discussion.Acting, discussion.Concluded)
}

// holdNow plays nu-3jaar.
func (k *talks) holdNow(t *testing.T) {
	t.Helper()
	k.phase(t, discussion.Facts, discussion.Writing)
	k.everybody(t, func(who string) error {
		text := thoughts[slices.Index(k.people, who)%len(thoughts)] + " " + who
		return k.contribute(who, k.written(k.board(), "Schrijf mee", "Wat verdwijnt?", text, map[string]any{"Wat is nu relevant voor deze klanten?": text}))
	})
	k.phase(t, discussion.Writing, discussion.Clustering)
	k.until(t, "groups to be proposed", func() bool { return len(k.state().Clusters) > 0 })
	group := k.state().Clusters[0].Name
	k.phase(t, discussion.Clustering, discussion.Voting)
	k.everybody(t, func(who string) error {
		return k.contribute(who, contribution{k.board(), "Stem", "Wat telt het meest, nu?", "stem van " + who, k.ballots,
			map[string]any{"Stip 1, nu": group, "Stip 2, nu": group, "Stip 1, over 3 jaar": group}})
	})
	k.phase(t, discussion.Voting, discussion.Discussing)
	k.everybody(t, func(who string) error {
		text := "gezien door " + who
		return k.contribute(who, k.written("1. "+group, "Vul aan", "Wat betekent het?", text, map[string]any{"Wat zien we?": text}))
	})
	k.phase(t, discussion.Discussing, discussion.Acting)
	k.acts(t, k.board(), "Nieuwe actie", "Wat doen we?", "Uiterlijk")
	k.phase(t, discussion.Acting, discussion.Concluded)
}

// thoughts are of two people each, so that there is something to group.
var thoughts = []string{"opvolging van het bedrijf", "bonnen in het portaal", "telefoon sneller opnemen", "kosten van de controle"}

// weights is how many opportunities who weighed.
func (k *talks) weights(who string) (n int) {
	s := k.state()
	for _, c := range s.Cards(analysis.UserID(who)) {
		if _, ok := s.Weight(analysis.UserID(who), c.ID); ok {
			n++
		}
	}
	return n
}

// ballots is 1 where who voted.
func (k *talks) ballots(who string) int {
	return min(1, len(k.state().Ballot(analysis.UserID(who), discussion.Now)))
}

// begin starts the session; U01 leads it. Who hears nothing looks whether it is
// there before they try again.
func (k *talks) begin(t *testing.T) {
	t.Helper()
	k.until(t, "the session to begin", func() bool {
		heads, _, err := k.db.Sessions(t.Context(), storage.SessionFilter{Channel: "", User: "U01", Going: true}, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range heads {
			if string(h.Channel) == k.channel {
				k.id = h.ID
				return true
			}
		}
		k.close("U01")
		typed := map[discussion.Kind]string{discussion.Journey: "klantreis groot", discussion.Now3Years: "nu-3jaar A"}[k.kind]
		if k.st.slack.Command("U01", k.channel, "/sessie", typed) != nil || !k.window("U01", "Klantreis") {
			return false
		}
		others := append([]string{}, k.people...)
		if k.st.slack.Submit("U01", "", map[string]any{"Doen mee": others}) != nil || !k.window("U01", "Aan het eind liggen er een paar acties") {
			return false
		}
		_ = k.st.slack.Submit("U01", "", map[string]any{"Doel": "Nieuwe klanten warm ontvangen"})
		return false
	})
}

// everybody has all do something at the same time.
func (k *talks) everybody(t *testing.T, do func(who string) error) {
	t.Helper()
	var all sync.WaitGroup
	for _, who := range k.people {
		all.Go(func() {
			if err := do(who); err != nil {
				t.Errorf("%s: %v", who, err)
			}
		})
	}
	all.Wait()
}

// state is the session as the database has it.
func (k *talks) state() *discussion.State {
	events, err := k.db.SessionEvents(k.st.t.Context(), k.id)
	if err != nil {
		return &discussion.State{}
	}
	return discussion.Fold(k.id, events)
}

// holds counts how often text stands in the session, wherever it belongs.
func (k *talks) holds(text string) (n int) {
	s := k.state()
	for _, a := range s.Actions {
		if a.Then == text {
			n++
		}
	}
	for _, who := range k.people {
		for _, c := range s.Cards(analysis.UserID(who)) {
			if c.Text == text && c.Mine {
				n++
			}
		}
	}
	return n
}

// contribute opens a window from the message that says where, fills it in and
// sends it, until Slack says it was taken. Who does not hear so looks whether it is
// there all the same before they send it again.
func (k *talks) contribute(who string, c contribution) error {
	began := time.Now()
	for deadline := began.Add(within); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if c.there(who) > 0 {
			return nil // it arrived, though nobody said so
		}
		k.close(who)
		if k.press(who, c.where, c.label) != nil || !k.window(who, c.opens) {
			continue
		}
		k.mu.Lock()
		k.tried[c.what], k.sent = k.tried[c.what]+1, k.sent+1
		if k.there == nil {
			k.there = map[string]func() int{}
		}
		k.there[c.what] = func() int { return c.there(who) }
		k.mu.Unlock()
		err := k.st.slack.Submit(who, "", c.fields)
		var wrong workspace.FieldErrors
		switch {
		case err == nil:
			k.mu.Lock()
			k.heard[c.what], k.longest = true, max(k.longest, time.Since(began))
			k.mu.Unlock()
			return k.arrives(who, c)
		case errors.As(err, &wrong):
			return fmt.Errorf("%q was refused: %v", c.what, map[string]string(wrong))
		}
		for range 30 { // perhaps it was taken
			if time.Sleep(100 * time.Millisecond); c.there(who) > 0 {
				return nil
			}
		}
	}
	return fmt.Errorf("could not say %q within %s", c.what, within)
}

// arrives waits until what was taken is in the session.
func (k *talks) arrives(who string, c contribution) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if c.there(who) > 0 {
			return nil
		}
	}
	return fmt.Errorf("%q was taken and is lost", c.what)
}

// ready presses *Klaar* until the session knows.
func (k *talks) ready(who string) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if k.state().Ready(analysis.UserID(who)) {
			return nil
		}
		if k.press(who, k.board(), "Klaar") == nil {
			time.Sleep(300 * time.Millisecond)
		}
	}
	return fmt.Errorf("could not say they are done")
}

// phase has U01 go on, twice at once, until the session is in phase to.
func (k *talks) phase(t *testing.T, from, to discussion.Phase) {
	t.Helper()
	k.until(t, string(to), func() bool {
		s := k.state()
		if s.Phase == to {
			return true
		}
		if s.Phase != from {
			t.Fatalf("the session went from %s to %s", from, s.Phase)
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() { _ = k.press("U01", k.board(), "Volgende fase") })
		}
		both.Wait()
		time.Sleep(time.Second)
		return k.state().Phase == to
	})
}

func (k *talks) until(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if cond() {
			return
		}
	}
	t.Fatalf("waited %s for %s in %s", within, what, k.channel)
}

// press presses a button of the newest message that says where.
func (k *talks) press(who, where, label string) error {
	for _, m := range slices.Backward(k.st.slack.Messages(k.channel, who)) {
		if m.Ephemeral || !strings.Contains(readable(m), where) {
			continue
		}
		for _, b := range buttons(m.Blocks) {
			if b.label == label {
				return k.st.slack.Press(who, workspace.On(k.channel, m.TS), b.block+"/"+b.action)
			}
		}
	}
	return fmt.Errorf("no button %s at %q", label, where)
}

// window waits a little for a window that says what; a trigger ends after 3 s.
func (k *talks) window(who, what string) bool {
	for range 50 {
		if open := k.st.slack.Modals(who); len(open) > 0 {
			top := open[len(open)-1]
			if strings.Contains(texts(top.Title)+texts(top.Blocks), what) {
				return true
			}
		}
		time.Sleep(80 * time.Millisecond)
	}
	return false
}

// close closes what somebody has open.
func (k *talks) close(who string) {
	if open := k.st.slack.Modals(who); len(open) > 0 {
		_ = k.st.slack.CloseView(who, open[len(open)-1].ID, true)
	}
}

// check compares the session and its channel with what people heard.
func (k *talks) check(t *testing.T) {
	t.Helper()
	for text, times := range k.tried {
		switch n := k.there[text](); {
		case n == 0:
			t.Errorf("%q is lost", text)
		case n > 1 && k.heard[text] && times == 1, n > times:
			t.Errorf("%q was sent %d times and stands %d times in the session", text, times, n)
		}
	}
	events, err := k.db.SessionEvents(t.Context(), k.id)
	if err != nil {
		t.Fatal(err)
	}
	moves := map[discussion.Phase]int{}
	for i, e := range events {
		if e.Seq != i+1 {
			t.Errorf("event %d has number %d", i+1, e.Seq)
		}
		if m, ok := e.Body.(discussion.Moved); ok {
			moves[m.To]++
		}
	}
	k.checkVotes(t)
	for _, p := range discussion.PhasesOf(k.kind)[1:] {
		if moves[p] != 1 {
			t.Errorf("the session went %d times to %s", moves[p], p)
		}
	}
	outcome := map[discussion.Kind]string{discussion.Journey: "Uitkomst van de klantreis", discussion.Now3Years: "Uitkomst: segment A"}[k.kind]
	said := map[string]int{}
	for _, m := range k.st.slack.Messages(k.channel, "US07") {
		for _, what := range []string{"Nieuwe fase: ", outcome} {
			if !m.Ephemeral && strings.HasPrefix(m.Text, what) {
				said[what]++
			}
		}
	}
	if moved := len(moves); said["Nieuwe fase: "] > moved || said[outcome] != 1 {
		t.Errorf("of %d moves the channel says %v", moved, said)
	}
	keys := count(t, k.st.dsn, `SELECT count(*) FROM ledger`) - count(t, k.st.dsn, `SELECT count(DISTINCT ts) FROM ledger`)
	if keys != 0 {
		t.Errorf("%d messages stand for two rows", keys)
	}
}

// checkVotes compares what came of the voting with what everybody cast.
func (k *talks) checkVotes(t *testing.T) {
	t.Helper()
	s := k.state()
	if k.kind == discussion.Journey {
		all, _ := s.Weighed()
		if len(all) == 0 || all[0].N != len(k.people) || all[0].Impact != 4 || all[0].Effort != 2 {
			t.Errorf("the weighing came to %+v; want an impact of 4 and an effort of 2 by %d", all, len(k.people))
		}
		return
	}
	all, _ := s.Tally()
	n := len(k.people)
	if len(all) == 0 || all[0].Dots[discussion.Now] != 2*n || all[0].Dots[discussion.Later] != n || all[0].Voters != n {
		t.Errorf("the vote came to %+v; want %d and %d dots of %d", all, 2*n, n, n)
	}
}
