package workspace

import (
	"hash/fnv"
	"strings"
	"time"
)

var userColors = []string{"9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5", "2b6836"}

// completeUser fills in what a configured user left out.
func (s *Server) completeUser(u User) *User {
	setText(&u.TZ, defaultZone)
	setText(&u.Locale, defaultLocale)
	setText(&u.RealName, u.Name)
	setText(&u.Name, strings.ToLower(strings.ReplaceAll(u.RealName, " ", ".")))
	if u.TeamID == "" && !u.IsStranger {
		u.TeamID = s.cfg.Team.ID
	}
	setText(&u.TeamID, "T0ELDERS")
	if u.Color == "" {
		h := fnv.New32a()
		_, _ = h.Write([]byte(u.ID))
		u.Color = userColors[int(h.Sum32())%len(userColors)]
	}
	u.TZOffset, _ = s.zone(u.TZ)
	return &u
}

// zone gives the offset in seconds east of UTC now, and its label.
func (s *Server) zone(tz string) (offset int, label string) {
	loc, err := time.LoadLocation(tz)
	if err != nil {
		loc = time.UTC
	}
	label, offset = s.now().In(loc).Zone()
	return offset, label
}

// userObject is Slack's user object. email and locale depend on scope and argument.
func (s *Server) userObject(u *User, locale bool) object {
	offset, label := s.zone(u.TZ)
	first, last, _ := strings.Cut(u.RealName, " ")
	profile := object{
		"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": u.Name,
		"display_name_normalized": u.Name, "first_name": first, "last_name": last, "title": u.Title,
		"team": u.TeamID, "avatar_hash": "", "status_text": "", "status_emoji": "",
	}
	if s.may("users:read.email") && u.Email != "" && !u.IsStranger {
		profile["email"] = u.Email
	}
	o := object{
		"id": u.ID, "team_id": u.TeamID, "name": u.Name, "deleted": u.Deleted, "color": u.Color,
		"real_name": u.RealName, "tz": u.TZ, "tz_label": label, "tz_offset": offset, "profile": profile,
		"is_admin": u.IsAdmin || u.IsOwner, "is_owner": u.IsOwner, "is_primary_owner": false,
		"is_restricted": u.IsRestricted || u.IsUltraRestricted, "is_ultra_restricted": u.IsUltraRestricted,
		"is_bot": u.IsBot, "is_app_user": false, "is_stranger": u.IsStranger, "updated": s.start.Unix(),
	}
	if u.IsBot {
		profile["bot_id"], profile["api_app_id"] = s.botID, s.cfg.AppID
	}
	if locale {
		o["locale"] = u.Locale
	}
	return o
}

// pageUsers are the users as pages see them.
func (s *Server) pageUsers() []User {
	out := []User{}
	for _, u := range s.st.sortedUsers() {
		c := *u
		c.TZOffset, _ = s.zone(u.TZ)
		out = append(out, c)
	}
	return out
}

// SetUser adds or changes a user and tells the app (user_change) and the pages.
func (s *Server) SetUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st.users[u.ID] = s.completeUser(u)
	o := s.userObject(s.st.users[u.ID], true)
	s.event("user_change", object{"type": "user_change", "user": o, "cache_ts": s.now().Unix(),
		"event_ts": s.st.nextTS(s.now())}, "")
	s.broadcast(PageUsers{Type: "users", Users: s.pageUsers()})
	s.touch()
}
