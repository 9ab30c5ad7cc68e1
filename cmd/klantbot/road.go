package main

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"strings"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/health"
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
	in := road{connections: c.Connections, address: listenAt(os.Getenv("KLANTBOT_LISTEN"))}
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
	name   string
	run    func(context.Context) error
	up     func() bool // whether requests can come in
	routes map[string]http.Handler
	told   func(*health.Sheet)
}

// build wires the road to who takes requests in.
func (r road) build(api *slackapi.Client, handler *bot.Dispatcher, log *slog.Logger) (way, error) {
	if r.secret == "" {
		wire, err := socket.New(socket.Config{API: api.Slack(), Handler: handler, Log: log, Connections: r.connections})
		if err != nil {
			return way{}, err
		}
		return way{name: "socket mode", run: wire.Run, up: wire.Connected, told: func(s *health.Sheet) { tellSockets(s, wire) }}, nil
	}
	wire, err := slackhttp.New(slackhttp.Config{Secret: r.secret, Handler: handler, Log: log})
	if err != nil {
		return way{}, err
	}
	routes, err := r.install.routes(log)
	if err != nil {
		return way{}, err
	}
	if routes == nil {
		routes = map[string]http.Handler{}
	}
	maps.Copy(routes, wire.Routes())
	return way{name: "http", routes: routes, up: func() bool { return true }, told: func(s *health.Sheet) { tellHTTP(s, wire) },
		run: func(ctx context.Context) error { <-ctx.Done(); return nil }}, nil
}

// local is where an address without a host listens: on this machine alone.
const local = "127.0.0.1"

// listenAt is KLANTBOT_LISTEN as it is listened on; a port alone is of this machine.
func listenAt(address string) string {
	host, port, err := net.SplitHostPort(address)
	switch {
	case address == "":
		return ""
	case err != nil && strings.Trim(address, "0123456789") == "":
		return net.JoinHostPort(local, address)
	case err == nil && host == "":
		return net.JoinHostPort(local, port)
	}
	return address
}
