package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/bot/socket"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

const manifest = `{
 "display_information": {"name": "Klantbot"},
 "features": {
  "app_home": {"home_tab_enabled": true, "messages_tab_enabled": true},
  "bot_user": {"display_name": "Klantbot"},
  "agent_view": {"agent_description": "d"},
  "shortcuts": [{"name": "Zoek klant", "type": "global", "callback_id": "test.window.v1", "description": "d"},
   {"name": "Leg vast", "type": "message", "callback_id": "test.quote.v1", "description": "d"}],
  "slash_commands": [
   {"command": "/klant", "description": "d", "should_escape": true},
   {"command": "/venster", "description": "d", "should_escape": true},
   {"command": "/onbekend", "description": "d", "should_escape": true}]
 },
 "oauth_config": {"scopes": {"bot": ["commands","chat:write","im:write","im:history","im:read","users:read",
  "users:read.email","channels:read","groups:read","channels:history","groups:history","mpim:read","files:read","files:write","assistant:write"]}},
 "settings": {"event_subscriptions": {"bot_events": ["user_change","channel_shared","channel_unshared","message.im","app_home_opened","app_context_changed","agent_session_stopped","file_shared"]},
  "interactivity": {"is_enabled": true}, "socket_mode_enabled": true}}`

// office is a workspace on a loopback listener, a database on disk, and the
// real road between them.
type office struct {
	*workspace.Server
	t    testing.TB
	url  string
	path string // of the database
	log  *lines
	entries
}

// entries are what the test's commands do; each test replaces what it needs.
type entries struct {
	show     commands.UseCase // /klant, and the button test.show
	window   commands.UseCase // /venster and the shortcut; Loading
	submit   commands.UseCase
	validate func(context.Context, commands.Request) (map[string]string, error)
	suggest  commands.UseCase
	homeTab  commands.UseCase // the Home tab, and the button on it
	quote    commands.UseCase // the menu of a message
	manage   commands.UseCase // a button that only an administrator may press
	file     commands.UseCase // a file in a DM, and a button about one; of an administrator
	talk     commands.UseCase // what is said in a DM
	opened   commands.UseCase // the DM is opened
	halted   commands.UseCase // Slack's own button that stops an answer
}

// lines is a log that can be read.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newOffice opens an office; the leak check of its goroutines comes last.
func newOffice(t testing.TB, change ...func(*workspace.Config)) *office {
	t.Helper()
	noLeaks(t)
	cfg := workspace.Config{
		Team: workspace.Team{ID: "T1", Name: "Kantoor", Domain: "kantoor"},
		Users: []workspace.User{
			{ID: "U1", Name: "anna", RealName: "Anna", Email: "anna@kantoor.example"},
			{ID: "U2", Name: "bram", RealName: "Bram", Email: "bram@kantoor.example", Locale: "en-GB", TZ: "Europe/London"},
			{ID: "U3", Name: "gast", RealName: "Gast", IsRestricted: true},
			{ID: "U4", Name: "buiten", RealName: "Buiten", IsStranger: true},
			{ID: "U5", Name: "baas", RealName: "Baas", Email: "baas@kantoor.example"},
		},
		Channels: []workspace.Channel{
			{ID: "C1", Name: "algemeen", Members: []string{"U1", "U2", "U3", "U5", "UBOT"}},
			{ID: "C5", Name: "besloten", Kind: workspace.KindPrivate, Members: []string{"U1"}},
			{ID: "C6", Name: "buiten", Members: []string{"U1", "U4", "UBOT"}, IsExtShared: true},
		},
		BotUser: "UBOT", AppID: "A1", Manifest: []byte(manifest), Seed: 1,
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
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
		web.Close()
	})
	o := &office{Server: ws, t: t, url: web.URL, path: filepath.Join(t.TempDir(), "office.db"), log: &lines{}}
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("gezien: " + r.Text + r.Value)), nil
	}
	return o
}

// noLeaks fails the test when goroutines of ours outlive it.
func noLeaks(t testing.TB) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		deadline := time.Now().Add(3 * time.Second)
		for runtime.NumGoroutine() > before {
			if time.Now().After(deadline) {
				buf := make([]byte, 1<<16)
				t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
}

// later lets a test replace an entry after the registry was made.
func later(u *commands.UseCase) commands.UseCase {
	return func(ctx context.Context, r commands.Request) (commands.Reply, error) { return (*u)(ctx, r) }
}

func (o *office) registry() *commands.Registry {
	names := func(n string) map[locale.Lang]string { return map[locale.Lang]string{locale.Dutch: n} }
	use, manage := analysis.UseHelp, analysis.ManageOffice
	return &commands.Registry{Entries: []commands.Entry{
		{ID: "test.slash", On: commands.Slash, Version: 1, Names: names("/klant"), Permission: use, Run: later(&o.show)},
		{ID: "test.slashwindow", On: commands.Slash, Version: 1, Names: names("/venster"), Permission: use, Loading: true, Run: later(&o.window)},
		{ID: "test.window", On: commands.Shortcut, Version: 1, Permission: use, Loading: true, Run: later(&o.window)},
		{ID: "test.show", On: commands.Action, Version: 2, Permission: use, Run: later(&o.show)},
		{ID: "test.manage", On: commands.Action, Version: 1, Permission: manage, Run: later(&o.manage)},
		{ID: "test.home", On: commands.HomeOpened, Version: 1, Permission: use, Run: later(&o.homeTab)},
		{ID: "test.tab", On: commands.Action, Version: 1, Permission: use, Run: later(&o.homeTab)},
		{ID: "test.quote", On: commands.OnMessage, Version: 1, Permission: use, Loading: true, Run: later(&o.quote)},
		{ID: "test.sent", On: commands.FileSent, Version: 1, Permission: manage, Run: later(&o.file), File: func(r commands.Request) string { return r.Value }},
		{ID: "test.file", On: commands.Action, Version: 1, Permission: manage, Run: later(&o.file), File: func(r commands.Request) string { return r.Value }},
		{ID: "test.said", On: commands.Mention, Version: 1, Permission: use, Run: later(&o.talk)},
		{ID: "test.opened", On: commands.TalkOpened, Version: 1, Permission: use, Run: later(&o.opened)},
		{ID: "test.halted", On: commands.TalkHalted, Version: 1, Permission: use, Run: later(&o.halted)},
		{ID: "test.find", On: commands.Suggestion, Version: 1, Permission: use, Run: later(&o.suggest)},
		{ID: "test.form", On: commands.Submission, Version: 1, Permission: use, Loading: true, Run: later(&o.submit),
			Validate: func(ctx context.Context, r commands.Request) (map[string]string, error) {
				if o.validate == nil {
					return nil, nil
				}
				return o.validate(ctx, r)
			}},
	}}
}

// roles makes U5 the administrator and everybody else an employee.
type roles struct{}

func (roles) Actor(_ context.Context, user analysis.UserID, _ string) (analysis.Actor, error) {
	if user == "U5" {
		return analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Administrator)}, nil
	}
	return analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Employee)}, nil
}

// program is one running process of ours.
type program struct {
	*bot.Dispatcher
	api  *slackapi.Client
	wire *socket.Wire
	db   *sqlstore.DB
	stop func() // and wait
}

// dispatcher makes one on the office's database, without starting it.
func (o *office) dispatcher(change ...func(*bot.Config)) *program {
	o.t.Helper()
	db, err := sqlite.Open(context.Background(), o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(o.log, nil))
	api, err := slackapi.New(slackapi.Config{BotToken: o.BotToken(), AppToken: o.AppToken(), APIURL: o.url + "/api/", Log: log})
	if err != nil {
		o.t.Fatal(err)
	}
	cfg := bot.Config{Team: "T1", Registry: o.registry(), Inbox: db, People: api, Channels: api, Roles: roles{},
		Responder: api, Whisperer: api, Views: api, Files: api, Threads: api, Agents: api, Log: log, Now: o.Now,
		Lease: time.Second, Poll: 50 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	d, err := bot.New(cfg)
	if err != nil {
		o.t.Fatal(err)
	}
	return &program{Dispatcher: d, api: api, db: db, stop: func() { api.Close(); _ = db.Close() }}
}

// run starts a whole process: dispatcher and one socket connection.
func (o *office) run(change ...func(*bot.Config)) *program {
	o.t.Helper()
	p := o.dispatcher(change...)
	var err error
	p.wire, err = socket.New(socket.Config{API: p.api.Slack(), Handler: p, Log: slog.New(slog.NewTextHandler(o.log, nil)), Connections: 1})
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() { p.Run(ctx) })
	all.Go(func() {
		if err := p.wire.Run(ctx); err != nil {
			o.t.Errorf("socket ended: %v", err)
		}
	})
	closeAll := p.stop
	p.stop = sync.OnceFunc(func() { cancel(); all.Wait(); closeAll() })
	o.t.Cleanup(p.stop)
	// Its own: the workspace may still count one of a process that just ended.
	until(o.t, "connection", p.wire.Connected)
	return p
}

// runVictim runs p until the process is killed, without the workspace's help.
func runVictim(t *testing.T, p *program) {
	wire, err := socket.New(socket.Config{API: p.api.Slack(), Handler: p, Log: slog.New(slog.DiscardHandler), Connections: 1})
	if err != nil {
		t.Fatal(err)
	}
	go p.Run(context.Background())
	t.Fatal(wire.Run(context.Background()))
}

// wait fails the test when cond does not come true within a minute: that long takes
// nothing, however busy the machine is.
func (o *office) wait(what string, cond func() bool) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := o.Wait(ctx, cond); err != nil {
		o.t.Fatalf("waited for %s: %v\n%s", what, err, o.log)
	}
}

// until waits for something that the workspace does not see happen.
func until(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
	}
}

// said are the texts that user sees in channel, blocks included.
func (o *office) said(channel, user string) []string {
	var all []string
	for _, m := range o.Messages(channel, user) {
		all = append(all, m.Text)
	}
	return all
}

// hears waits until user's newest message in channel contains want.
func (o *office) hears(user, channel, want string) {
	o.t.Helper()
	o.wait(fmt.Sprintf("%q for %s", want, user), func() bool {
		all := o.said(channel, user)
		return len(all) > 0 && strings.Contains(all[len(all)-1], want)
	})
}

// command types a command that must be acknowledged.
func (o *office) command(user, channel, name, text string) {
	o.t.Helper()
	if err := o.Command(user, channel, name, text); err != nil {
		o.t.Fatalf("%s %s: %v\n%s", name, text, err, o.log)
	}
}

// buttons is a message with one button per action_id, labelled by it.
func buttons(text string, ids ...string) view.Message {
	m := view.Message{Text: text}
	var row []slack.BlockElement
	for _, id := range ids {
		row = append(row, slack.NewButtonBlockElement(id, "7", slack.NewTextBlockObject(slack.PlainTextType, id, false, false)))
	}
	m.Blocks = []slack.Block{slack.NewActionBlock("row", row...)}
	return m
}

func on(channel string) workspace.Place { return workspace.On(channel, "") }

func sentence(key string) string { return locale.New(locale.Dutch, nil).T(key, nil) }
