package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/bot/slackhttp"
	"klantbot/bot/socket"
)

// road is how Slack's requests reach the bot: over Socket Mode with an app token, or
// over HTTP with a signing secret.
type road struct {
	appToken    string
	connections int    // of Socket Mode
	secret      string // of HTTP; empty: Socket Mode
	address     string // where we listen; empty: nowhere
	listener    net.Listener
	install     *installation // nil: the token stands in the environment
}

// road reads from the environment how Slack reaches us.
func (c *serveCmd) road() (road, error) {
	in := road{connections: c.Connections, address: os.Getenv("KLANTBOT_LISTEN")}
	var err error
	if in.appToken, err = secret("SLACK_APP_TOKEN"); err != nil {
		return in, err
	}
	if in.secret, err = secret("SLACK_SIGNING_SECRET"); err != nil {
		return in, err
	}
	switch overHTTP := c.HTTP || in.appToken == "" && in.secret != ""; {
	case !overHTTP && in.appToken == "":
		_, err = needed("SLACK_APP_TOKEN")
		return in, err
	case !overHTTP:
		in.secret = ""
	case in.secret == "":
		_, err = needed("SLACK_SIGNING_SECRET")
		return in, err
	case in.address == "":
		return in, analysis.Fail(analysis.Invalid, "config.missing", analysis.Args{"name": "KLANTBOT_LISTEN"})
	default:
		in.appToken = ""
	}
	return in, nil
}

// listen begins to listen where KLANTBOT_LISTEN says so: a port that is taken is best
// known before anything else is done.
func (r *road) listen(ctx context.Context) (err error) {
	if r.address == "" || r.listener != nil {
		return nil
	}
	var listening net.ListenConfig
	if r.listener, err = listening.Listen(ctx, "tcp", r.address); err != nil {
		return &analysis.Error{Kind: analysis.Invalid, Key: "serve.address", Args: analysis.Args{"address": r.address}, Cause: err}
	}
	return nil
}

// close lets go of the port.
func (r *road) close() {
	if r.listener != nil {
		_ = r.listener.Close()
		r.listener = nil
	}
}

// way is a road that can be gone.
type way struct {
	name string
	run  func(context.Context) error
}

// build wires the road to who takes requests in.
func (r road) build(api *slackapi.Client, handler *bot.Dispatcher, log *slog.Logger) (way, error) {
	if r.secret == "" {
		wire, err := socket.New(socket.Config{API: api.Slack(), Handler: handler, Log: log, Connections: r.connections})
		if err != nil {
			return way{}, err
		}
		return way{name: "socket mode", run: wire.Run}, nil
	}
	wire, err := slackhttp.New(slackhttp.Config{Secret: r.secret, Handler: handler, Log: log})
	if err != nil {
		return way{}, err
	}
	mux := http.NewServeMux()
	for at, answers := range wire.Routes() {
		mux.Handle(at, answers)
	}
	installing, err := r.install.routes(log)
	if err != nil {
		return way{}, err
	}
	for at, answers := range installing {
		mux.Handle(at, answers)
	}
	return way{name: "http", run: func(ctx context.Context) error { return slackhttp.Serve(ctx, r.listener, mux, log) }}, nil
}
