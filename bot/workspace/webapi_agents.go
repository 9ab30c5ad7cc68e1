package workspace

import (
	"encoding/json"
	"unicode/utf8"
)

// agentSession is what Slack shows of a talk with the app in one thread.
type agentSession struct {
	status string
	title  string
}

const longestTitle = 200 // characters

// agent refuses what only an app that is declared as an agent may do, in a workspace
// that pays.
func (s *Server) agent() error {
	switch {
	case s.app.Features.Talks == nil:
		return refuse("not_authorized")
	case s.cfg.FreePlan:
		return refuse("not_allowed")
	}
	return nil
}

// agentThread finds the thread of a call about a session.
func (s *Server) agentThread(a args) (*conversation, string, error) {
	if err := s.agent(); err != nil {
		return nil, "", err
	}
	c := s.st.channels[a.text("channel_id")]
	if c == nil || !c.has(s.cfg.BotUser) {
		return nil, "", refuse("channel_not_found")
	}
	ts := a.text("thread_ts")
	if ts == "" || c.thread(ts) != nil {
		return nil, "", refuse("invalid_thread_ts")
	}
	if utf8.RuneCountInString(a.text("title")) > longestTitle {
		return nil, "", invalidArguments([]string{"[ERROR] must be no more than 200 characters [json-pointer:/title]"})
	}
	return c, ts, nil
}

func agentsSetStatus(s *Server, a args) (object, error) {
	c, ts, err := s.agentThread(a)
	if err != nil {
		return nil, err
	}
	status := a.text("status")
	switch status {
	case statusProcessing, "active", "suspended", "closed":
	default:
		return nil, invalidArguments([]string{"[ERROR] must be one of: active, processing, suspended, closed [json-pointer:/status]"})
	}
	if who := a.text("initiator_user_id"); who != "" && !c.has(who) {
		return nil, refuse("user_not_found")
	}
	at := s.sessions[c.ID+"/"+ts]
	if at == nil {
		at = &agentSession{title: a.text("title")}
		s.sessions[c.ID+"/"+ts] = at
	}
	at.status = status
	s.tellChannel(c, PageStatus{Type: "status", Channel: c.ID, ThreadTS: ts, Status: status})
	s.touch()
	answer := object{"status": status, "agent_status": status, "title": at.title}
	if !s.events[stoppedEvent] {
		answer["warning"] = "missing_agent_session_stopped_event_subscription"
	}
	return answer, nil
}

func agentsRename(s *Server, a args) (object, error) {
	c, ts, err := s.agentThread(a)
	if err != nil {
		return nil, err
	}
	at := s.sessions[c.ID+"/"+ts]
	switch {
	case at == nil:
		return nil, refuse("session_not_found")
	case a.text("title") == "":
		return nil, invalidArguments([]string{"[ERROR] must be more than 0 characters [json-pointer:/title]"})
	}
	at.title = a.text("title")
	s.touch()
	return object{"title": at.title}, nil
}

// setPrompts is of the time before agents had sessions. What names a thread is taken
// and not shown, as Slack does for agents.
func setPrompts(s *Server, a args) (object, error) {
	if err := s.agent(); err != nil {
		return nil, err
	}
	c := s.st.channels[a.text("channel_id")]
	if c == nil || !c.has(s.cfg.BotUser) {
		return nil, refuse("channel_not_found")
	}
	var prompts []struct {
		Title   string `json:"title"`
		Message string `json:"message"`
	}
	if json.Unmarshal(a.json("prompts"), &prompts) != nil || len(prompts) > 4 {
		return nil, invalidArguments([]string{"[ERROR] no more than 4 items allowed [json-pointer:/prompts]"})
	}
	if a.text("thread_ts") != "" {
		return nil, nil
	}
	frame := PagePrompts{Type: "prompts", Channel: c.ID, Title: a.text("title"), Prompts: encode(prompts)}
	for _, one := range prompts {
		frame.asked = append(frame.asked, one.Message)
	}
	s.prompts[c.ID] = frame
	s.tellChannel(c, frame)
	s.touch()
	return nil, nil
}
