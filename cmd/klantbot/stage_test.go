package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot/workspace"
	"klantbot/prompts/openai/openaitest"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/sample"

	"klantbot/analysis"
)

// asOf is the day on which the tests' offices live.
var asOf = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// stage is a local workspace with a bot on it, both over real loopback sockets,
// the way an office has Slack.
type stage struct {
	t         testing.TB
	slack     *workspace.Server
	server    *httptest.Server
	front     *front       // where Slack reaches the bot over HTTP; nil: Socket Mode
	watched   net.Listener // where machines look how the bot is; nil: nowhere
	listen    string       // the same of a process of its own; empty: nowhere
	dsn       string
	log       *safeBuffer
	stop      func()
	liar      *openaitest.Endpoint // the language model of the office; nil: it has none
	patient   bool                 // who waits for it gives up after everybody else
	files     map[string][]byte    // that a script brings
	talks     map[string]string    // the talk that each opened last
	tempo     tempo
	within    func() *sql.DB // the bot's database, opened beside it when first asked for
	runs      bool
	gathering *[]workspace.Pressing // presses that are made together; nil: each is made at once
	faulty    bool                  // Slack does not say so, fails or asks for time: answers may have to wait

	clock sync.Mutex
	seen  time.Time // as of when the clock did what was due
}

// played is the tempo of dialogues: nothing in them waits for the wall, and nothing
// is different because the machine is busy.
var played = tempo{refresh: 50 * time.Millisecond, firstCard: patience, look: 20 * time.Millisecond, poll: 100 * time.Millisecond, pace: time.Millisecond, unpaced: true,
	answer: patience, decide: patience, trigger: patience, settle: time.Nanosecond}

// slowly is a clock that starts at at and goes a sixtieth as fast as the wall's: of
// itself no minute passes in a test, however long a busy machine plays it, and no phase
// of a live session ends. Scripts jump.
func slowly(at time.Time) func() time.Time {
	began := time.Now()
	return func() time.Time { return at.Add(time.Since(began) / 60) }
}

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// newStage builds the workspace; the bot starts with start.
func newStage(t testing.TB, dsn string, change ...func(*workspace.Config)) *stage {
	t.Helper()
	return raise(t, dsn, nil, change...)
}

// newWebStage is newStage with an app over HTTP instead of Socket Mode.
func newWebStage(t testing.TB, dsn string, change ...func(*workspace.Config)) *stage {
	t.Helper()
	return raise(t, dsn, newFront(t), change...)
}

func raise(t testing.TB, dsn string, front *front, change ...func(*workspace.Config)) *stage {
	t.Helper()
	both := bothManifests()
	if front != nil {
		both.Over(addressesAt(front.URL))
	}
	manifest, err := json.Marshal(both)
	if err != nil {
		t.Fatal(err)
	}
	cfg := workspace.Config{Team: workspace.Team{ID: "T0KANTOOR", Name: "Kantoor", Domain: "kantoor"},
		Users: cast(theSize()), Channels: conversations(theSize()), Manifest: manifest, Now: slowly(asOf),
		AckTimeout: patience, TriggerLife: patience, NewestWins: true}
	for _, c := range change {
		c(&cfg)
	}
	st := &stage{t: t, dsn: dsn, front: front, log: &safeBuffer{}, stop: func() {}, files: map[string][]byte{}, talks: map[string]string{}, tempo: played}
	if front != nil {
		// An acknowledgement over HTTP travels apart from the answer after it. One that is
		// overtaken leaves the form in its place, and so what was typed in it, as in Slack.
		st.tempo.settle = 800 * time.Millisecond
	}
	if st.slack, err = workspace.New(cfg); err != nil {
		t.Fatal(err)
	}
	st.server = httptest.NewServer(st.slack.Handler())
	st.slack.SetBaseURL(st.server.URL)
	var within *sql.DB
	st.within = sync.OnceValue(func() *sql.DB { within = inside(t, dsn); return within })
	t.Cleanup(func() {
		st.stop()
		if within != nil {
			within.Close()
		}
		if err := st.slack.Close(); err != nil {
			t.Errorf("close the workspace: %v", err)
		}
		st.server.CloseClientConnections()
		st.server.Close()
	})
	return st
}

func theSize() sample.Size { return sample.Default(analysis.DayOf(asOf)) }

// start runs the bot within the test, on the same wiring as `klantbot serve`.
func (st *stage) start() {
	st.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	db, err := openStore(ctx, st.dsn)
	if err != nil {
		cancel()
		st.t.Fatal(err)
	}
	in, ready := st.road(), make(chan struct{})
	model := modelAt(st.liar)
	if st.patient {
		model.call, model.job = 2*patience, 2*patience
	}
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, service{db: db, botToken: st.slack.BotToken(), in: in, ready: func() { close(ready) },
			apiURL: st.server.URL + "/api/", endpoint: model, admin: string(administrator), now: st.slack.Now,
			log: slog.New(slog.NewTextHandler(st.log, nil)), looked: st.looked, tempo: st.tempo})
	}()
	st.runs = true
	st.stop = sync.OnceFunc(func() {
		st.runs = false
		cancel()
		if err := <-ended; err != nil {
			st.t.Errorf("serve ended with %v", err)
		}
		if err := db.Close(); err != nil {
			st.t.Errorf("close the database: %v", err)
		}
		// A connection that is closing would still be given a command.
		st.await("the connections to end", func() bool { return st.slack.Connections() == 0 })
	})
	if st.front == nil {
		st.await("the bot to connect", func() bool { return st.slack.Connections() > 0 })
		return
	}
	select {
	case <-ready:
	case <-time.After(patience):
		st.t.Fatalf("waited %s for the bot\nlog of the bot:\n%s", patience, st.log)
	}
	if err := st.slack.Verify(st.t.Context()); err != nil {
		st.t.Fatalf("%v\nlog of the bot:\n%s", err, st.log)
	}
}

// road is how the workspace reaches the bot.
func (st *stage) road() road {
	st.t.Helper()
	if st.front == nil {
		return road{appToken: st.slack.AppToken(), connections: 1, listener: st.watched}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		st.t.Fatal(err)
	}
	st.front.to.Store(&url.URL{Scheme: "http", Host: listener.Addr().String()})
	return road{secret: st.slack.SigningSecret(), listener: listener}
}

// watch lets machines look how the bot is, from its next start to its end.
func (st *stage) watch() {
	st.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		st.t.Fatal(err)
	}
	st.watched = listener
}

// front is the address of an office: a proxy before a bot that comes and goes.
type front struct {
	*httptest.Server
	to atomic.Pointer[url.URL]
}

func newFront(t testing.TB) *front {
	f := &front{}
	f.Server = httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:  func(r *httputil.ProxyRequest) { r.SetURL(f.to.Load()); r.SetXForwarded() },
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)})
	t.Cleanup(f.Close)
	return f
}

// patience is how long a test waits for something that should happen at once.
const patience = 3 * time.Minute

// await waits until cond holds in the workspace.
func (st *stage) await(what string, cond func() bool) {
	st.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := st.slack.Wait(ctx, cond); err != nil {
		st.t.Fatalf("waited %s for %s: %v\nlog of the bot:\n%s", patience, what, err, st.log)
	}
}

// channel finds a conversation by the name a script gives it: #kantoor, or dm.
func (st *stage) channel(user, name string) string {
	st.t.Helper()
	if name == "dm" {
		id, err := st.slack.DM(user)
		if err != nil {
			st.t.Fatal(err)
		}
		return id
	}
	for _, c := range append(conversations(theSize()), corners...) {
		if "#"+c.Name == name {
			return c.ID
		}
	}
	st.t.Fatalf("no conversation %s", name)
	return ""
}

// corners are the conversations, beyond those of the local workspace, in which
// something is different.
var corners = []workspace.Channel{
	{ID: "G01BESLOTEN", Name: "besloten", Kind: workspace.KindPrivate, Members: []string{"U01", "U02", "U0ENGLISH", botUser}},
	{ID: "C05ZONDER", Name: "zonder-bot", Kind: workspace.KindChannel, Members: []string{"U01", "U02", "U0ENGLISH"}},
	{ID: "C06OUD", Name: "oud", Kind: workspace.KindChannel, IsArchived: true, Members: []string{"U01", botUser}},
	{ID: "D01SAMEN", Name: "samen", Kind: workspace.KindIM, Members: []string{"U01", "U02"}},
	{ID: "G02GROEP", Name: "groep", Kind: workspace.KindMPIM, Members: []string{"U01", "U02", "U03"}},
	{ID: "G03GROEPBOT", Name: "groep-met-bot", Kind: workspace.KindMPIM, Members: []string{"U01", "U02", botUser}},
}

func withCorners(c *workspace.Config) { c.Channels = append(c.Channels, corners...) }

// sampleDB makes a SQLite database with the sample office, once a test process,
// and copies it for each test.
func sampleDB(t testing.TB) string {
	t.Helper()
	template := sampleTemplate()
	if template.err != nil {
		t.Fatal(template.err)
	}
	path := filepath.Join(t.TempDir(), "office.db")
	raw, err := os.ReadFile(template.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type templateDB struct {
	path string
	err  error
}

var sampleFolder string // of what sampleTemplate made; empty: nothing yet

var sampleTemplate = sync.OnceValue(func() templateDB {
	dir, err := os.MkdirTemp("", "klantbot-sample-")
	if err != nil {
		return templateDB{err: err}
	}
	sampleFolder = dir
	path := filepath.Join(dir, "sample.db")
	return templateDB{path: path, err: furnishSample(path)}
})

// furnishSample fills the database dsn with the sample office.
func furnishSample(dsn string) error {
	ctx := context.Background()
	db, err := openStore(ctx, dsn)
	if err != nil {
		return err
	}
	if err := furnishOffice(ctx, db, theSize(), asOf, partner); err != nil {
		return err
	}
	return db.Close()
}

// samplePostgres is sampleDB on PostgreSQL; it skips where there is none.
func samplePostgres(t testing.TB) string {
	t.Helper()
	return samplePostgresTemplate.DSN(t)
}

var samplePostgresTemplate = pgtest.Template{Fill: furnishSample}

func TestMain(m *testing.M) {
	// The tests that kill the bot run this very binary as the program.
	if os.Getenv("KLANTBOT_TEST_AS_PROGRAM") == "1" {
		if short, err := time.ParseDuration(os.Getenv("KLANTBOT_TEST_LEASE")); err == nil {
			// Half of a letter's is what one attempt may take, which draws its pictures
			// anew: with the race detector and other tests beside it two seconds were not
			// always enough, and an attempt that is always late never arrives.
			standard.request, standard.letter = short, 12*short
		}
		main()
		return
	}
	// Most tests wait for something most of the time: twice as many as processors go on
	// at once, unless somebody said how many.
	flag.Parse()
	if most := flag.Lookup("test.parallel"); most.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		_ = most.Value.Set(strconv.Itoa(2 * runtime.GOMAXPROCS(0))) // a number
	}
	code := m.Run()
	if err := samplePostgresTemplate.Drop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if sampleFolder != "" {
		os.RemoveAll(sampleFolder)
	}
	os.Exit(code)
}
