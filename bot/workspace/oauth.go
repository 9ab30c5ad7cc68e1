package workspace

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeLife is how long a code of OAuth can be turned into a token.
const codeLife = 10 * time.Minute

// grant is what somebody allowed: a code that is good once.
type grant struct {
	redirect, scope, team string
	until                 time.Time
}

// oauth is who installs the app, as far as they are not there yet. Its fields are
// guarded by Server.mu.
type oauth struct {
	codes   map[string]grant
	foreign map[string]bool // tokens of other workspaces; true: revoked
	team    string          // of who allows; empty: this one
	refuses bool
}

func newOAuth() oauth { return oauth{codes: map[string]grant{}, foreign: map[string]bool{}} }

// ClientID is the app's, for OAuth.
func (s *Server) ClientID() string { return s.cfg.ClientID }

// ClientSecret goes with it.
func (s *Server) ClientSecret() string { return s.cfg.ClientSecret }

// InstallAs says who allows an installation from now on: an administrator of team,
// or of this workspace with "", or somebody who refuses.
func (s *Server) InstallAs(team string, refuses bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth.team, s.oauth.refuses = team, refuses
}

// Revoked reports whether every token of another workspace was given up.
func (s *Server) Revoked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, revoked := range s.oauth.foreign {
		if !revoked {
			return false
		}
	}
	return true
}

// serveAuthorize is where a browser is sent to install: it finds an administrator
// who has made up their mind.
func (s *Server) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	to, err := url.Parse(q.Get("redirect_uri"))
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || q.Get("client_id") != s.cfg.ClientID || !slices.Contains(s.app.OAuth.Redirects, q.Get("redirect_uri")) {
		http.Error(w, "bad_redirect_uri", http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {q.Get("state")}}
	if s.oauth.refuses {
		back.Set("error", "access_denied")
	} else {
		team := s.oauth.team
		setText(&team, s.cfg.Team.ID)
		code := randomHex(16)
		s.oauth.codes[code] = grant{redirect: q.Get("redirect_uri"), scope: q.Get("scope"), team: team, until: s.cfg.Now().Add(codeLife)}
		back.Set("code", code)
	}
	to.RawQuery = back.Encode()
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// oauthAccess is oauth.v2.access: a code is good once, and for the address it was
// given out for.
func oauthAccess(s *Server, a args) (object, error) {
	switch {
	case a.text("client_id") != s.cfg.ClientID:
		return nil, refuse("invalid_client_id")
	case subtle.ConstantTimeCompare([]byte(a.text("client_secret")), []byte(s.cfg.ClientSecret)) != 1:
		return nil, refuse("bad_client_secret")
	}
	g, ok := s.oauth.codes[a.text("code")]
	delete(s.oauth.codes, a.text("code"))
	switch {
	case !ok || s.cfg.Now().After(g.until):
		return nil, refuse("invalid_code")
	case g.redirect != a.text("redirect_uri"):
		return nil, refuse("bad_redirect_uri")
	}
	token := s.cfg.BotToken
	if g.team != s.cfg.Team.ID {
		token = "xoxb-elders-" + randomHex(16)
		s.oauth.foreign[token] = false
	}
	return object{"access_token": token, "token_type": "bot", "scope": g.scope, "bot_user_id": s.cfg.BotUser, "app_id": s.cfg.AppID,
		"team": object{"id": g.team, "name": "Kantoor"}, "enterprise": nil, "is_enterprise_install": false,
		"authed_user": object{"id": s.firstPerson()}}, nil
}

// authRevoke is auth.revoke, for tokens of other workspaces: this one's app is
// uninstalled by Uninstall.
func authRevoke(s *Server, a args) (object, error) {
	token := strings.TrimSpace(a.text("token"))
	if _, known := s.oauth.foreign[token]; !known {
		return nil, refuse("invalid_auth")
	}
	s.oauth.foreign[token] = true
	return object{"revoked": true}, nil
}
