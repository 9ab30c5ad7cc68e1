package workspace

import (
	"strconv"
	"strings"
)

// boundary reads a ts, or whole or fractional seconds, as microseconds.
func boundary(ts string, standard int64) (int64, bool) {
	if ts == "" {
		return standard, true
	}
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s < 0 || s > 1<<40 || len(frac) > 6 {
		return 0, false
	}
	us, err := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	return s*1_000_000 + us, err == nil && us >= 0
}

func apiTest(_ *Server, a args) (object, error) {
	if code := a.text("error"); code != "" {
		return nil, refuse(code)
	}
	echo := object{}
	for k := range a {
		if k != "token" {
			echo[k] = a.text(k)
		}
	}
	return object{"args": echo}, nil
}

func authTest(s *Server, _ args) (object, error) {
	return object{"url": "https://" + s.cfg.Team.Domain + ".slack.com/", "team": s.cfg.Team.Name,
		"user": s.st.users[s.cfg.BotUser].Name, "team_id": s.cfg.Team.ID, "user_id": s.cfg.BotUser,
		"bot_id": s.botID, "is_enterprise_install": false}, nil
}

func appsConnectionsOpen(s *Server, _ args) (object, error) {
	if !s.app.Settings.SocketMode || s.linkDisabled {
		return nil, refuse("socket_mode_not_enabled")
	}
	return object{"url": s.socketURL()}, nil
}

func teamInfo(s *Server, _ args) (object, error) {
	return object{"team": object{"id": s.cfg.Team.ID, "name": s.cfg.Team.Name, "domain": s.cfg.Team.Domain,
		"email_domain": "", "icon": object{"image_default": true}}}, nil
}

func botsInfo(s *Server, a args) (object, error) {
	if id := a.text("bot"); id != s.botID {
		return nil, refuse("bot_not_found")
	}
	return object{"bot": object{"id": s.botID, "deleted": false, "name": s.app.Display.Name,
		"updated": s.start.Unix(), "app_id": s.cfg.AppID, "user_id": s.cfg.BotUser, "icons": object{}}}, nil
}

func usersInfo(s *Server, a args) (object, error) {
	u := s.st.users[a.text("user")]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return object{"user": s.userObject(u, a.yes("include_locale"))}, nil
}

func usersList(s *Server, a args) (object, error) {
	all := []object{}
	for _, u := range s.st.sortedUsers() {
		all = append(all, s.userObject(u, a.yes("include_locale")))
	}
	out, err := paged(a, "members", all)
	if err == nil {
		out["cache_ts"] = s.now().Unix()
	}
	return out, err
}

func usersLookupByEmail(s *Server, a args) (object, error) {
	email := strings.TrimSpace(a.text("email"))
	for _, u := range s.st.sortedUsers() {
		if email != "" && strings.EqualFold(u.Email, email) && !u.Deleted && !u.IsStranger {
			return object{"user": s.userObject(u, false)}, nil
		}
	}
	return nil, refuse("users_not_found")
}
