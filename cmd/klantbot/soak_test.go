package main

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot/workspace"
)

// weather is what goes wrong with Slack all the time of a soak: calls that take effect
// and are not answered, that fail, that are one too many, and requests that come twice.
var weather = workspace.Faults{DropAnswer: .02, ServerError: .02, RateLimited: .001, RetryAfter: 1, Duplicate: .05}

// TestSoak has twenty people type fifty commands a second to one `klantbot serve` while
// Slack misbehaves (weather), refreshes its connections all the time and loses both once a
// minute. What Slack said was taken is answered, with what was asked for and nothing else,
// and when the soak is long enough to tell, the process is as large at its end as after it
// had warmed up, and has as many goroutines.
//
// Five seconds by itself; .ci/run has it last two minutes without the race detector,
// which keeps memory of its own. By hand:
//
//	KLANTBOT_SOAK=1h KLANTBOT_SOAK_RATE=50 go test ./cmd/klantbot -run TestSoak -v -timeout 2h
func TestSoak(t *testing.T) {
	t.Parallel()
	long, err := time.ParseDuration(cmp.Or(os.Getenv("KLANTBOT_SOAK"), "5s"))
	if err != nil {
		t.Fatal(err)
	}
	s := newSoak(t)
	s.weigh(t) // once: what can not be read is said before anything is done
	if err := s.st.slack.SetFaults(weather); err != nil {
		t.Fatal(err)
	}
	began, done := time.Now(), make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { s.watch(t, done) })
	s.people(began.Add(long), number(t, "KLANTBOT_SOAK_RATE", 50))
	lasted := time.Since(began)
	close(done)
	watching.Wait()
	if err := s.st.slack.SetFaults(workspace.Faults{}); err != nil {
		t.Fatal(err)
	}
	if left := settled(t, s.st.dsn); left != "" {
		t.Errorf("not settled: %s\n%s", left, tail(s.log.String()))
	}
	taken, answers := s.check(t)
	t.Logf("%d commands taken in %s, %.1f a second; %d answers; Slack itself said %d times that it could not reach the bot, and they typed again",
		taken, lasted.Round(time.Second/10), float64(taken)/lasted.Seconds(), answers, s.unheard.Load())
	s.flat(t, lasted)
}

// soak is one bot and the people who use it.
type soak struct {
	st       *stage
	log      *safeBuffer
	pid      int
	metrics  string
	numbers  []string // of clients
	typists  []string
	direct   map[string]string // typist -> where they type
	unheard  atomic.Int64
	mu       sync.Mutex
	expected map[string]map[string]int // typist -> what an answer says -> how often it is due
	samples  []sampled
}

// sampled is what the process was like at a moment.
type sampled struct {
	after      time.Duration
	memory     float64 // MB, resident
	goroutines float64
}

// soaking is how many people type: as many as Slack tells about at once (users.info), and
// enough for none of them to be too fast.
const soaking = 20

func newSoak(t *testing.T) *soak {
	s := &soak{direct: map[string]string{}, expected: map[string]map[string]int{}}
	for n := range soaking {
		s.typists = append(s.typists, fmt.Sprintf("USOAK%02d", n))
	}
	s.st = newStage(t, sampleDB(t), func(c *workspace.Config) {
		c.AckTimeout = 10 * time.Second                              // a busy machine is not what is looked for
		c.ConnectionTime, c.WarningTime = time.Minute, 5*time.Second // two of them, 20 s apart
		for n, who := range s.typists {
			c.Users = append(c.Users, workspace.User{ID: who, RealName: fmt.Sprint("Collega ", n), Email: who + "@voorbeeld.nl"})
		}
	})
	s.numbers = clientNumbers(t, s.st.dsn, 200)
	at := freeAddress(t)
	s.st.listen = at
	s.metrics = "http://" + at + "/metrics"
	cmd, log := s.st.serving(t, "--connections=2")
	s.pid, s.log = cmd.Process.Pid, log
	s.st.await("the bot to connect", func() bool { return s.st.slack.Connections() > 0 })
	for _, who := range s.typists {
		s.direct[who], s.expected[who] = s.st.channel(who, "dm"), map[string]int{}
	}
	return s
}

// freeAddress is one of this machine where nobody listens.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// people type until the end, together rate commands a second, or as many as the
// machine bears: nobody types before Slack said that their last one was taken.
func (s *soak) people(end time.Time, rate int) {
	turns := make(chan int)
	var all sync.WaitGroup
	for _, who := range s.typists {
		all.Go(func() {
			for n := range turns {
				s.types(who, n)
			}
		})
	}
	pace := time.NewTicker(time.Second / time.Duration(rate))
	defer pace.Stop()
	for n := 0; time.Now().Before(end); n++ {
		<-pace.C
		turns <- n
	}
	close(turns)
	all.Wait()
}

// types has who type the n-th command until Slack says that it was taken.
func (s *soak) types(who string, n int) {
	command, text, says := s.command(n)
	for s.st.slack.Command(who, s.direct[who], command, text) != nil {
		s.unheard.Add(1)
		time.Sleep(50 * time.Millisecond)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expected[who][says]++
}

// screens are what people type beside the cards of clients, each every twentieth time,
// and what its answer says.
var screens = []struct{ command, text, says string }{
	{"/klantbot", "help", "Wat wordt bijgehouden"},
	{"/klant", "qqqqxyz", "Geen klant heet"},
	{"/piramide", "", "Klantenpiramide van"},
	{"/portefeuille", "kantoor", "Portefeuille van"},
}

// command is what the n-th turn types, and what its answer says.
func (s *soak) command(n int) (command, text, says string) {
	if at := n % 20; at%5 == 3 {
		screen := screens[at/5]
		return screen.command, screen.text, screen.says
	}
	number := s.numbers[n*7%len(s.numbers)]
	return "/klant", number, "nr. " + number + " "
}

// watch samples the process until done, more often in a short soak.
func (s *soak) watch(t *testing.T, done <-chan struct{}) {
	began, each := time.Now(), time.NewTicker(time.Second)
	defer each.Stop()
	for {
		select {
		case <-done:
			return
		case <-each.C:
			now := s.weigh(t)
			now.after = time.Since(began)
			s.samples = append(s.samples, now)
			if n := len(s.samples); n%60 == 0 {
				s.st.slack.Disconnect(true) // and nobody hears Slack for a second
				t.Logf("after %s: %.1f MB, %.0f goroutines", now.after.Round(time.Second), now.memory, now.goroutines)
			}
		}
	}
}

// weigh looks how large the process is and how many goroutines it says it has.
func (s *soak) weigh(t *testing.T) sampled {
	now := sampled{memory: memory(t, s.pid, "VmRSS:")}
	resp, err := http.Get(s.metrics)
	if err != nil {
		t.Errorf("metrics: %v", err)
		return now
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	_, rest, ok := strings.Cut(string(raw), "\nklantbot_goroutines ")
	said, _, _ := strings.Cut(rest, "\n")
	if now.goroutines, _ = strconv.ParseFloat(said, 64); err != nil || !ok {
		t.Errorf("metrics say nothing of goroutines: %v", err)
	}
	return now
}

// check compares what people see with what they asked for.
func (s *soak) check(t *testing.T) (taken, answers int) {
	t.Helper()
	for _, who := range s.typists {
		due := s.expected[who]
		found := map[string]int{}
		for _, m := range s.st.slack.Messages(s.direct[who], who) {
			if m.User == who {
				continue
			}
			answers++
			said := readable(m)
			of := answerTo(said, due)
			if found[of]++; of == "" {
				t.Errorf("%s reads what nobody asked for:\n%.400s", who, said)
			}
		}
		for says, n := range due {
			if taken += n; found[says] < n {
				t.Errorf("%s asked %d times for %q and sees %d answers", who, n, says, found[says])
			}
		}
	}
	// What the bot could not do at once, on a machine that is busy, it does again: nobody
	// reads that, and an operator should.
	if said := strings.Count(s.log.String(), "level=ERROR"); said > 0 {
		t.Logf("the bot logged %d errors", said)
	}
	return taken, answers
}

// answerTo is which of what is due a message says. The help names everything, and lists
// have numbers of clients in them, so cards come last.
func answerTo(said string, due map[string]int) string {
	for _, screen := range screens {
		if due[screen.says] > 0 && strings.Contains(said, screen.says) {
			return screen.says
		}
	}
	for says := range due {
		if strings.HasPrefix(says, "nr. ") && strings.Contains(said, says) {
			return says
		}
	}
	return ""
}

// tells is how long a soak lasts that says something about memory; the first part of it
// warms up.
const (
	tells   = time.Minute
	warming = .25
)

// flat compares what the process was like after it warmed up with what it is at the end.
func (s *soak) flat(t *testing.T, lasted time.Duration) {
	t.Helper()
	warm := s.samples[int(warming*float64(len(s.samples))):]
	third := len(warm) / 3
	if third == 0 {
		return
	}
	// The least of many moments is what stays when nothing is under way.
	least := func(of []sampled, what func(sampled) float64) float64 {
		low := what(of[0])
		for _, one := range of {
			low = min(low, what(one))
		}
		return low
	}
	for _, of := range []struct {
		name string
		what func(sampled) float64
		room float64 // for what is under way at every moment of a busy machine
	}{{"MB of memory", func(n sampled) float64 { return n.memory }, 0}, {"goroutines", func(n sampled) float64 { return n.goroutines }, soaking}} {
		first, last := least(warm[:third], of.what), least(warm[len(warm)-third:], of.what)
		t.Logf("%s: %.1f after warming up, %.1f at the end", of.name, first, last)
		if lasted >= tells && last > 1.1*first+of.room {
			t.Errorf("%s went from %.1f to %.1f", of.name, first, last)
		}
	}
}
