package workspace

// This file is Slack's surface for agents: a talk with the app beside what one
// reads. A talk is a thread in the app's own conversation, under a message that
// Slack writes in the app's name.

// talkSubtype marks the message that a talk hangs under.
const talkSubtype = "assistant_app_thread"

// OpenTalk opens a talk beside a channel ("": beside none) and returns the timestamp
// of the message it hangs under (assistant_thread_started).
func (s *Server) OpenTalk(user, beside string) (channel, ts string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.openTalk(user, beside)
}

func (s *Server) openTalk(user, beside string) (string, string, error) {
	u, _, err := s.person(user, beside)
	if err != nil {
		return "", "", err
	}
	if s.app.Features.Talks == nil {
		return "", "", &Failure{Code: "not_enabled"}
	}
	c, err := s.openIM(u)
	if err != nil {
		return "", "", err
	}
	m := &message{User: s.cfg.BotUser, BotID: s.botID, Text: "New Assistant Thread", Subtype: talkSubtype}
	s.post(c, m)
	s.talkEvent("assistant_thread_started", user, c, m.TS, beside)
	return c.ID, m.TS, nil
}

// MoveTalk takes a talk along to another channel (assistant_thread_context_changed).
func (s *Server) MoveTalk(user, channel, ts, beside string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, c, err := s.person(user, channel)
	if err != nil {
		return err
	}
	if _, _, err := s.person(user, beside); err != nil {
		return err
	}
	if m := c.find(ts); m == nil || m.Subtype != talkSubtype {
		return &Failure{Code: "message_not_found"}
	}
	s.talkEvent("assistant_thread_context_changed", user, c, ts, beside)
	return nil
}

func (s *Server) talkEvent(name, user string, c *conversation, ts, beside string) {
	context := object{}
	if beside != "" {
		context = object{"channel_id": beside, "team_id": s.cfg.Team.ID, "enterprise_id": nil}
	}
	s.event(name, object{"type": name, "event_ts": s.st.nextTS(s.now()),
		"assistant_thread": object{"user_id": user, "context": context, "channel_id": c.ID, "thread_ts": ts}}, c.ID)
}

// Offered are the prompts that the app suggests in a talk, by what they ask.
func (s *Server) Offered(channel, ts string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.prompts[channel]; at.ThreadTS == ts {
		return at.asked
	}
	return nil
}

// Title is the name the app gave a talk; empty: none yet.
func (s *Server) Title(channel, ts string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.st.channels[channel]; c != nil {
		if m := c.find(ts); m != nil && m.Subtype == talkSubtype && m.Edited != "" {
			return m.Text
		}
	}
	return ""
}
