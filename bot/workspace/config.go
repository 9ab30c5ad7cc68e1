package workspace

import (
	"encoding/json"
	"fmt"
	"time"
)

// Team is the workspace itself.
type Team struct {
	ID     string
	Name   string
	Domain string // <domain>.slack.com
}

// Config says what office to play and how strictly. The zero value of every
// field is usable except Manifest, which New needs.
type Config struct {
	Team     Team
	Users    []User    // the bot user is added when it is not among them
	Channels []Channel // direct messages are made when first used
	BotUser  string    // user id of the app's bot; "UKLANTBOT" when empty
	AppID    string    // "A0KLANTBOT" when empty
	Manifest []byte    // the app manifest as JSON

	BotToken, AppToken, SigningSecret string // generated when empty
	ClientID, ClientSecret            string // of OAuth; generated when empty

	Now       func() time.Time // base clock, time.Now when nil; jumps come on top
	OnJump    func(time.Time)  // called with the new now, without locks held, after every jump and by New when the state file holds one
	BaseURL   string           // "http://127.0.0.1:8484"; learned from the first request when empty
	StatePath string           // file in which conversations survive a restart; none when empty

	FreePlan   bool   // what Slack has for agents is refused
	Seed       uint64 // of the faults' dice
	RateLimits bool   // apply Slack's rates a minute
	Faults     Faults // in force from the start

	// DataBlocksOnlyInMessages refuses data_table and data_visualization in
	// ephemerals, modals and Home: where Slack takes them is not documented,
	// so both answers can be tried.
	DataBlocksOnlyInMessages bool

	// NewestWins keeps what the app put in a view from being painted over by the
	// acknowledgement of a submission, when that comes to be handled after it. Slack
	// does not promise so: the app has to wait. It is for who would not wait.
	NewestWins bool

	AckTimeout     time.Duration    // 3 s when 0
	RetryDelays    [3]time.Duration // before each redelivery of an event; 0, 1 min, 5 min when all 0
	ConnectionTime time.Duration    // life of a socket connection; 1 h when 0
	WarningTime    time.Duration    // warning before refresh; 10 s when 0
	PingInterval   time.Duration    // 5 s when 0
	FileProcessing time.Duration    // until an upload has a mimetype; 300 ms when 0
	TriggerLife    time.Duration    // 3 s when 0
}

const (
	maxConnections   = 10
	maxFileSize      = 64 << 20
	maxAckFrame      = 20 * 1024 // bytes; Slack drops what is as large or larger
	responseURLUses  = 5
	responseURLLife  = 30 * time.Minute
	modalDepth       = 3
	pageQueue        = 256
	socketQueue      = 256
	maxPages         = 64
	pongTimeout      = 10 * time.Second
	ticketLife       = 30 * time.Second
	slackbotID       = "USLACKBOT"
	defaultZone      = "Europe/Amsterdam"
	defaultLocale    = "nl-NL"
	maxRequestBytes  = 4 << 20
	maxWaitingEvents = 10_000
	maxAcks          = 100_000
	maxProblems      = 1_000 // kept for each user
	sweepAt          = 1_024 // response_urls or triggers before old ones are looked for
)

func (c *Config) fill() error {
	if c.Team.ID == "" {
		c.Team = Team{ID: "T0KANTOOR", Name: "Kantoor", Domain: "kantoor"}
	}
	setText(&c.BotUser, "UKLANTBOT")
	setText(&c.AppID, "A0KLANTBOT")
	setText(&c.BotToken, "xoxb-"+randomHex(16))
	setText(&c.AppToken, "xapp-1-"+c.AppID+"-"+randomHex(16))
	setText(&c.SigningSecret, randomHex(16))
	setText(&c.ClientID, "1234.5678")
	setText(&c.ClientSecret, randomHex(16))
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.RetryDelays == [3]time.Duration{} {
		c.RetryDelays = [3]time.Duration{0, time.Minute, 5 * time.Minute}
	}
	setDuration(&c.AckTimeout, 3*time.Second)
	setDuration(&c.ConnectionTime, time.Hour)
	setDuration(&c.WarningTime, 10*time.Second)
	setDuration(&c.PingInterval, 5*time.Second)
	setDuration(&c.FileProcessing, 300*time.Millisecond)
	setDuration(&c.TriggerLife, 3*time.Second)
	return c.Faults.check()
}

func setText(p *string, v string) {
	if *p == "" {
		*p = v
	}
}

func setDuration(p *time.Duration, v time.Duration) {
	if *p == 0 {
		*p = v
	}
}

// manifest holds what this server reads of an app manifest.
type manifest struct {
	Display struct {
		Name string `json:"name"`
	} `json:"display_information"`
	Features struct {
		AppHome struct {
			Home         bool `json:"home_tab_enabled"`
			Messages     bool `json:"messages_tab_enabled"`
			MessagesRead bool `json:"messages_tab_read_only_enabled"`
		} `json:"app_home"`
		BotUser struct {
			DisplayName string `json:"display_name"`
		} `json:"bot_user"`
		Talks *struct {
			Description string `json:"agent_description"`
		} `json:"agent_view"`
		Shortcuts []manifestShortcut `json:"shortcuts"`
		Commands  []manifestCommand  `json:"slash_commands"`
	} `json:"features"`
	OAuth struct {
		Redirects []string `json:"redirect_urls"`
		Scopes    struct {
			Bot         []string `json:"bot"`
			BotOptional []string `json:"bot_optional"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `json:"bot_events"`
			URL string   `json:"request_url"`
		} `json:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `json:"is_enabled"`
			URL     string `json:"request_url"`
			Options string `json:"message_menu_options_url"`
		} `json:"interactivity"`
		SocketMode bool `json:"socket_mode_enabled"`
	} `json:"settings"`
}

type manifestShortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

type manifestCommand struct {
	Command      string `json:"command"`
	URL          string `json:"url"`
	Description  string `json:"description"`
	UsageHint    string `json:"usage_hint"`
	ShouldEscape bool   `json:"should_escape"`
}

func readManifest(raw []byte) (manifest, error) {
	var m manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if m.Display.Name == "" {
		return m, fmt.Errorf("read manifest: display_information.name is empty")
	}
	return m, nil
}

func (m *manifest) scopes() []string {
	return append(append([]string(nil), m.OAuth.Scopes.Bot...), m.OAuth.Scopes.BotOptional...)
}
