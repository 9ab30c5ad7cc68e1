package workspace

// This file is Slack's surface for agents: people talk with the app in the Messages tab
// of its own conversation. Each message there begins a thread, of which Slack shows
// whether the app works on it.

const (
	statusProcessing = "processing"
	stoppedEvent     = "agent_session_stopped"
	lookingEvent     = "app_context_changed"
)

// OpenTalk opens the Messages tab of the app beside a channel ("": beside none) and
// returns the conversation it is (app_home_opened).
func (s *Server) OpenTalk(user, beside string) (channel string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, _, err := s.person(user, beside); err != nil {
		return "", err
	}
	if err := s.openHome(user, "messages", beside); err != nil {
		return "", err
	}
	return s.st.im(user, s.cfg.BotUser).ID, nil
}

// MoveTalk has user look at another channel beside the app (app_context_changed). Who
// that is stands around the event alone.
func (s *Server) MoveTalk(user, beside string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, _, err := s.person(user, beside); err != nil {
		return err
	}
	if s.app.Features.Talks == nil || !s.subscribed(lookingEvent) {
		return &Failure{Code: "not_enabled"}
	}
	s.used.Events[lookingEvent] = true
	s.deliverFor(object{"type": lookingEvent, "context": s.lookingAt(beside)}, beside, object{"enterprise_id": nil, "team_id": s.cfg.Team.ID,
		"user_id": user, "is_bot": false, "is_enterprise_install": false})
	return nil
}

// lookingAt is what Slack says of what somebody looks at.
func (s *Server) lookingAt(channel string) object {
	if channel == "" {
		return object{}
	}
	return object{"entities": []object{{"type": "slack#/types/channel_id", "value": channel, "team_id": s.cfg.Team.ID}}}
}

// StopTalk presses the button that Slack shows while the app works on a thread
// (agent_session_stopped). What Slack shows changes when the app says so.
func (s *Server) StopTalk(user, channel, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopTalk(user, channel, ts)
}

func (s *Server) stopTalk(user, channel, ts string) error {
	_, c, err := s.person(user, channel)
	if err != nil {
		return err
	}
	if at := s.sessions[channel+"/"+ts]; c == nil || at == nil || at.status != statusProcessing || !s.subscribed(stoppedEvent) {
		return &Failure{Code: "not_processing"}
	}
	s.event(stoppedEvent, object{"type": stoppedEvent, "user": user, "channel": c.ID, "thread_ts": ts,
		"streaming_message_ts": []string{}, "event_ts": s.st.nextTS(s.now())}, c.ID)
	return nil
}

// Offered are the prompts that the app suggests in its conversation, by what they ask.
func (s *Server) Offered(channel string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.prompts[channel].asked
}

// Session is what Slack shows of the app's work on a thread, "" before the app said
// anything of it, and the title that the app gave it.
func (s *Server) Session(channel, ts string) (status, title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.sessions[channel+"/"+ts]; at != nil {
		return at.status, at.title
	}
	return "", ""
}
