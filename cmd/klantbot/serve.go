package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot/slackapi"
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
