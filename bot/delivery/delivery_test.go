package delivery_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/slackapi"
	"klantbot/bot/workspace"
	"klantbot/commands/view"
	"klantbot/storage"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

const manifest = `{"display_information": {"name": "Klantbot"}, "features": {"app_home": {"messages_tab_enabled": true}, "bot_user": {"display_name": "Klantbot"}},
 "oauth_config": {"scopes": {"bot": ["chat:write","im:write","im:history","im:read","users:read",
  "channels:read","groups:read","channels:history","groups:history","files:read","files:write"]}},
 "settings": {"socket_mode_enabled": true}}`

type office struct {
	*workspace.Server
	t   *testing.T
	url string
	db  *sqlstore.DB
	api *slackapi.Client
	render
}

// render is the test's Renderer.
type render func(context.Context, storage.LedgerEntry) (bot.Message, error)

func (r render) Render(ctx context.Context, e storage.LedgerEntry) (bot.Message, error) {
	return r(ctx, e)
}

func newOffice(t *testing.T, people int, change ...func(*workspace.Config)) *office {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for deadline := time.Now().Add(3 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
				return
			}
		}
	})
	cfg := workspace.Config{Team: workspace.Team{ID: "T1", Name: "Kantoor", Domain: "kantoor"}, BotUser: "UBOT",
		Manifest: []byte(manifest), Seed: 7,
		Users: []workspace.User{{ID: "UGONE", Name: "oud", Deleted: true}, {ID: "UGAST", Name: "gast", IsRestricted: true}},
		Channels: []workspace.Channel{
			{ID: "C1", Name: "team", Members: []string{"UBOT"}},
			{ID: "C2", Name: "oud", Members: []string{"UBOT"}, IsArchived: true},
			{ID: "C3", Name: "gedeeld", Members: []string{"UBOT"}, IsExtShared: true},
			{ID: "C4", Name: "zonder"},
		}}
	for i := range people {
		cfg.Users = append(cfg.Users, workspace.User{ID: fmt.Sprintf("U%d", i), Name: fmt.Sprintf("p%d", i)})
	}
	for _, c := range change {
		c(&cfg)
	}
	ws, err := workspace.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(ws.Handler())
	ws.SetBaseURL(web.URL)
	t.Cleanup(func() { _ = ws.Close(); web.Close() })
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	api, err := slackapi.New(slackapi.Config{BotToken: ws.BotToken(), AppToken: ws.AppToken(), APIURL: web.URL + "/api", Unpaced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(api.Close)
	if _, err := api.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &office{Server: ws, t: t, url: web.URL, db: db, api: api,
		render: func(_ context.Context, e storage.LedgerEntry) (bot.Message, error) { return view.Say(e.Key), nil }}
}

// run starts a courier, and returns it with a function that stops it.
func (o *office) run(change ...func(*delivery.Config)) (*delivery.Courier, func()) {
	o.t.Helper()
	cfg := delivery.Config{Team: "T1", Ledger: o.db, Files: o.db, Renderer: render(func(ctx context.Context, e storage.LedgerEntry) (bot.Message, error) {
		return o.render(ctx, e)
	}), Poster: o.api, History: o.api, Channels: o.api, People: o.api, Log: slog.New(slog.NewTextHandler(o.t.Output(), nil)),
		Lease: 2200 * time.Millisecond, Settle: 200 * time.Millisecond, Poll: 50 * time.Millisecond, Pace: time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	c, err := delivery.New(cfg)
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { c.Run(ctx) })
	stop := sync.OnceFunc(func() { cancel(); all.Wait() })
	o.t.Cleanup(stop)
	return c, stop
}

func (o *office) queue(entries ...storage.LedgerEntry) {
	o.t.Helper()
	err := o.db.Write(o.t.Context(), func(tx storage.Tx) error {
		for _, e := range entries {
			if e.Kind == "" {
				e.Kind, e.Lang = "test", "nl"
			}
			if _, err := tx.Enqueue(o.t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) entry(key string) storage.LedgerEntry {
	o.t.Helper()
	e, err := o.db.Entry(o.t.Context(), key)
	if err != nil {
		o.t.Fatal(err)
	}
	return e
}

func until(t *testing.T, what string, within time.Duration, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(max(within, time.Minute)); !cond(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
	}
}

// TestDelivery posts in a channel and in a DM, marked with the row's id and
// nothing else, and again after a poke at once.
func TestDelivery(t *testing.T) {
	o := newOffice(t, 1)
	o.queue(storage.LedgerEntry{Key: "kanaal", Channel: "C1"}, storage.LedgerEntry{Key: "persoon", User: "U0"})
	c, _ := o.run(func(c *delivery.Config) { c.Poll = time.Hour })
	until(t, "two sent", 5*time.Second, func() bool { return c.Counts().Sent == 2 })
	e := o.entry("kanaal")
	msgs := o.Messages("C1", "UBOT")
	if e.State != storage.Sent || len(msgs) != 1 || msgs[0].TS != e.TS || msgs[0].Text != "kanaal" {
		t.Errorf("entry %+v, messages %+v", e, msgs)
	}
	want := fmt.Sprintf(`{"event_payload":{"id":%d},"event_type":"klantbot_ledger"}`, e.ID)
	var meta map[string]any
	_ = json.Unmarshal(o.Metadata("C1", e.TS), &meta)
	if got, _ := json.Marshal(meta); string(got) != want {
		t.Errorf("metadata %s, want %s", got, want)
	}
	dm, err := o.DM("U0")
	if err != nil || len(o.Messages(dm, "U0")) != 1 {
		t.Errorf("DM %s: %v", dm, err)
	}
	o.queue(storage.LedgerEntry{Key: "nog een", User: "U0"})
	c.Poke()
	until(t, "the poked one", 3*time.Second, func() bool { return c.Counts().Sent == 3 })
}

// TestUndeliverable parks what can never arrive, each with its code, and keeps
// what may arrive later.
func TestUndeliverable(t *testing.T) {
	o := newOffice(t, 1)
	o.render = func(_ context.Context, e storage.LedgerEntry) (bot.Message, error) {
		switch e.Key {
		case "weg":
			return bot.Message{}, analysis.Fail(analysis.NotFound, "client.gone", nil)
		case "paniek":
			panic(e.Key)
		case "stuk":
			return bot.Message{}, errors.New("disk")
		}
		return view.Say(e.Key), nil
	}
	cases := []struct {
		entry storage.LedgerEntry
		state storage.LedgerState
		code  string
	}{
		{storage.LedgerEntry{Key: "archief", Channel: "C2"}, storage.Failed, "is_archived"},
		{storage.LedgerEntry{Key: "gedeeld", Channel: "C3"}, storage.Failed, "shared_outside"},
		{storage.LedgerEntry{Key: "zonder bot", Channel: "C4"}, storage.Failed, "not_in_channel"},
		{storage.LedgerEntry{Key: "nergens", Channel: "C404"}, storage.Failed, "channel_not_found"},
		{storage.LedgerEntry{Key: "vertrokken", User: "UGONE"}, storage.Failed, "no_colleague"},
		{storage.LedgerEntry{Key: "gast", User: "UGAST"}, storage.Failed, "no_colleague"},
		{storage.LedgerEntry{Key: "niemand", User: "U404"}, storage.Failed, "user_not_found"},
		{storage.LedgerEntry{Key: "weg", User: "U0"}, storage.Failed, "subject_gone"},
		{storage.LedgerEntry{Key: "paniek", User: "U0"}, storage.Failed, "render_panic"},
		{storage.LedgerEntry{Key: "stuk", User: "U0"}, storage.Queued, "render_failed"},
	}
	for _, c := range cases {
		o.queue(c.entry)
	}
	courier, _ := o.run()
	until(t, "all tried", 5*time.Second, func() bool { c := courier.Counts(); return c.Parked == 9 && c.Requeued == 1 })
	for _, c := range cases {
		if e := o.entry(c.entry.Key); e.State != c.state || e.Reason != c.code {
			t.Errorf("%s: %s %s, want %s %s", c.entry.Key, e.State, e.Reason, c.state, c.code)
		}
	}
	if c := courier.Counts(); c.Sent != 0 {
		t.Errorf("counts %+v", c)
	}
}

// TestReconcile: attempts of a process that died before and after posting, and
// one that nobody can verify.
func TestReconcile(t *testing.T) {
	o := newOffice(t, 0)
	o.queue(storage.LedgerEntry{Key: "voor", Channel: "C1"}, storage.LedgerEntry{Key: "na", Channel: "C1"},
		storage.LedgerEntry{Key: "onbekend", Channel: "C404"})
	now := time.Now()
	claimed, err := o.db.Claim(t.Context(), "dead", now, now.Add(-time.Second), 3)
	if err != nil || len(claimed) != 3 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	ts, err := o.api.Post(t.Context(), "C1", "", o.entry("na").ID, view.Say("na"))
	if err != nil {
		t.Fatal(err)
	}
	c, _ := o.run()
	until(t, "all three", 5*time.Second, func() bool { c := c.Counts(); return c.Sent == 2 && c.Parked == 1 })
	if e := o.entry("na"); e.State != storage.Sent || e.TS != ts {
		t.Errorf("after posting: %+v", e)
	}
	if e := o.entry("voor"); e.State != storage.Sent || e.Attempts != 2 {
		t.Errorf("before posting: %+v", e)
	}
	if e := o.entry("onbekend"); e.State != storage.Unknown || e.Reason != "channel_not_found" {
		t.Errorf("not verifiable: %+v", e)
	}
	if n := len(o.Messages("C1", "UBOT")); n != 2 {
		t.Errorf("%d messages", n)
	}
}

// TestPlainly: an entry whose chart Slack refuses arrives without it.
func TestPlainly(t *testing.T) {
	o := newOffice(t, 0)
	o.render = func(context.Context, storage.LedgerEntry) (bot.Message, error) {
		m := view.Say("kaart")
		m.Blocks = append(m.Blocks, slack.NewDataVisualizationBlock("", slack.NewDataVisualizationPieChart()))
		return m, nil
	}
	o.queue(storage.LedgerEntry{Key: "kaart", Channel: "C1"})
	c, _ := o.run()
	until(t, "sent", 5*time.Second, func() bool { return o.entry("kaart").State == storage.Sent })
	if c.Counts().Simplified != 1 || len(o.Messages("C1", "UBOT")) != 1 {
		t.Errorf("counts %+v", c.Counts())
	}
}

// forgetful is a process that dies, one time in ten, between Slack's answer and
// its own note of it.
type forgetful struct {
	delivery.Ledger
	mu   sync.Mutex
	dice *rand.Rand
	died atomic.Int64
}

func (f *forgetful) MarkSent(ctx context.Context, id int64, ts string) error {
	f.mu.Lock()
	dies := f.dice.Float64() < .1
	f.mu.Unlock()
	if dies {
		f.died.Add(1)
		return errors.New("killed")
	}
	return f.Ledger.MarkSent(ctx, id, ts)
}

// TestNothingLostNothingTwice delivers 200 messages with two processes while
// 10% of the answers are dropped after the effect, 5% fail before it, 1% are
// rate limited and 10% of the notes get lost.
func TestNothingLostNothingTwice(t *testing.T) {
	const rows, people = 200, 100
	o := newOffice(t, people)
	var entries []storage.LedgerEntry
	for i := range rows {
		entries = append(entries, storage.LedgerEntry{Key: fmt.Sprintf("reminder/%d", i), User: analysis.UserID(fmt.Sprintf("U%d", i%people))})
	}
	o.queue(entries...)
	err := o.SetFaults(workspace.Faults{DropAnswer: .1, ServerError: .05, RateLimited: .01, RetryAfter: 1, Methods: []string{"chat.postMessage"}})
	if err != nil {
		t.Fatal(err)
	}
	ledger := &forgetful{Ledger: o.db, dice: rand.New(rand.NewPCG(1, 2))}
	for range 2 {
		o.run(func(c *delivery.Config) { c.Ledger = ledger })
	}
	until(t, "all sent", 40*time.Second, func() bool {
		left, err := o.db.Undelivered(t.Context())
		return err == nil && len(left) == 0
	})
	lost, twice := 0, 0
	for i := range people {
		dm, err := o.DM(fmt.Sprintf("U%d", i))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, m := range o.Messages(dm, fmt.Sprintf("U%d", i)) {
			seen[m.Text]++
		}
		for j := i; j < rows; j += people {
			switch n := seen[fmt.Sprintf("reminder/%d", j)]; {
			case n == 0:
				lost++
			case n > 1:
				twice++
			}
		}
	}
	if lost != 0 || twice != 0 {
		t.Errorf("%d lost, %d twice of %d", lost, twice, rows)
	}
	t.Logf("%d lost, %d twice of %d; %d notes were lost on the way", lost, twice, rows, ledger.died.Load())
}
