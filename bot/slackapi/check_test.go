package slackapi

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"klantbot/analysis"
)

// TestCheck: what only a person can mend ends the start with a sentence; what
// passes is asked again.
func TestCheck(t *testing.T) {
	good := `{"ok":true,"team_id":"T1","team":"Kantoor","url":"https://voorbeeld.slack.com/","user_id":"UBOT","bot_id":"B1"}`
	for _, c := range []struct{ name, auth, open, key, token string }{
		{"wrong bot token", `{"ok":false,"error":"invalid_auth"}`, "", "slack.invalid_auth", "SLACK_BOT_TOKEN"},
		{"a person's token", `{"ok":true,"team_id":"T1","user_id":"U1"}`, "", "slack.not_allowed_token_type", "SLACK_BOT_TOKEN"},
		{"removed", `{"ok":false,"error":"account_inactive"}`, "", "slack.account_inactive", "SLACK_BOT_TOKEN"},
		{"bot token as app token", good, `{"ok":false,"error":"not_allowed_token_type"}`, "slack.not_allowed_token_type", "SLACK_APP_TOKEN"},
		{"scope", good, `{"ok":false,"error":"missing_scope","needed":"connections:write","provided":"x"}`, "slack.missing_scope", "SLACK_APP_TOKEN"},
		{"revoked", good, `{"ok":false,"error":"token_revoked"}`, "slack.token_revoked", "SLACK_APP_TOKEN"},
		{"socket mode off", good, `{"ok":false,"error":"socket_mode_not_enabled"}`, "slack.refused", "SLACK_APP_TOKEN"},
		{"fine", good, `{"ok":true,"url":"wss://x"}`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stumbled atomic.Bool
			_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case !stumbled.Swap(true):
					w.WriteHeader(503) // passes
				case strings.HasSuffix(r.URL.Path, "/api/auth.test"):
					says(c.auth)(w, r)
				default:
					says(c.open)(w, r)
				}
			})
			who, err := api.Check(t.Context())
			var known *analysis.Error
			switch {
			case c.key == "" && (err != nil || who != Identity{Team: "T1", Name: "Kantoor", Domain: "voorbeeld", BotUser: "UBOT", BotID: "B1"}):
				t.Errorf("%+v, %v", who, err)
			case c.key != "" && (!errors.As(err, &known) || known.Key != c.key || known.Args["token"] != c.token):
				t.Errorf("got %v", err)
			}
			if known != nil && c.name == "scope" && known.Args["needed"] != "connections:write" {
				t.Errorf("args %v", known.Args)
			}
		})
	}
	_, api := newServer(t, status(404))
	_, err := api.Check(t.Context())
	var known *analysis.Error
	if !errors.As(err, &known) || known.Key != "slack.no_such_server" {
		t.Errorf("404: %v", err)
	}
	for _, url := range []string{"slack.com/api", "ftp://x", "http://", "::"} {
		if _, err := New(Config{APIURL: url}); err == nil {
			t.Errorf("%q was taken for an address", url)
		}
	}
}
