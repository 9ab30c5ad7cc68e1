package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot/workspace"
)

// shortLease is how long a killed process keeps its requests in these tests.
const shortLease = time.Second

// storm is what goes wrong while people work.
var storm = workspace.Faults{DropAnswer: .1, ServerError: .05, RateLimited: .02, RetryAfter: 1, Duplicate: .1}

// TestKilledWhilePeopleWork kills `klantbot serve`, of which two share one
// database, over and over while six people look clients up and share them, and
// while Slack misbehaves. Every look-up that Slack heard was taken is answered
// and stands in the audit once; every share that was taken is in the channel
// exactly once. Nobody waits for their answer longer than answered, and what is
// left when the work ends is in its channel soon after.
//
// KLANTBOT_KILLS and KLANTBOT_SHARES make it longer:
//
//	KLANTBOT_KILLS=25 KLANTBOT_SHARES=300 go test ./cmd/klantbot -run KilledWhilePeopleWork -v
func TestKilledWhilePeopleWork(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); killWhilePeopleWork(t, sampleDB(t), 2, 5, 60) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killWhilePeopleWork(t, samplePostgres(t), 2, 5, 60) })
}

// killWhilePeopleWork has so many processes killed so often while people share so many
// cards, or as often as the environment says.
func killWhilePeopleWork(t testing.TB, dsn string, processes, kills, shares int) (of aftermath) {
	kills = number(t, "KLANTBOT_KILLS", kills)
	st := newStage(t, dsn, manyChannels)
	procs := newReplicas(t, st, processes)
	pause := 6 * time.Second / 5
	dice := rand.New(rand.NewPCG(1, 2))
	of = workThrough(t, st, procs, number(t, "KLANTBOT_SHARES", shares), func() {
		for n := range kills {
			time.Sleep(pause/2 + time.Duration(dice.Int64N(int64(pause))))
			procs.kill(n % processes)
			if n%3 == 2 {
				st.slack.Disconnect(n%2 == 0)
			}
		}
	})
	t.Logf("%d kills of %d processes", kills, processes)
	return of
}

// aftermath is what became of what Slack was told was taken.
type aftermath struct {
	lost, twice int
	longest     time.Duration // that somebody waited for an answer
}

// BenchmarkKilled kills one process that serves an office on SQLite, and three that
// serve one on PostgreSQL, as TestKilledWhilePeopleWork does: lost and twice are the
// cards that were taken and never came or came twice, s/wait the longest that anybody
// waited for an answer.
//
//	KLANTBOT_KILLS=30 KLANTBOT_SHARES=300 go test ./cmd/klantbot -run xxx -bench Killed -benchtime 1x
func BenchmarkKilled(b *testing.B) {
	for _, of := range []struct {
		name      string
		office    func(testing.TB) string
		processes int
	}{{"one", sampleDB, 1}, {"three", samplePostgres, 3}} {
		b.Run(of.name, func(b *testing.B) {
			var all aftermath
			for b.Loop() {
				o := killWhilePeopleWork(b, of.office(b), of.processes, 3, 18)
				all = aftermath{all.lost + o.lost, all.twice + o.twice, max(all.longest, o.longest)}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(all.lost), "lost")
			b.ReportMetric(float64(all.twice), "twice")
			b.ReportMetric(all.longest.Seconds(), "s/wait")
		})
	}
}

// workThrough has people share so many cards in a storm while something disturbs them,
// and holds what they see when all has settled.
func workThrough(t testing.TB, st *stage, procs *replicas, shares int, disturb func()) aftermath {
	t.Helper()
	if err := st.slack.SetFaults(storm); err != nil {
		t.Fatal(err)
	}
	office := newWork(st, clientNumbers(t, st.dsn, shares))
	began := time.Now()
	done := make(chan struct{})
	go func() { defer close(done); office.work("U01", "U02", "U03", "U04", "U05", "U06") }()
	disturb()
	<-done
	worked := time.Since(began)
	leftover := count(t, st.dsn, `SELECT count(*) FROM ledger WHERE state <> 'sent'`)
	if err := st.slack.SetFaults(workspace.Faults{}); err != nil {
		t.Fatal(err)
	}
	left := settled(t, st.dsn)
	t.Logf("worked for %s, when %d messages were to go; all settled after %s: %d look-ups taken of %d typed, %d shares taken of %d pressed; the longest wait for an answer %s",
		worked.Round(time.Second/10), leftover, time.Since(began).Round(time.Second/10),
		len(office.asked), office.typed.Load(), len(office.shared), office.pressed.Load(), office.longest.Round(time.Second/10))
	if left != "" {
		t.Errorf("not settled: %s\n%s", left, procs.logs())
	}
	checkAudit(t, st.dsn, len(office.asked), int(office.typed.Load()))
	return office.check(t)
}

func number(t testing.TB, name string, standard int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), strconv.Itoa(standard)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// channels are the channels that cards are shared in: Slack takes one message a
// second in each.
const channels = 6

func channelOf(n int) string { return fmt.Sprintf("C1ROOM%02d", n%channels) }

func manyChannels(c *workspace.Config) {
	c.Now = time.Now                                        // what is reconciled is looked for by wall time
	c.AckTimeout, c.TriggerLife, c.NewestWins = 0, 0, false // as Slack is: who is killed does not answer
	for n := range channels {
		c.Channels = append(c.Channels, workspace.Channel{ID: channelOf(n), Name: fmt.Sprintf("kamer%02d", n),
			Members: []string{"U01", "U02", "U03", "U04", "U05", "U06", "U09", botUser}})
	}
}

// replicas are processes on one database.
type replicas struct {
	t    testing.TB
	st   *stage
	proc []*exec.Cmd
	log  []*safeBuffer
	args []string // of serve
}

// newReplicas starts so many and waits until all are connected.
func newReplicas(t testing.TB, st *stage, processes int, args ...string) *replicas {
	p := &replicas{t: t, st: st, proc: make([]*exec.Cmd, processes), args: args}
	for i := range p.proc {
		p.start(i)
	}
	st.await("all processes", func() bool { return st.slack.Connections() == processes })
	return p
}

func (p *replicas) start(i int) {
	p.t.Helper()
	cmd, log := p.st.serving(p.t, p.args...)
	p.proc[i], p.log = cmd, append(p.log, log)
}

// kill ends process i without warning and starts it again.
func (p *replicas) kill(i int) {
	p.t.Helper()
	if err := p.proc[i].Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.proc[i].Wait()
	p.start(i)
}

// restart has process i end by itself, as an upgrade does, and starts it again.
func (p *replicas) restart(i int) {
	p.t.Helper()
	if err := p.proc[i].Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	if err := p.proc[i].Wait(); err != nil {
		p.t.Errorf("process %d ended with %v\n%s", i, err, tail(p.logs()))
	}
	p.start(i)
	p.st.await("the new process", func() bool { return p.st.slack.Connections() == len(p.proc) })
}

func (p *replicas) logs() string {
	var all []string
	for _, l := range p.log {
		all = append(all, l.String())
	}
	return strings.Join(all, "---\n")
}

// settledWithin is long enough for what is left of a channel's backlog at one
// message a second, and for the lease of an attempt that nobody heard back from.
const settledWithin = time.Minute

// settled waits until every envelope is answered and every message sent, and
// says what is left.
func settled(t testing.TB, path string) (left string) {
	t.Helper()
	for deadline := time.Now().Add(settledWithin); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		inbox := count(t, path, `SELECT count(*) FROM inbox WHERE finished_at = 0`)
		ledger := count(t, path, `SELECT count(*) FROM ledger WHERE state <> 'sent'`)
		if inbox+ledger == 0 {
			return ""
		}
		left = fmt.Sprintf("%d requests, %d messages", inbox, ledger)
	}
	each(t, path, `SELECT id, state, attempts, attempt, due, lease, owner, reason FROM ledger WHERE state <> 'sent'`, func(scan func(...any) error) error {
		var id, attempts, attempt, due, lease int64
		var state, owner, reason string
		err := scan(&id, &state, &attempts, &attempt, &due, &lease, &owner, &reason)
		at := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("15:04:05.000") }
		left += fmt.Sprintf("\n%d %s %q, attempt %d at %s, due %s, lease of %s until %s", id, state, reason, attempts, at(attempt), at(due), owner, at(lease))
		return err
	})
	return left
}

// work is people who look clients up and share them, each client once.
type work struct {
	st       *stage
	todo     chan lookUp
	typed    atomic.Int64 // commands, heard or not
	pressed  atomic.Int64 // confirmations
	mu       sync.Mutex
	asked    map[string]string // client number -> who, for commands that were taken
	shared   []string          // client numbers whose confirmation was taken
	unheard  []string          // whose confirmation was perhaps taken
	troubles []string
	longest  time.Duration // that somebody waited for an answer
}

// lookUp is a client to be looked up and shared in a channel.
type lookUp struct{ number, channel string }

func newWork(st *stage, numbers []string) *work {
	w := &work{st: st, todo: make(chan lookUp, len(numbers)), asked: map[string]string{}}
	for i, n := range numbers {
		w.todo <- lookUp{n, channelOf(i)}
	}
	close(w.todo)
	return w
}

func (w *work) work(people ...string) {
	var all sync.WaitGroup
	for _, who := range people {
		all.Go(func() {
			for l := range w.todo {
				w.share(who, l.number, l.channel)
			}
		})
	}
	all.Wait()
}

// share looks a client up and shares it. Whoever hears that Slack failed tries
// again, but for the confirmation, which may have been taken.
func (w *work) share(who, number, channel string) {
	typed := w.insist(func() error {
		w.typed.Add(1)
		return w.st.slack.Command(who, channel, "/klant", number)
	})
	if !typed {
		w.trouble("%s could not type /klant %s", who, number)
		return
	}
	w.mu.Lock()
	w.asked[number] = who
	w.mu.Unlock()
	card, ask := w.wait(who, channel, "Deel in kanaal", func(m workspace.Message, _ pressable) bool {
		return strings.Contains(readable(m), "nr. "+number+" ")
	})
	yesLabel := "Deel in #kamer" + strings.TrimPrefix(channel, "C1ROOM")
	asks := func(_ workspace.Message, b pressable) bool { return b.value == ask.value }
	pressed := w.insist(func() error {
		err := w.press(who, channel, card, ask)
		if m, _ := w.look(who, channel, yesLabel, asks); m.TS != "" {
			return nil // it was taken after all: the question stands there
		}
		return err
	})
	if !pressed {
		w.trouble("%s got no card of %s, or could not ask to share it", who, number)
		return
	}
	question, yes := w.wait(who, channel, yesLabel, asks)
	if question.TS == "" {
		w.trouble("%s was not asked to confirm %s", who, number)
		return
	}
	w.pressed.Add(1)
	err := w.press(who, channel, question, yes)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		w.shared = append(w.shared, number)
	} else {
		w.unheard = append(w.unheard, number)
	}
}

func (w *work) trouble(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.troubles = append(w.troubles, fmt.Sprintf(format, args...))
}

// insist does what a person does who reads that Slack failed.
func (w *work) insist(do func() error) bool {
	for range 100 {
		if do() == nil {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func (w *work) press(who, channel string, m workspace.Message, b pressable) error {
	return w.st.slack.Press(who, workspace.On(channel, m.TS), b.block+"/"+b.action)
}

// look returns the newest message only who sees with a button of that label
// that is the one.
func (w *work) look(who, channel, label string, one func(workspace.Message, pressable) bool) (workspace.Message, pressable) {
	for _, m := range slices.Backward(w.st.slack.Messages(channel, who)) {
		for _, b := range buttons(m.Blocks) {
			if m.Ephemeral && b.label == label && one(m, b) {
				return m, b
			}
		}
	}
	return workspace.Message{}, pressable{}
}

// answered is how long people wait at most, although the process that has their
// request is killed, perhaps several in turn.
const answered = 20 * time.Second

// wait is look once there is one.
func (w *work) wait(who, channel, label string, one func(workspace.Message, pressable) bool) (found workspace.Message, button pressable) {
	ctx, cancel := context.WithTimeout(context.Background(), answered)
	defer cancel()
	began := time.Now()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.longest = max(w.longest, time.Since(began))
	}()
	_ = w.st.slack.Wait(ctx, func() bool { // found says it
		found, button = w.look(who, channel, label, one)
		return found.TS != ""
	})
	return found, button
}

// check compares what people see with what Slack told them was taken.
func (w *work) check(t testing.TB) aftermath {
	t.Helper()
	of := aftermath{longest: w.longest, lost: len(w.troubles)}
	for _, trouble := range w.troubles {
		t.Error(trouble)
	}
	posts := map[string]int{}
	for n := range channels {
		for _, m := range w.st.slack.Messages(channelOf(n), "U09") {
			if _, rest, ok := strings.Cut(readable(m), "nr. "); ok && !m.Ephemeral {
				posts[strings.Fields(rest)[0]]++
			}
		}
	}
	for _, number := range w.shared {
		if posts[number] != 1 {
			t.Errorf("client %s was shared and stands %d times in the channel", number, posts[number])
		}
		if posts[number] == 0 {
			of.lost++
		}
	}
	for number, n := range posts {
		if n > 1 {
			of.twice++
		}
		if n > 1 && slices.Contains(w.unheard, number) {
			t.Errorf("client %s stands %d times in the channel", number, n)
		}
	}
	if stray := len(posts) - len(w.shared) - len(w.unheard); stray > 0 {
		t.Errorf("%d cards in the channel were never shared", stray)
	}
	return of
}

// checkAudit: each taken command and each taken share is one line, whoever
// answered it and however often.
func checkAudit(t testing.TB, path string, taken, typed int) {
	t.Helper()
	inbox := count(t, path, `SELECT count(*) FROM inbox WHERE kind = 'slash_commands'`)
	lines := count(t, path, `SELECT count(*) FROM audit WHERE action = 'client.show'`)
	requests := count(t, path, `SELECT count(DISTINCT request) FROM audit WHERE action = 'client.show'`)
	if lines != inbox || requests != inbox || inbox < taken || inbox > typed {
		t.Errorf("%d commands in the inbox (%d taken, %d typed), %d audit lines of %d requests", inbox, taken, typed, lines, requests)
	}
	letters := count(t, path, `SELECT count(*) FROM ledger`)
	if shares := count(t, path, `SELECT count(*) FROM audit WHERE action = 'client.share'`); shares != letters {
		t.Errorf("%d shares in the audit, %d messages", shares, letters)
	}
}
