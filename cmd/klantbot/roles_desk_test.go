package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// desk is an office of which everything that is registered is pressed, one press
// at a time: the real dispatcher on a real database, with people and channels as
// the local workspace knows them. What would go to Slack is kept, to be read.
type desk struct {
	t         *testing.T
	db        *sqlstore.DB
	dsn       string
	slack     *workspace.Server
	registry  *commands.Registry
	bot       *bot.Dispatcher
	ear       *ear
	presses   int
	finished  chan string
	log       *safeBuffer
	beside    *sql.Conn // a connection beside the bot's own; nil on PostgreSQL
	counted   int       // and times
	stands    *sql.Conn // what the database was made equal to
	directory *commands.Directory
	needs     commands.Needs
	users     map[int]string // accounts by manager, for castUser
	wrote     int64          // what version said when the database was last put back
}

// ear hears what the dispatcher says, and how what it ran ended. It is the inbox
// too: nothing of a press is in the database but what the press itself wrote.
type ear struct {
	api      *slackapi.Client
	mu       sync.Mutex
	heard    []screen
	ran      bool
	err      error
	wall     time.Time
	finished chan string
}

// screen is one thing that was said: a message, a window or a Home tab.
type screen struct {
	Text     string          `json:"-"`
	Blocks   json.RawMessage `json:"blocks"`
	Callback string          `json:"callback_id"`
	Private  string          `json:"private_metadata"`
	modal    bool
	home     bool
}

// reads is everything that a person reads of s.
func (s screen) reads() string { return s.Text + "\n" + texts(s.Blocks) }

func newDesk(t *testing.T, dsn string) *desk {
	t.Helper()
	ctx := context.Background()
	st := newStage(t, dsn, withCorners, func(c *workspace.Config) { c.Users = append(c.Users, pressers...) })
	db, err := openStore(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(st.log, nil))
	api, err := slackapi.New(slackapi.Config{BotToken: st.slack.BotToken(), AppToken: st.slack.AppToken(), APIURL: st.server.URL + "/api/", Log: log})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, dsn: dsn, slack: st.slack, log: st.log, finished: make(chan string, 1), users: map[int]string{}, directory: commands.NewDirectory(db)}
	d.ear = &ear{api: api, wall: time.Now(), finished: d.finished}
	directory := d.directory
	market := commands.NewMarket(db, db, db, patience)
	if err := firstError(directory.Refresh(ctx), market.Refresh(ctx, analysis.DayOf(asOf))); err != nil {
		t.Fatal(err)
	}
	stands := needs(db, directory, market)
	stands.Colleagues, stands.Places = &staffOnce{staff: office{api, "T0KANTOOR"}}, office{api, "T0KANTOOR"}
	stands.Model = endpoint{host: "model.example", model: "klein"}.modelOf(db, st.slack.Now)
	d.needs = stands
	d.registry = d.ear.listening(commands.New(stands))
	d.bot, err = bot.New(bot.Config{Team: "T0KANTOOR", Registry: d.registry, Inbox: d.ear, People: &askedOnce{People: api}, Channels: api, Roles: deskRoles{commands.Roles{Members: db, Managers: db, Settings: db}},
		Responder: d.ear, Whisperer: d.ear, Views: d.ear, Files: api, Threads: api, Log: log, Now: st.slack.Now, Wall: d.ear.Wall, Workers: 1, Lease: 24 * time.Hour, Deadline: patience, Decide: patience, Trigger: patience, Settle: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	d.stir()
	running, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { d.bot.Run(running) })
	t.Cleanup(func() { stop(); all.Wait(); api.Close(); _ = db.Close() })
	return d
}

// listening is r with an ear at everything it runs.
func (e *ear) listening(r *commands.Registry) *commands.Registry {
	entries := make([]commands.Entry, len(r.Entries))
	for i, entry := range r.Entries {
		run := entry.Run
		entry.Run = func(ctx context.Context, req commands.Request) (commands.Reply, error) {
			reply, err := run(ctx, req)
			e.mu.Lock()
			e.ran, e.err = true, err
			for _, o := range reply.Options {
				e.heard = append(e.heard, screen{Text: o.Label + "\n" + o.Note})
			}
			e.mu.Unlock()
			return reply, err
		}
		entries[i] = entry
	}
	return &commands.Registry{Entries: entries, Letters: r.Letters, Events: r.Events}
}

// askedOnce asks Slack once about each person, also about whom it does not know: so
// many presses of a stranger's would have to wait for Slack's limits.
type askedOnce struct {
	bot.People
	people sync.Map
}

func (k *askedOnce) Person(ctx context.Context, user analysis.UserID) (bot.Person, error) {
	type answer struct {
		person bot.Person
		err    error
	}
	if a, ok := k.people.Load(user); ok {
		return a.(answer).person, a.(answer).err
	}
	p, err := k.People.Person(ctx, user)
	k.people.Store(user, answer{p, err})
	return p, err
}

// staffOnce is askedOnce for who is named in a form.
type staffOnce struct {
	staff  commands.Colleagues
	people sync.Map
}

func (k *staffOnce) Colleagues(ctx context.Context) ([]commands.Colleague, error) {
	return k.staff.Colleagues(ctx)
}

func (k *staffOnce) Colleague(ctx context.Context, user analysis.UserID) (commands.Colleague, error) {
	type answer struct {
		who commands.Colleague
		err error
	}
	if a, ok := k.people.Load(user); ok {
		return a.(answer).who, a.(answer).err
	}
	who, err := k.staff.Colleague(ctx, user)
	k.people.Store(user, answer{who, err})
	return who, err
}

// deskRoles are the office's, with somebody who holds the operator's role: the
// command line has it, and the table of rights is about them as well.
type deskRoles struct{ commands.Roles }

func (r deskRoles) Actor(ctx context.Context, user analysis.UserID, email string) (analysis.Actor, error) {
	switch user {
	case "U0OPERATOR":
		return analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Operator)}, nil
	case "U0BEHEER":
		return analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Administrator)}, nil
	}
	return r.Roles.Actor(ctx, user, email)
}

// Wall moves on with each press, so that an answer in a window need not wait until
// Slack showed the acknowledgement.
func (e *ear) Wall() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.wall
}

func (e *ear) Accept(context.Context, storage.Envelope, string, time.Time) (bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.wall = e.wall.Add(time.Second)
	return true, nil
}

func (e *ear) Finish(_ context.Context, key string, _ time.Time) error {
	e.finished <- key
	return nil
}

// Extend puts a request off: leases here last longer than the test.
func (e *ear) Extend(context.Context, string, string, time.Time) (bool, error) {
	e.finished <- putOff
	return true, nil
}

// putOff is what ends a press that a busy machine could not answer in time.
const putOff = "put off"

func (e *ear) Take(context.Context, string, time.Time, time.Time, time.Time, int) ([]storage.Envelope, error) {
	return nil, nil
}
func (e *ear) Prune(context.Context, time.Time) (int, error) { return 0, nil }

func (e *ear) hear(s screen) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, s)
	return nil
}

func (e *ear) message(m view.Message) error {
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		return err
	}
	return e.hear(screen{Text: m.Text, Blocks: raw})
}

func (e *ear) window(m view.Modal) error {
	raw, err := e.api.EncodeModal(m)
	s := screen{Text: m.Title, modal: true}
	if err := firstError(err, json.Unmarshal(raw, &s)); err != nil {
		return err
	}
	return e.hear(s)
}

// The ports of the dispatcher.
func (e *ear) Respond(_ context.Context, _ string, m bot.Message, _ bool) error { return e.message(m) }
func (e *ear) Whisper(_ context.Context, _ analysis.ChannelID, _ string, _ analysis.UserID, m bot.Message) error {
	return e.message(m)
}
func (e *ear) Open(_ context.Context, _, _ string, m view.Modal) error { return e.window(m) }
func (e *ear) Update(_ context.Context, _ bot.ViewRef, m view.Modal) error {
	return e.window(m)
}
func (e *ear) Publish(_ context.Context, _ analysis.UserID, h view.Home) error {
	raw, err := json.Marshal(h.Blocks)
	if err != nil {
		return err
	}
	return e.hear(screen{Blocks: raw, home: true})
}
func (e *ear) EncodeModal(m view.Modal) (json.RawMessage, error) { return e.api.EncodeModal(m) }

// outcome is what came of one press.
type outcome struct {
	ran   bool  // the use-case was reached
	err   error // of the use-case
	heard []screen
	ack   string
}

// refused reports whether the asker may not do it: found before it was run, or by it.
func (o outcome) refused() bool {
	if !o.ran {
		return !strings.Contains(o.ack, `"errors"`)
	}
	return o.err != nil && analysis.KindOf(o.err) == analysis.Forbidden
}

// reads is everything that was said, in one text.
func (o outcome) reads() string {
	all := o.ack
	for _, s := range o.heard {
		all += s.reads()
	}
	return all
}

// press hands one envelope to the dispatcher and returns what came of it.
func (d *desk) press(kind string, payload map[string]any) outcome {
	d.t.Helper()
	d.presses++
	key := fmt.Sprintf("press.%d", d.presses)
	payload["trigger_id"], payload["event_id"] = key, key
	raw, err := json.Marshal(payload)
	if err != nil {
		d.t.Fatal(err)
	}
	var ack []byte
	refusedField := false
	for again := true; again; {
		d.ear.mu.Lock()
		d.ear.heard, d.ear.ran, d.ear.err = nil, false, nil
		d.ear.mu.Unlock()
		if ack, err = d.bot.Handle(context.Background(), bot.Incoming{Kind: kind, Payload: raw}); err != nil {
			d.t.Fatal(err)
		}
		refusedField = payload["type"] == "view_submission" && len(ack) > 0 && errorsIn(ack)
		// However long it takes: put off, it is pressed once more.
		again = payload["type"] != "block_suggestion" && !refusedField && <-d.finished == putOff
	}
	d.ear.mu.Lock()
	defer d.ear.mu.Unlock()
	out := outcome{ran: d.ear.ran, err: d.ear.err, heard: d.ear.heard}
	if refusedField || payload["type"] == "block_suggestion" {
		out.ack = string(ack)
	}
	return out
}

// errorsIn reports whether an acknowledgement keeps a window open with a sentence
// under a field.
func errorsIn(ack []byte) bool {
	var a struct {
		Action string `json:"response_action"`
	}
	return json.Unmarshal(ack, &a) == nil && a.Action == "errors"
}
