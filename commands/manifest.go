package commands

import (
	"maps"
	"slices"

	"klantbot/commands/locale"
)

// Manifest is a Slack app manifest, as api.slack.com takes it.
type Manifest struct {
	Display  ManifestDisplay  `json:"display_information"`
	Features ManifestFeatures `json:"features"`
	OAuth    ManifestOAuth    `json:"oauth_config"`
	Settings ManifestSettings `json:"settings"`
}

// ManifestDisplay is how the app presents itself.
type ManifestDisplay struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Color       string `json:"background_color"`
}

// ManifestFeatures are what people see of the app.
type ManifestFeatures struct {
	Home      ManifestHome       `json:"app_home"`
	Bot       ManifestBot        `json:"bot_user"`
	Talks     *ManifestTalks     `json:"agent_view,omitempty"`
	Commands  []ManifestCommand  `json:"slash_commands"`
	Shortcuts []ManifestShortcut `json:"shortcuts"`
}

// ManifestHome says which tabs the app's own conversation has.
type ManifestHome struct {
	Home     bool `json:"home_tab_enabled"`
	Messages bool `json:"messages_tab_enabled"`
	ReadOnly bool `json:"messages_tab_read_only_enabled"`
}

// ManifestBot is the bot's user.
type ManifestBot struct {
	Name   string `json:"display_name"`
	Online bool   `json:"always_online"`
}

// ManifestTalks is what people read of talking with the bot in its Messages tab, where
// Slack shows on paid plans what can be asked and that an answer is being made.
type ManifestTalks struct {
	Description string `json:"agent_description"` // at most 300 characters
}

// ManifestCommand is a slash command.
type ManifestCommand struct {
	Command     string `json:"command"`
	URL         string `json:"url,omitempty"` // over HTTP: where it goes
	Description string `json:"description"`
	Hint        string `json:"usage_hint,omitempty"`
	Escape      bool   `json:"should_escape"`
}

// ManifestShortcut is an entry of the lightning menu.
type ManifestShortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

// ManifestOAuth lists what the bot asks for.
type ManifestOAuth struct {
	Redirects []string `json:"redirect_urls,omitempty"`
	Scopes    struct {
		Bot []string `json:"bot"`
	} `json:"scopes"`
}

// ManifestSettings are how Slack reaches the app.
type ManifestSettings struct {
	Events struct {
		URL string   `json:"request_url,omitempty"`
		Bot []string `json:"bot_events"`
	} `json:"event_subscriptions"`
	Interactivity struct {
		Enabled bool   `json:"is_enabled"`
		URL     string `json:"request_url,omitempty"`
		Options string `json:"message_menu_options_url,omitempty"`
	} `json:"interactivity"`
	OrgDeploy  bool `json:"org_deploy_enabled"`
	SocketMode bool `json:"socket_mode_enabled"`
	Rotation   bool `json:"token_rotation_enabled"`
}

// always are the scopes every answer needs: who asks and where, and a
// direct message for an answer that has no place any more.
var always = []string{"commands", "chat:write", "users:read", "users:read.email",
	"channels:read", "groups:read", "im:read", "mpim:read", "im:write"}

// Manifest returns the app manifest in lang. It asks for what the Registry uses
// and nothing else. Slack can not translate command hints, so there is one a
// language.
func (r *Registry) Manifest(lang locale.Lang) Manifest {
	p := locale.New(lang, nil)
	m := Manifest{Display: ManifestDisplay{Name: "Klantbot", Description: p.T("manifest.description", nil), Color: "#1f3a5f"}}
	m.Features.Bot = ManifestBot{Name: "Klantbot", Online: true}
	_, home := r.Home()
	m.Features.Home = ManifestHome{Home: home, Messages: true}
	if _, talks := r.Talked(); talks {
		m.Features.Talks = &ManifestTalks{Description: p.T("manifest.talks", nil)}
	}
	scopes := map[string]bool{}
	for _, s := range always {
		scopes[s] = true
	}
	for _, e := range r.Entries {
		for _, s := range e.Scopes {
			scopes[s] = true
		}
		switch e.On {
		case Slash:
			m.Features.Commands = append(m.Features.Commands, ManifestCommand{
				Command: e.Names[lang], Description: p.T(e.ID+".what", nil), Hint: hint(p, e), Escape: true})
		case Shortcut, OnMessage:
			kind := map[On]string{Shortcut: "global", OnMessage: "message"}[e.On]
			m.Features.Shortcuts = append(m.Features.Shortcuts, ManifestShortcut{
				Name: e.Names[lang], Type: kind, CallbackID: e.ActionID(), Description: p.T(e.ID+".what", nil)})
		}
	}
	for event, scope := range r.Events {
		m.Settings.Events.Bot = append(m.Settings.Events.Bot, event)
		if scope != "" {
			scopes[scope] = true
		}
	}
	slices.Sort(m.Settings.Events.Bot)
	m.OAuth.Scopes.Bot = slices.Sorted(maps.Keys(scopes))
	m.Settings.Interactivity.Enabled = true
	m.Settings.SocketMode = true
	return m
}

// Addresses are where Slack reaches the app over HTTP.
type Addresses struct {
	Commands, Interactivity, Options, Events string
	Redirect                                 string // to which Slack brings back who installed it
}

// Over turns the manifest into one for HTTP instead of Socket Mode.
func (m *Manifest) Over(at Addresses) {
	m.Settings.SocketMode = false
	for i := range m.Features.Commands {
		m.Features.Commands[i].URL = at.Commands
	}
	m.Settings.Events.URL = at.Events
	m.Settings.Interactivity.URL, m.Settings.Interactivity.Options = at.Interactivity, at.Options
	m.OAuth.Redirects = []string{at.Redirect}
}
