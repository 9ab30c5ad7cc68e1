package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/schedule"
	"klantbot/bot/slackapi"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

type serveCmd struct {
	Admin       string `arg:"--admin" placeholder:"USER" help:"Slack user id or e-mail of the first administrator."`
	Connections int    `arg:"--connections" default:"2" help:"Socket Mode connections, 1 to 10."`
	HTTP        bool   `arg:"--http" help:"Have Slack post to KLANTBOT_LISTEN instead of Socket Mode; so it does where there is no SLACK_APP_TOKEN."`
}

// Run serves the workspace whose tokens stand in the environment, or that installed
// the app, until it is told to stop.
func (c *serveCmd) Run(s *session) error {
	if token, err := secret("SLACK_BOT_TOKEN"); err == nil && token == "" && os.Getenv("SLACK_CLIENT_ID") == "" {
		_, err := needed("SLACK_BOT_TOKEN")
		return err // before a database is made
	}
	model, err := configuredEndpoint()
	if err != nil {
		return err
	}
	in, err := c.road()
	if err != nil {
		return err
	}
	db, err := s.open(false)
	if err != nil {
		return err
	}
	defer db.Close()
	if in.install, err = configuredInstallation(db, in); err != nil {
		return err
	}
	for {
		err := c.once(s, service{db: db, endpoint: model, in: in, apiURL: os.Getenv("SLACK_API_URL"), admin: c.Admin,
			now: newBusinessClock(s.at).Now, log: logger(s)})
		if !errors.Is(err, errInstalled) {
			return err
		}
	}
}

// once serves until it is told to stop, or until the app is installed anew.
func (c *serveCmd) once(s *session, sv service) (err error) {
	if sv.botToken, err = sv.in.install.token(s.ctx); err != nil {
		return err
	}
	if err := sv.in.listen(s.ctx); err != nil {
		return err
	}
	defer sv.in.close()
	if sv.botToken == "" {
		return sv.awaitInstall(s.ctx)
	}
	err = serve(s.ctx, sv)
	if !sv.in.install.mends(err) {
		return err
	}
	s.fail(err)
	sv.in.close()
	if err := sv.in.listen(s.ctx); err != nil {
		return err
	}
	return sv.awaitInstall(s.ctx)
}

// logger writes what an operator needs to stderr: ids and durations, never what
// people typed or what clients are worth.
func logger(s *session) *slog.Logger {
	return slog.New(slog.NewTextHandler(s.errs, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// service is one bot on one workspace.
type service struct {
	db               *sqlstore.DB
	botToken, apiURL string
	in               road             // by which Slack's requests come
	admin            string           // user id or e-mail; empty: nobody new
	endpoint         endpoint         // of a language model; zero: none
	now              func() time.Time // business time
	log              *slog.Logger
	ready            func()          // called once it answers; may be nil
	looked           func(time.Time) // called after the clock did what was due then; may be nil
	tempo            tempo           // standard when zero
}

// run is serve, with the door that it opens.
func (s service) run(ctx context.Context, d *door) error {
	stayLean()
	s.tempo = cmp.Or(s.tempo, standard)
	api, err := slackapi.New(slackapi.Config{BotToken: s.botToken, AppToken: s.in.appToken, APIURL: s.apiURL, Log: s.log, Unpaced: s.tempo.unpaced})
	if err != nil {
		return err
	}
	defer api.Close()
	directory, counted := commands.NewDirectory(s.db), &told{api: api}
	well, err := s.health(directory, counted)
	if err != nil {
		return err
	}
	d.open(well.Routes())
	ctx, stop := context.WithCancel(ctx)
	named := directory.Start(ctx)
	defer func() { stop(); <-named }()
	who, err := s.prepare(ctx, api)
	if err != nil {
		return err
	}
	market := commands.NewMarket(s.db, s.db, s.db, s.tempo.firstCard)
	stands, summarizer, grouper, err := s.stands(office{api, who.Team}, directory, market)
	if err != nil {
		return err
	}
	registry := commands.New(stands)
	letters := delivery.Config{Team: who.Team, Ledger: s.db, Files: s.db, Renderer: renderer{registry}, Poster: api, History: api, Channels: api, People: api, Log: s.log,
		Lease: s.tempo.letter, Settle: s.tempo.letter / 2, Poll: s.tempo.poll, Pace: s.tempo.pace}
	post, err := delivery.New(letters)
	if err != nil {
		return err
	}
	dispatcher, err := bot.New(bot.Config{Team: who.Team, Registry: registry, Inbox: s.db, People: api, Channels: api,
		Roles: commands.Roles{Members: s.db, Managers: s.db, Settings: s.db}, Responder: api, Whisperer: api, Views: api, Files: api, Threads: api, Letters: s.db, Poster: api, Agents: api, Domain: who.Domain,
		Log: s.log, Now: s.now, Away: s.db.Away, Ran: func(entry string, took time.Duration) { well.Ran(entry, took); post.Poke() }, Lease: s.tempo.request, Poll: s.tempo.poll,
		Deadline: s.tempo.answer, Decide: s.tempo.decide, Trigger: s.tempo.trigger, Settle: s.tempo.settle})
	if err != nil {
		return err
	}
	wire, err := s.in.build(api, dispatcher, s.log)
	if err != nil {
		return err
	}
	counted.begin(post, dispatcher, wire)
	d.open(well.Routes(), wire.routes)
	s.log.Info("serving", "team", who.Team, "over", wire.name)
	parts, ctx := errgroup.WithContext(ctx)
	known := make(chan struct{})
	parts.Go(func() error {
		err := <-named
		switch {
		case err == nil:
			close(known)
		case ctx.Err() != nil:
			return nil // it was stopped before the names were read
		}
		return err
	})
	parts.Go(func() error { dispatcher.Run(ctx); return nil })
	parts.Go(func() error { post.Run(ctx); return nil })
	parts.Go(func() error { summarizer.Run(ctx); return nil })
	parts.Go(func() error { grouper.Run(ctx); return nil })
	parts.Go(func() error { return wire.run(ctx) })
	parts.Go(func() error { return s.in.install.watch(ctx) })
	trail := &schedule.Sealing{Chain: s.db, Zone: officeZone(), Log: s.log}
	parts.Go(func() error { s.clock(stands, registry, api, trail, post.Poke).Run(ctx); return nil })
	parts.Go(func() error { s.keepFresh(ctx, directory); return nil })
	beside := leisure{service: s, answers: dispatcher}
	parts.Go(func() error { beside.keep(ctx, market, known); return nil })
	if s.ready != nil {
		s.ready()
	}
	err = parts.Wait()
	ending, end := context.WithTimeout(context.WithoutCancel(ctx), sealPatience)
	defer end()
	if failed := trail.End(ending, s.now()); failed != nil {
		s.log.Error("the trail could not be sealed at the end; the next start does it", "error", failed)
	}
	return err
}

// stands are what the use-cases need, with the language model where there is one; what
// writes with it is run beside the rest.
func (s service) stands(o office, directory *commands.Directory, market *commands.Market) (commands.Needs, *commands.Drafting, *commands.Sorting, error) {
	n := needs(s.db, directory, market)
	n.Colleagues, n.Places = o, o
	n.Model = s.endpoint.modelOf(s.db, s.now)
	summarizer, grouper, err := s.endpoint.summarizer(s.db, n.Model)
	if err != nil {
		return n, nil, nil, err
	}
	n.Surveys.Summarizer, n.Grouper = summarizer, grouper
	n.Talker, err = s.endpoint.talker(s.db, n.Model)
	return n, summarizer, grouper, err
}

// sealPatience is how long a program that stops waits to seal the trail.
const sealPatience = 5 * time.Second

// stayLean keeps the memory of a server that mostly waits small: a heap of a
// few megabytes is collected in under a millisecond, so it may as well be
// collected sooner. GOGC in the environment decides otherwise.
func stayLean() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
}

// prepare proves the tokens, and that they are of the database's workspace.
func (s service) prepare(ctx context.Context, api *slackapi.Client) (slackapi.Identity, error) {
	who, err := api.Check(ctx)
	if err != nil {
		return who, err
	}
	if err := s.db.BindTeam(ctx, who.Team); err != nil {
		return who, err
	}
	return who, s.appoint(ctx, api)
}

// appoint makes the named user administrator and says so when there is none.
func (s service) appoint(ctx context.Context, api *slackapi.Client) error {
	if s.admin == "" {
		administrators, err := s.db.Administrators(ctx)
		if err != nil {
			return fmt.Errorf("read the administrators: %w", err)
		}
		if len(administrators) == 0 {
			s.log.Warn("nobody is administrator yet: start once with --admin and a Slack user id or e-mail")
		}
		return nil
	}
	user := analysis.UserID(s.admin)
	if strings.Contains(s.admin, "@") {
		found, err := api.Slack().GetUserByEmailContext(ctx, s.admin)
		if err != nil {
			return &analysis.Error{Kind: analysis.Invalid, Key: "serve.admin", Args: analysis.Args{"admin": s.admin}, Cause: err}
		}
		user = analysis.UserID(found.ID)
	}
	member, err := s.db.Member(ctx, user)
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		return fmt.Errorf("read the roles of the administrator: %w", err)
	}
	member = storage.Member{User: user, Roles: member.Roles.With(analysis.Administrator), SetAt: s.now()}
	if err := s.db.SetRoles(ctx, member); err != nil {
		return fmt.Errorf("appoint the administrator: %w", err)
	}
	return nil
}

// keepFresh keeps the names up to date: as soon as PostgreSQL says that another process
// changed them, and by asking, which is all there is on SQLite and the net elsewhere.
func (s service) keepFresh(ctx context.Context, directory *commands.Directory) {
	heard := make(chan struct{}, 1)
	go s.db.HearNames(ctx, func() {
		select {
		case heard <- struct{}{}:
		default: // it is being looked at anyway
		}
	})
	tick := time.NewTicker(s.tempo.refresh)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-heard:
		case <-tick.C:
		}
		if err := directory.Refresh(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the names could not be read anew; searching goes on with the old ones", "error", err)
		}
	}
}

// renderer lets delivery render what the Registry knows.
type renderer struct{ registry *commands.Registry }

// Render returns e as it is to be posted now.
func (r renderer) Render(ctx context.Context, e storage.LedgerEntry) (bot.Message, error) {
	if e.Stubbed {
		return view.Stub(locale.New(locale.Lang(e.Lang), nil), e.Kind), nil
	}
	letter, ok := r.registry.Letters[e.Kind]
	if !ok {
		return bot.Message{}, analysis.Fail(analysis.NotFound, "letter.unknown", nil)
	}
	// Who reads along in a channel sees what everybody may.
	return letter(storage.Seeing(ctx, e.User), e)
}
