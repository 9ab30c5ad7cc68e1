package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server is one workspace with one app installed. All methods may be called
// from several goroutines.
type Server struct {
	cfg      Config
	app      manifest
	botID    string
	botScope map[string]bool
	used     Use             // see Used
	events   map[string]bool // subscribed event types
	handler  http.Handler
	stop     context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup
	start    time.Time

	mu                       sync.Mutex
	st                       *state
	base                     string // of the URLs given out: as configured, or learned from the first request
	address                  string // as configured; pages are served at this name too
	offset                   time.Duration
	faults                   Faults
	dice                     *rand.Rand
	changed                  chan struct{} // closed and replaced at every change
	pages                    map[*pageConn]bool
	hub                      *socketHub
	web                      *webhooks
	out                      transport
	inflight                 map[string]*envelope // by envelope id
	waiting                  []*envelope          // events that wait for a retry or a connection
	acks                     []Ack
	oauth                    oauth
	triggers                 map[string]*trigger
	urls                     map[string]*responseURL
	sweepURLs, sweepTriggers int // sizes at which old ones are looked for
	buckets                  map[string]*bucket
	problems                 map[string][]PageError // what each user was shown as an error
	prompts                  map[string]PagePrompts
	sessions                 map[string]*agentSession // by channel/thread
	wake                     chan struct{}            // tells the retry loop that waiting or the clock changed
	dirty                    chan struct{}
	uninstalled              bool
	linkDisabled             bool
	closed                   bool
}

// New makes a workspace. It fails on an unreadable manifest, an impossible
// configuration or an unreadable state file; a truncated tail of that file is
// skipped.
func New(cfg Config) (*Server, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	m, err := readManifest(cfg.Manifest)
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, app: m, base: strings.TrimSuffix(cfg.BaseURL, "/"), address: cfg.BaseURL,
		botID: "B" + strings.TrimPrefix(cfg.AppID, "A"), botScope: map[string]bool{}, events: map[string]bool{}, used: newUse(),
		st: newState(), faults: cfg.Faults, dice: rand.New(rand.NewPCG(cfg.Seed, 7)),
		oauth: newOAuth(), changed: make(chan struct{}), pages: map[*pageConn]bool{}, inflight: map[string]*envelope{},
		triggers: map[string]*trigger{}, urls: map[string]*responseURL{}, buckets: map[string]*bucket{},
		problems: map[string][]PageError{}, prompts: map[string]PagePrompts{}, sessions: map[string]*agentSession{},
		wake: make(chan struct{}, 1), dirty: make(chan struct{}, 1), start: cfg.Now(),
	}
	for _, sc := range m.scopes() {
		s.botScope[sc] = true
	}
	for _, ev := range m.Settings.Events.Bot {
		s.events[ev] = true
	}
	s.hub = newSocketHub(s)
	s.out = s.hub
	if s.web = newWebhooks(s); !m.Settings.SocketMode && s.web.known() {
		s.out = s.web
	}
	s.stop, s.cancel = context.WithCancel(context.Background())
	if err := s.populate(); err != nil {
		return nil, err
	}
	if err := s.load(); err != nil {
		return nil, err
	}
	s.handler = s.routes()
	s.running.Go(s.retryLoop)
	s.running.Go(s.saveLoop)
	if s.offset != 0 && cfg.OnJump != nil {
		cfg.OnJump(s.Now())
	}
	return s, nil
}

// Handler serves the page, the Web API, Socket Mode, response_urls and files.
func (s *Server) Handler() http.Handler { return s.handler }

// BotToken is the token for the Web API.
func (s *Server) BotToken() string { return s.cfg.BotToken }

// AppToken is the token for apps.connections.open.
func (s *Server) AppToken() string { return s.cfg.AppToken }

// SigningSecret is the secret that HTTP deliveries are signed with.
func (s *Server) SigningSecret() string { return s.cfg.SigningSecret }

// SetBaseURL says where the server listens, when that is known only after New.
func (s *Server) SetBaseURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = strings.TrimSuffix(url, "/")
	s.address = s.base
}

// Close drops all connections, writes the state and waits for every goroutine.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.cancel()
	for p := range s.pages {
		p.drop()
	}
	s.hub.closeAll()
	for _, e := range s.inflight {
		e.stopTimer()
		e.fail(s, "service_unavailable")
	}
	s.inflight = map[string]*envelope{}
	s.touch()
	s.mu.Unlock()
	s.running.Wait()
	s.web.client.CloseIdleConnections()
	return s.save()
}

// populate fills the state from Config.
func (s *Server) populate() error {
	for _, u := range s.cfg.Users {
		if u.ID == "" {
			return errors.New("a user without id")
		}
		s.st.users[u.ID] = s.completeUser(u)
	}
	if s.st.users[s.cfg.BotUser] == nil {
		name := s.app.Features.BotUser.DisplayName
		setText(&name, s.app.Display.Name)
		s.st.users[s.cfg.BotUser] = s.completeUser(User{
			ID: s.cfg.BotUser, Name: strings.ToLower(name), RealName: name, IsBot: true})
	}
	s.st.users[s.cfg.BotUser].IsBot = true
	for _, c := range s.cfg.Channels {
		if c.ID == "" {
			return errors.New("a channel without id")
		}
		if c.Kind == "" {
			c.Kind = KindChannel
		}
		for _, m := range c.Members {
			if s.st.users[m] == nil {
				return fmt.Errorf("channel %s has the unknown member %s", c.ID, m)
			}
		}
		c.Members = append([]string(nil), c.Members...)
		s.st.channels[c.ID] = &conversation{Channel: c, Created: s.now().Unix(), Read: map[string]string{}}
	}
	return nil
}

// now is the workspace's time: the base clock plus the jumps.
func (s *Server) now() time.Time { return s.cfg.Now().Add(s.offset) }

// touch wakes everybody in Wait and marks the state for saving.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
	select {
	case s.dirty <- struct{}{}:
	default:
	}
}

// Wait returns when cond is true or ctx ends (then with ctx's error). cond is
// called at once and after every change, without locks held, so that it may
// call Messages, Modals, Home and the like.
func (s *Server) Wait(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		next, closed := s.changed, s.closed
		s.mu.Unlock()
		if cond() {
			return nil
		}
		if closed {
			return errors.New("workspace is closed")
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// encode writes v as JSON; the types given here can not fail.
func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("workspace: encode " + err.Error()) // a programming error, never input
	}
	return b
}

type object = map[string]any
