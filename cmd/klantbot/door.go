package main

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/health"
	"klantbot/bot/slackapi"
	"klantbot/bot/slackhttp"
	"klantbot/bot/socket"
	"klantbot/commands"
)

// door is what stands on KLANTBOT_LISTEN. It opens further as the bot comes up: a
// machine that watches wants an answer also while Slack is away.
type door struct{ routes atomic.Pointer[http.ServeMux] }

// ServeHTTP answers what is open, and says of the rest that it is not there.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if mux := d.routes.Load(); mux != nil {
		mux.ServeHTTP(w, r)
		return
	}
	http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
}

// open replaces what is open.
func (d *door) open(all ...map[string]http.Handler) {
	mux := http.NewServeMux()
	for _, routes := range all {
		for at, answers := range routes {
			mux.Handle(at, answers)
		}
	}
	d.routes.Store(mux)
}

// serve wires the rooms together and runs them until ctx ends, behind a door where
// there is an address for one. An error that only a person can mend ends it at once.
func serve(ctx context.Context, s service) error {
	d := &door{}
	if s.in.listener == nil {
		return s.run(ctx, d)
	}
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return slackhttp.Serve(ctx, s.in.listener, d, s.log) })
	parts.Go(func() error { return s.run(ctx, d) })
	return parts.Wait()
}

// health answers machines about this service. Until counted has begun, Slack can not
// reach it.
func (s service) health(directory *commands.Directory, counted *told) (*health.Health, error) {
	token, err := secret("KLANTBOT_METRICS_TOKEN")
	if err != nil {
		return nil, err
	}
	return health.New(health.Config{Store: s.db, Index: directory.Built, Slack: counted.up, Told: counted.tell, Token: token})
}

// told is what the rooms counted, for metrics, once they are there.
type told struct {
	api   *slackapi.Client
	rooms atomic.Pointer[counting]
}

type counting struct {
	post       *delivery.Courier
	dispatcher *bot.Dispatcher
	way        way
}

func (t *told) begin(post *delivery.Courier, dispatcher *bot.Dispatcher, w way) {
	t.rooms.Store(&counting{post, dispatcher, w})
}

// up reports whether requests can come in.
func (t *told) up() bool {
	rooms := t.rooms.Load()
	return rooms != nil && rooms.way.up()
}

func (t *told) tell(s *health.Sheet) {
	a := t.api.Counts()
	s.Counter("slack_calls_total", "Calls of Slack's Web API.", a.Calls)
	for _, r := range []struct {
		why string
		n   int64
	}{{"ratelimited", a.Limited}, {"refused", a.Refused}, {"uncertain", a.Uncertain}} {
		s.Counter("slack_errors_total", "Calls of Slack's Web API that failed, by why.", r.n, health.Label{Name: "why", Value: r.why})
	}
	if rooms := t.rooms.Load(); rooms != nil {
		rooms.tell(s)
	}
}

func (t *counting) tell(s *health.Sheet) {
	c := t.dispatcher.Counts()
	const requests = "Requests of Slack, by what became of them."
	for _, r := range []struct {
		became string
		n      int64
	}{{"accepted", c.Accepted}, {"duplicate", c.Duplicates}, {"malformed", c.Malformed}, {"not_stored", c.NotStored}, {"resumed", c.Resumed},
		{"answered", c.Answered}, {"denied", c.Denied}, {"failed", c.Failed}, {"panicked", c.Panics}, {"late", c.Late}, {"given_up", c.GivenUp}} {
		s.Counter("requests_total", requests, r.n, health.Label{Name: "became", Value: r.became})
	}
	s.Gauge("requests_waiting", "Requests that this process has in hand.", float64(c.Waiting))
	d := t.post.Counts()
	for _, r := range []struct {
		became string
		n      int64
	}{{"sent", d.Sent}, {"found", d.Found}, {"requeued", d.Requeued}, {"uncertain", d.Uncertain}, {"parked", d.Parked}, {"amended", d.Amended}} {
		s.Counter("deliveries_total", "Messages, by what became of them.", r.n, health.Label{Name: "became", Value: r.became})
	}
	t.way.told(s)
}

func tellSockets(s *health.Sheet, wire *socket.Wire) {
	up, longest := 0, time.Duration(0)
	for _, c := range wire.States() {
		if c.Connected {
			up++
			longest = max(longest, wallTime().Sub(c.Since))
		}
	}
	s.Gauge("sockets_up", "Connections to Socket Mode.", float64(up))
	s.Gauge("socket_age_seconds", "Since the oldest of those is up.", longest.Seconds())
}

func tellHTTP(s *health.Sheet, wire *slackhttp.Wire) {
	c := wire.Counts()
	for _, r := range []struct {
		became string
		n      int64
	}{{"taken", c.Taken}, {"refused", c.Refused}, {"replayed", c.Replays}, {"failed", c.Failed}} {
		s.Counter("http_requests_total", "Requests to the addresses of Slack, by what became of them.", r.n, health.Label{Name: "became", Value: r.became})
	}
}
