package workspace

import "encoding/json"

// assistantThread finds the conversation of an assistant call.
func (s *Server) assistantThread(a args) (*conversation, error) {
	c := s.st.channels[a.text("channel_id")]
	if c == nil || !c.has(s.cfg.BotUser) {
		return nil, refuse("channel_not_found")
	}
	if ts := a.text("thread_ts"); ts != "" && !isTS(ts) {
		return nil, refuse("invalid_thread_ts")
	}
	return c, nil
}

func assistantSetStatus(s *Server, a args) (object, error) {
	c, err := s.assistantThread(a)
	if err != nil {
		return nil, err
	}
	s.tellChannel(c, PageStatus{Type: "status", Channel: c.ID, ThreadTS: a.text("thread_ts"), Text: a.text("status")})
	return nil, nil
}

// clearStatus ends the status line: Slack does so when the app answers.
func (s *Server) clearStatus(c *conversation, threadTS string) {
	if threadTS != "" {
		s.tellChannel(c, PageStatus{Type: "status", Channel: c.ID, ThreadTS: threadTS})
	}
}

func assistantSetTitle(s *Server, a args) (object, error) {
	c, err := s.assistantThread(a)
	if err != nil {
		return nil, err
	}
	if c.Kind != KindIM {
		return nil, refuse("channel_not_supported")
	}
	if m := c.find(a.text("thread_ts")); m != nil && m.Subtype == talkSubtype {
		m.Text, m.Edited = a.text("title"), s.st.nextTS(s.now())
		s.tellMessage("message_changed", c, m)
		s.touch()
	}
	return nil, nil
}

func assistantSetPrompts(s *Server, a args) (object, error) {
	c, err := s.assistantThread(a)
	if err != nil {
		return nil, err
	}
	var prompts []struct {
		Title   string `json:"title"`
		Message string `json:"message"`
	}
	if json.Unmarshal(a.json("prompts"), &prompts) != nil || len(prompts) > 4 {
		return nil, invalidArguments([]string{"[ERROR] no more than 4 items allowed [json-pointer:/prompts]"})
	}
	frame := PagePrompts{Type: "prompts", Channel: c.ID, ThreadTS: a.text("thread_ts"), Title: a.text("title"), Prompts: encode(prompts)}
	for _, one := range prompts {
		frame.asked = append(frame.asked, one.Message)
	}
	s.prompts[c.ID] = frame
	s.tellChannel(c, frame)
	s.touch()
	return nil, nil
}
