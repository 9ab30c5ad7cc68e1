package workspace

import "slices"

// eventScopes: an event also needs one of these scopes.
var eventScopes = map[string]string{
	"message.im": "im:history", "message.channels": "channels:history", "message.groups": "groups:history",
	"message.mpim": "mpim:history", "app_mention": "app_mentions:read", "file_shared": "files:read", "user_change": "users:read",
	"channel_shared": "channels:read", "channel_unshared": "channels:read", "channel_archive": "channels:read",
	"channel_unarchive": "channels:read", "member_joined_channel": "channels:read",
}

// event delivers an event to the app when its manifest subscribes to it. Its
// name is the subscription's; channel is the id it happened in, or "".
func (s *Server) event(name string, body object, channel string) {
	if s.subscribed(name) {
		s.used.Events[name] = true
		s.deliverEvent(body, channel)
	}
}

// subscribed reports whether the app hears of an event.
func (s *Server) subscribed(name string) bool {
	scope := eventScopes[name]
	return s.events[name] && (scope == "" || s.may(scope))
}

// SendEvent delivers any event, subscribed or not, as it is: for what a future
// Slack might send. body needs a type.
func (s *Server) SendEvent(body map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliverEvent(body, "")
}

func (s *Server) deliverEvent(body object, channel string) {
	s.deliverFor(body, channel, object{"enterprise_id": nil, "team_id": s.cfg.Team.ID, "user_id": s.cfg.BotUser,
		"is_bot": true, "is_enterprise_install": false})
}

// deliverFor delivers an event for whom it is visible.
func (s *Server) deliverFor(body object, channel string, who object) {
	shared := false
	if c := s.st.channels[channel]; c != nil {
		shared = c.IsExtShared
	}
	payload := object{"token": "verification", "team_id": s.cfg.Team.ID, "context_team_id": s.cfg.Team.ID,
		"context_enterprise_id": nil, "api_app_id": s.cfg.AppID, "event": body, "type": "event_callback",
		"event_id": newID("Ev"), "event_time": s.now().Unix(), "is_ext_shared_channel": shared,
		"authorizations": []object{who}, "event_context": "4-" + randomHex(24)}
	kind, _ := body["type"].(string)
	s.dispatch(&envelope{kind: "events_api", inner: kind, payload: encode(payload)})
}

var messageSubscription = map[ChannelKind][2]string{
	KindChannel: {"message.channels", "channel"}, KindPrivate: {"message.groups", "group"},
	KindIM: {"message.im", "im"}, KindMPIM: {"message.mpim", "mpim"},
}

// messageEvent tells the app of a new, changed or deleted message in a
// conversation it is in, its own messages included, and of mentions.
func (s *Server) messageEvent(c *conversation, m, before *message, change string) {
	if !c.has(s.cfg.BotUser) {
		return
	}
	sub := messageSubscription[c.Kind]
	ts := s.st.nextTS(s.now())
	switch change {
	case "":
		o := s.messageObject(c, m, true)
		o["channel"], o["channel_type"], o["event_ts"] = c.ID, sub[1], m.TS
		s.event(sub[0], o, c.ID)
		s.mentionEvent(c, m)
	case "message_changed":
		s.event(sub[0], object{"type": "message", "subtype": change, "hidden": true, "channel": c.ID, "channel_type": sub[1],
			"ts": ts, "event_ts": ts, "message": s.messageObject(c, m, true), "previous_message": s.messageObject(c, before, true)}, c.ID)
	case "message_deleted":
		s.event(sub[0], object{"type": "message", "subtype": change, "hidden": true, "channel": c.ID, "channel_type": sub[1],
			"ts": ts, "event_ts": ts, "deleted_ts": m.TS, "previous_message": s.messageObject(c, before, true)}, c.ID)
	}
}

func (s *Server) mentionEvent(c *conversation, m *message) {
	if c.Kind == KindIM || m.BotID != "" || !slices.Contains(mentions(m.Text), s.cfg.BotUser) {
		return
	}
	o := s.messageObject(c, m, false)
	o["type"], o["channel"], o["event_ts"] = "app_mention", c.ID, m.TS
	s.event("app_mention", o, c.ID)
}

// join makes a user a member and tells pages and app.
func (s *Server) join(c *conversation, user string) {
	if c.has(user) {
		return
	}
	c.Members = append(c.Members[:len(c.Members):len(c.Members)], user)
	s.tellAllChannels()
	if c.has(s.cfg.BotUser) {
		s.event("member_joined_channel", object{"type": "member_joined_channel", "user": user, "channel": c.ID,
			"channel_type": c.ID[:1], "team": s.teamOf(user), "event_ts": s.st.nextTS(s.now())}, c.ID)
	}
	s.touch()
}

// Join makes a user (or the bot) a member of a channel.
func (s *Server) Join(user, channel string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.channels[channel]
	if c == nil || s.st.users[user] == nil {
		return &Failure{Code: "channel_not_found"}
	}
	s.join(c, user)
	return nil
}

// ShareChannel says whether a channel is shared with another organisation, and
// tells the app (channel_shared, channel_unshared).
func (s *Server) ShareChannel(channel string, shared bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.channels[channel]
	if c == nil {
		return &Failure{Code: "channel_not_found"}
	}
	if c.IsExtShared == shared {
		return nil
	}
	c.IsExtShared = shared
	ts := s.st.nextTS(s.now())
	if shared {
		s.event("channel_shared", object{"type": "channel_shared", "connected_team_id": "T0ELDERS", "channel": c.ID, "event_ts": ts}, c.ID)
	} else {
		s.event("channel_unshared", object{"type": "channel_unshared", "previously_connected_team_id": "T0ELDERS",
			"channel": c.ID, "is_ext_shared": false, "event_ts": ts}, c.ID)
	}
	s.tellAllChannels()
	s.touch()
	return nil
}

// Archive says whether a channel is archived, and tells the app
// (channel_archive, channel_unarchive).
func (s *Server) Archive(channel string, archived bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.channels[channel]
	if c == nil {
		return &Failure{Code: "channel_not_found"}
	}
	c.IsArchived = archived
	if c.Kind == KindChannel && c.has(s.cfg.BotUser) {
		name := map[bool]string{true: "channel_archive", false: "channel_unarchive"}[archived]
		s.event(name, object{"type": name, "channel": c.ID, "user": s.firstPerson(), "event_ts": s.st.nextTS(s.now())}, c.ID)
	}
	s.tellAllChannels()
	s.touch()
	return nil
}

// Uninstall removes the app: app_uninstalled and tokens_revoked are delivered,
// after that its tokens are refused.
func (s *Server) Uninstall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	ts := s.st.nextTS(s.now())
	s.event("app_uninstalled", object{"type": "app_uninstalled", "event_ts": ts}, "")
	s.event("tokens_revoked", object{"type": "tokens_revoked", "tokens": object{"oauth": []string{}, "bot": []string{s.cfg.BotUser}}, "event_ts": ts}, "")
	s.uninstalled = true
	s.touch()
}

// mentions are the user ids in a message's text, written <@U1> or <@U1|name>.
func mentions(text string) []string {
	var out []string
	for rest := text; ; {
		i := indexAfter(rest, "<@")
		if i < 0 {
			return out
		}
		rest = rest[i:]
		end := 0
		for end < len(rest) && rest[end] != '>' && rest[end] != '|' {
			end++
		}
		if end < len(rest) {
			out = append(out, rest[:end])
		}
	}
}
