package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"klantbot/analysis"
	"klantbot/bot/health"
	"klantbot/bot/slackhttp"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage/sqlstore"
)

// keptToken names the bot's token among the secrets in the database.
const keptToken = "slack_bot_token"

// errInstalled ends a service whose token was just replaced, to begin with the new
// one.
var errInstalled = errors.New("the app was installed anew")

// installation is the app's OAuth, for the one workspace it is configured for. The
// zero value is an office that puts the token in the environment.
type installation struct {
	client, secret, base, team string
	sealer                     sealer
	db                         *sqlstore.DB
	apiURL                     string
	done                       chan struct{} // a token was kept
}

// configuredInstallation reads SLACK_CLIENT_ID with what goes with it.
func configuredInstallation(db *sqlstore.DB, in road) (*installation, error) {
	i := &installation{client: os.Getenv("SLACK_CLIENT_ID"), team: os.Getenv("KLANTBOT_TEAM"), base: os.Getenv("KLANTBOT_URL"),
		db: db, apiURL: os.Getenv("SLACK_API_URL"), done: make(chan struct{}, 1)}
	if i.client == "" {
		return nil, nil
	}
	var err error
	if i.secret, err = needed("SLACK_CLIENT_SECRET"); err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"KLANTBOT_TEAM": i.team, "KLANTBOT_URL": i.base, "SLACK_SIGNING_SECRET": in.secret} {
		if value == "" {
			return nil, analysis.Fail(analysis.Invalid, "config.missing", analysis.Args{"name": name})
		}
	}
	if err := reachable(i.base); err != nil {
		return nil, err
	}
	i.sealer, err = newSealer()
	return i, err
}

// reachable refuses a KLANTBOT_URL over which a browser's cookie could leak.
func reachable(base string) error {
	if _, err := reachedAt(base); err == nil {
		return nil
	}
	if u, err := url.Parse(base); err == nil && u.Scheme == "http" && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost") {
		return nil // an office's own machine, and the tests
	}
	return analysis.Fail(analysis.Invalid, "manifest.url", analysis.Args{"url": base})
}

// routes are the addresses of OAuth; none where i is nil.
func (i *installation) routes(log *slog.Logger) (map[string]http.Handler, error) {
	if i == nil {
		return nil, nil
	}
	installer, err := slackhttp.NewInstaller(slackhttp.Installing{ClientID: i.client, ClientSecret: i.secret, Team: analysis.TeamID(i.team),
		BaseURL: i.base, APIURL: i.apiURL, Scopes: commands.New(commands.Needs{}).Manifest(locale.Dutch).OAuth.Scopes.Bot,
		HTTP: &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		Keep: i.keep, Word: inBoth, Log: log})
	if err != nil {
		return nil, err
	}
	return installer.Routes(), nil
}

// inBoth says a sentence in both languages: who installs has not said which.
func inBoth(key string) string {
	return strings.Join([]string{locale.New(locale.Dutch, nil).T(key, nil), locale.New(locale.English, nil).T(key, nil)}, "\n\n")
}

// keep seals the token and has the service begin with it.
func (i *installation) keep(ctx context.Context, token string) error {
	if err := i.sealer.keep(ctx, i.db, keptToken, token, wallTime()); err != nil {
		return err
	}
	select {
	case i.done <- struct{}{}:
	default: // it begins anew already
	}
	return nil
}

// watch ends with errInstalled when the token is replaced.
func (i *installation) watch(ctx context.Context) error {
	if i == nil {
		return nil
	}
	select {
	case <-i.done:
		return errInstalled
	case <-ctx.Done():
		return nil
	}
}

// token is the bot's: from the environment, or else as it was sealed. Empty: the app
// still has to be installed.
func (i *installation) token(ctx context.Context) (string, error) {
	token, err := secret("SLACK_BOT_TOKEN")
	if err != nil || token != "" {
		return token, err
	}
	if i == nil {
		return needed("SLACK_BOT_TOKEN")
	}
	return i.sealer.open(ctx, i.db, keptToken)
}

// mends reports whether installing the app anew is what err asks for: Slack no longer
// takes the token that was kept.
func (i *installation) mends(err error) bool {
	var known *analysis.Error
	if i == nil || os.Getenv("SLACK_BOT_TOKEN")+os.Getenv("SLACK_BOT_TOKEN_FILE") != "" || !errors.As(err, &known) {
		return false
	}
	return known.Key == "slack.invalid_auth" || known.Key == "slack.token_revoked" || known.Key == "slack.account_inactive"
}

// awaitInstall serves OAuth alone, until the app is installed.
func (s service) awaitInstall(ctx context.Context) error {
	routes, err := s.in.install.routes(s.log)
	if err != nil {
		return err
	}
	none := func() bool { return false }
	well, err := health.New(health.Config{Store: s.db, Index: none, Slack: none})
	if err != nil {
		return err
	}
	d := &door{}
	d.open(routes, well.Routes())
	s.log.Warn("the app is not installed yet", "open", strings.TrimSuffix(s.in.install.base, "/")+slackhttp.Install)
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return slackhttp.Serve(ctx, s.in.listener, d, s.log) })
	parts.Go(func() error { return s.in.install.watch(ctx) })
	return parts.Wait()
}
