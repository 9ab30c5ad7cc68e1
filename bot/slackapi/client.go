package slackapi

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Config says which Slack, and as whom.
type Config struct {
	BotToken string
	AppToken string // of Socket Mode; empty over HTTP
	// APIURL is another Slack-compatible server; Slack's own when empty.
	APIURL string
	Log    *slog.Logger
	// Timeout bounds one HTTP call; 10 s. Delivery's lease must be more than
	// twice as long.
	Timeout time.Duration
	// Unpaced leaves Slack's rates to the server, for one that has none. Its
	// Retry-After is honoured all the same.
	Unpaced bool
}

// Client talks to the Web API. Its methods may be called from several
// goroutines.
type Client struct {
	api     *slack.Client
	http    *http.Client
	files   *http.Client // for what people sent
	token   string       // of the bot: files are given to no one else
	app     bool         // there is an app token
	own     string       // scheme://host of another server; empty: only Slack's
	log     *slog.Logger
	timeout time.Duration
	hosts   map[string]bool // scheme://host that response_urls may have
	pacer   *pacer
	counts  counts
	people  *cache[analysis.UserID, bot.Person]
	places  *cache[analysis.ChannelID, bot.Conversation]
	direct  *cache[analysis.UserID, analysis.ChannelID]
	roster  roster
	botID   atomic.Value // string, once Check knows it
}

// The ports that a Client fulfils.
var (
	_ bot.People    = (*Client)(nil)
	_ bot.Roster    = (*Client)(nil)
	_ bot.Channels  = (*Client)(nil)
	_ bot.Responder = (*Client)(nil)
	_ bot.Whisperer = (*Client)(nil)
	_ bot.Views     = (*Client)(nil)
	_ bot.Poster    = (*Client)(nil)
	_ bot.History   = (*Client)(nil)
	_ bot.Files     = (*Client)(nil)
)

// Sizes and lives of the caches: SLACK.md. An entry is about 200 bytes.
const (
	peopleLife = time.Hour
	placesLife = 10 * time.Minute
	mostCached = 20_000
)

// New returns a client. It calls nothing yet; an APIURL that is no http or
// https address is an error.
func New(cfg Config) (*Client, error) {
	if cfg.Timeout <= 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	c := &Client{
		http:  &http.Client{Transport: transport, Timeout: cfg.Timeout, CheckRedirect: noRedirect},
		token: cfg.BotToken, app: cfg.AppToken != "", log: cfg.Log, timeout: cfg.Timeout,
		hosts: map[string]bool{"https://hooks.slack.com": true},
		pacer: newPacer(cfg.Unpaced),
	}
	c.files = fileClient(transport, cfg.Timeout*slowFiles)
	c.botID.Store("")
	options := []slack.Option{slack.OptionHTTPClient(c.http), slack.OptionAppLevelToken(cfg.AppToken)}
	if cfg.APIURL != "" {
		u, err := url.Parse(cfg.APIURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, &analysis.Error{Kind: analysis.Invalid, Key: "slack.bad_url", Cause: errors.New("SLACK_API_URL is no address")}
		}
		c.own = u.Scheme + "://" + u.Host
		c.hosts[c.own] = true
		options = append(options, slack.OptionAPIURL(strings.TrimSuffix(cfg.APIURL, "/")+"/"))
	}
	c.api = slack.New(cfg.BotToken, options...)
	c.people = newCache(peopleLife, c.loadPerson)
	c.places = newCache(placesLife, c.loadPlace)
	c.direct = newCache(peopleLife, c.loadDirect)
	return c, nil
}

// noRedirect: neither Slack's API nor its response_urls redirect, and a token
// or an answer must not follow one elsewhere.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Slack is the client underneath, for bot/socket.
func (c *Client) Slack() *slack.Client { return c.api }

// Close lets go of idle connections.
func (c *Client) Close() {
	c.http.CloseIdleConnections()
	c.files.CloseIdleConnections()
}

// mayAnswer refuses a response_url that is not Slack's: what comes in over a
// socket must not make us call any other machine.
func (c *Client) mayAnswer(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || !c.hosts[u.Scheme+"://"+u.Host] || u.User != nil {
		return &bot.Refusal{Method: "response_url", Code: "foreign_host"}
	}
	return nil
}
