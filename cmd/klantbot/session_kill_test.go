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
// database, over and over while eight people hold a klantreis from its start to its
// outcome, and while Slack misbehaves. What somebody heard was taken is in the
// session exactly once, every phase was gone through once although two presses of
// *Volgende fase* race, and the channel has one outcome, one word of each phase and
// one outcome, also after both processes start once more.
//
// KLANTBOT_KILLS and KLANTBOT_SESSIONS make it longer:
//
//	KLANTBOT_KILLS=25 KLANTBOT_SESSIONS=4 go test ./cmd/klantbot -run KilledWhilePeopleDiscuss -v -timeout 30m
func TestKilledWhilePeopleDiscuss(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); killWhilePeopleDiscuss(t, sampleDB(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killWhilePeopleDiscuss(t, samplePostgres(t)) })
}

func killWhilePeopleDiscuss(t *testing.T, dsn string) {
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
	procs := newPair(t, st)
	if err := st.slack.SetFaults(storm); err != nil {
		t.Fatal(err)
	}
	began, done, killed := time.Now(), make(chan struct{}), 0
	var all sync.WaitGroup
	all.Go(func() {
		for ; killed < kills; killed++ {
			select {
			case <-done:
				return
			case <-time.After(time.Second + rand.N(2*time.Second)):
				procs.kill(killed % 2)
			}
		}
	})
	var held []*talks
	for n := range sessions {
		talk := &talks{st: st, db: db, channel: channelOf(n), people: people, heard: map[string]bool{}, tried: map[string]int{}}
		held = append(held, talk)
		talk.hold(t)
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
	id      discussion.ID

	mu      sync.Mutex
	heard   map[string]bool // texts that Slack said were taken
	tried   map[string]int  // how often a text was sent
	sent    int
	longest time.Duration // from pressing until a contribution was heard taken
}

// within is how long people try before they give up.
const within = 90 * time.Second

// hold plays the session.
func (k *talks) hold(t *testing.T) {
	t.Helper()
	k.begin(t)
	k.everybody(t, func(who string) error {
		return k.contribute(who, "Schrijf uw wens", "Schrijf uw wens", "Hoe moet deze klant", "wens van "+who, map[string]any{"wish": "wens van " + who})
	})
	k.phase(t, discussion.Wishing, discussion.Stepping)
	k.everybody(t, func(who string) error {
		kans := "kans van " + who
		err := k.contribute(who, "Stap 1 van 7", "Schrijf bij deze stap", "Stap 1 van 7", kans, map[string]any{"kans": kans, "feeling": "4"})
		if err != nil {
			return err
		}
		return k.ready(who)
	})
	k.phase(t, discussion.Stepping, discussion.Voting)
	k.everybody(t, k.ready)
	k.phase(t, discussion.Voting, discussion.Acting)
	k.everybody(t, func(who string) error {
		text := "bel ik " + who
		return k.contribute(who, "Leg een actie vast", "Leg een actie vast", "Zonder eigenaar en datum", text,
			map[string]any{"Wie doet het?": who, "Klaar op": k.st.slack.Now().AddDate(0, 0, 20).Format(time.DateOnly), "dan …": text})
	})
	k.phase(t, discussion.Acting, discussion.Concluded)
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
		if k.st.slack.Command("U01", k.channel, "/sessie", "klantreis groot") != nil || !k.window("U01", "Klantreis") {
			return false
		}
		others := append([]string{}, k.people...)
		if k.st.slack.Submit("U01", "", map[string]any{"Doen mee": others}) != nil || !k.window("U01", "waar wilt u over een uur") {
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
func (k *talks) contribute(who, where, label, opens, text string, fields map[string]any) error {
	began := time.Now()
	for deadline := began.Add(within); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if k.holds(text) > 0 {
			return nil // it arrived, though nobody said so
		}
		k.close(who)
		if k.press(who, where, label) != nil || !k.window(who, opens) {
			continue
		}
		k.mu.Lock()
		k.tried[text], k.sent = k.tried[text]+1, k.sent+1
		k.mu.Unlock()
		err := k.st.slack.Submit(who, "", fields)
		var wrong workspace.FieldErrors
		switch {
		case err == nil:
			k.mu.Lock()
			k.heard[text], k.longest = true, max(k.longest, time.Since(began))
			k.mu.Unlock()
			return k.arrives(text)
		case errors.As(err, &wrong):
			return fmt.Errorf("%q was refused: %v", text, map[string]string(wrong))
		}
		for range 30 { // perhaps it was taken
			if time.Sleep(100 * time.Millisecond); k.holds(text) > 0 {
				return nil
			}
		}
	}
	return fmt.Errorf("could not say %q within %s", text, within)
}

// arrives waits until what was taken is in the session.
func (k *talks) arrives(text string) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if k.holds(text) > 0 {
			return nil
		}
	}
	return fmt.Errorf("%q was taken and is lost", text)
}

// ready presses *Klaar* until the session knows.
func (k *talks) ready(who string) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if k.state().Ready(analysis.UserID(who)) {
			return nil
		}
		if k.press(who, "Klantreis: ", "Klaar") == nil {
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
			both.Go(func() { _ = k.press("U01", "Klantreis: ", "Volgende fase") })
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
		switch n := k.holds(text); {
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
	for _, p := range discussion.PhasesOf(discussion.Journey)[1:] {
		if moves[p] != 1 {
			t.Errorf("the session went %d times to %s", moves[p], p)
		}
	}
	said := map[string]int{}
	for _, m := range k.st.slack.Messages(k.channel, "US07") {
		for _, what := range []string{"Nieuwe fase: ", "Uitkomst van de klantreis"} {
			if !m.Ephemeral && strings.HasPrefix(m.Text, what) {
				said[what]++
			}
		}
	}
	if moved := len(moves); said["Nieuwe fase: "] > moved || said["Uitkomst van de klantreis"] != 1 {
		t.Errorf("of %d moves the channel says %v", moved, said)
	}
	keys := count(t, k.st.dsn, `SELECT count(*) FROM ledger`) - count(t, k.st.dsn, `SELECT count(DISTINCT ts) FROM ledger`)
	if keys != 0 {
		t.Errorf("%d messages stand for two rows", keys)
	}
}
