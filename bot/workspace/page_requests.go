package workspace

import (
	"encoding/json"
	"time"
)

// fromPage does what a page asks.
func (s *Server) fromPage(p *pageConn, r PageRequest) {
	if s.fromWorkshop(p, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	shown := func(err error) { s.showQuiet(p.user, r.Key, err) }
	switch r.Type {
	case "open":
		s.turnTo(p, r.Channel, r.Tab)
		s.openChannel(p, r.Channel)
	case "history", "thread":
		if c := s.st.channels[r.Channel]; c != nil && s.st.maySee(p.user, c) {
			p.offer(s.history(p.user, c, r.ThreadTS, r.Before))
		}
	case "send":
		shown(s.pageSay(p, r))
	case "command":
		s.command(p.user, r.Channel, r.Command, r.Text, r.Key, shown)
	case "action":
		s.pageAction(p, r, shown)
	case "options":
		s.pageOptions(p, r)
	case "submit", "close":
		s.pageModal(p, r, shown)
	case "shortcut":
		s.shortcut(p.user, r.CallbackID, Place{Channel: r.Channel, TS: r.TS}, r.Key, shown)
	case "stop":
		shown(s.stopTalk(p.user, r.Channel, r.ThreadTS))
	case "home":
		p.home = true
		shown(s.openHome(p.user, "home", ""))
	case "dm":
		s.pageDM(p, r.User)
	}
}

// fromWorkshop does what a page asks of the server as a whole, which takes the lock by
// itself, and reports whether it was that.
func (s *Server) fromWorkshop(p *pageConn, r PageRequest) bool {
	switch r.Type {
	case "jump":
		d := time.Duration(r.ByMS) * time.Millisecond
		if r.ToMS != 0 {
			d = time.UnixMilli(r.ToMS).Sub(s.Now())
		}
		s.Jump(d)
	case "faults":
		if r.Faults == nil {
			break
		}
		if err := s.SetFaults(*r.Faults); err != nil {
			p.offer(PageError{Type: "error", Text: err.Error(), Code: "invalid_faults"})
		}
	default:
		return false
	}
	return true
}

// pageSay says what was typed. In the app's own conversation that begins a talk, which
// the page opens.
func (s *Server) pageSay(p *pageConn, r PageRequest) error {
	ts, err := s.say(p.user, r.Channel, r.Text, r.ThreadTS)
	if err == nil && r.ThreadTS == "" && s.app.Features.Talks != nil && s.ofApp(r.Channel) {
		delete(s.prompts, r.Channel)
		p.offer(PageTalk{Type: "talk", Channel: r.Channel, ThreadTS: ts})
	}
	return err
}

// pageModal submits or closes a modal.
func (s *Server) pageModal(p *pageConn, r PageRequest, done func(error)) {
	v := s.modal(p.user, r.View)
	switch {
	case v == nil || r.View == "":
	case r.Type == "close":
		s.closeView(p.user, v, r.IsCleared, func(error) {})
	default:
		v.State = mergeState(v.Blocks, v.State, r.State)
		s.submit(p.user, v, r.Key, done)
	}
}

// showQuiet shows a failure that was not yet shown as Slackbot's line.
func (s *Server) showQuiet(user, key string, err error) {
	if f, ok := err.(*Failure); ok && f.Text == "" {
		s.tellUser(user, PageError{Type: "error", Text: f.Code, Code: f.Code, Key: key})
	}
}

// turnTo notes what a page shows, and tells the app when that became its Messages tab.
func (s *Server) turnTo(p *pageConn, id, tab string) {
	c, home := s.st.channels[id], tab == "home"
	if c == nil || !s.st.maySee(p.user, c) || p.at == id && p.home == home {
		return
	}
	p.at, p.home = id, home
	switch {
	case c.Kind != KindIM:
		p.beside = id
	case s.ofApp(id) && !home:
		s.showQuiet(p.user, "", s.openHome(p.user, "messages", p.beside))
	}
}

// ofApp reports whether a conversation is the app's own with somebody.
func (s *Server) ofApp(id string) bool {
	c := s.st.channels[id]
	return c != nil && c.Kind == KindIM && c.has(s.cfg.BotUser)
}

func (s *Server) pageDM(p *pageConn, with string) {
	u := s.st.users[p.user]
	if with != s.cfg.BotUser || u == nil {
		other := s.st.users[with]
		if other == nil || u == nil || with == p.user {
			return
		}
		c := s.st.im(p.user, with)
		if c == nil {
			c = s.makeChannel(KindIM, []string{p.user, with})
		}
		p.offer(PageChannels{Type: "channels", Channels: s.pageChannels(p.user)})
		s.openChannel(p, c.ID)
		return
	}
	c, err := s.openIM(u)
	if err != nil {
		return
	}
	p.offer(PageChannels{Type: "channels", Channels: s.pageChannels(p.user)})
	s.turnTo(p, c.ID, "messages")
	s.openChannel(p, c.ID)
}

// pagePlace resolves where a page's element stands.
func (s *Server) pagePlace(p *pageConn, r PageRequest) (spot, error) {
	if r.View != "" {
		return s.locate(p.user, In(r.View))
	}
	return s.locate(p.user, On(r.Channel, r.TS))
}

func (s *Server) pageAction(p *pageConn, r PageRequest, done func(error)) {
	at, err := s.pagePlace(p, r)
	if err != nil {
		done(err)
		return
	}
	var a map[string]json.RawMessage
	var ref struct {
		Action string `json:"action_id"`
		Block  string `json:"block_id"`
	}
	if json.Unmarshal(r.Action, &a) != nil || json.Unmarshal(r.Action, &ref) != nil {
		return
	}
	at.report(readState(mergeState(at.blocks(), at.reported(), r.State)))
	for _, e := range interactive(at.blocks()) {
		if e.action != ref.Action || e.block != ref.Block {
			continue
		}
		var entry object
		if key := valueKeys[e.kind][0]; key != "" {
			entry = e.valued(nil)
			if v, given := a[key]; given {
				entry[key] = v
			}
		} else if v, given := a["value"]; given && e.kind == "feedback_buttons" {
			entry = object{"value": v}
		}
		s.act(p.user, at, e, entry, r.Key, done)
		return
	}
	done(&Failure{Code: "element_not_found"})
}

func (s *Server) pageOptions(p *pageConn, r PageRequest) {
	answer := func(raw json.RawMessage, err error) {
		out := PageOptions{Type: "options", Request: r.Request}
		if err != nil || json.Unmarshal(raw, &out) != nil || out.Options == nil && out.OptionGroups == nil {
			out.Options = json.RawMessage("[]")
		}
		out.Type, out.Request = "options", r.Request
		p.offer(out)
	}
	at, err := s.pagePlace(p, r)
	if err != nil {
		answer(nil, err)
		return
	}
	for _, e := range interactive(at.blocks()) {
		if e.action == r.ActionID && e.block == r.BlockID {
			s.suggest(p.user, at, e, r.Value, r.Key, answer)
			return
		}
	}
	answer(nil, &Failure{Code: "element_not_found"})
}

// mergeState takes a page's state for elements that exist; the rest stays.
func mergeState(blocks, known, sent json.RawMessage) json.RawMessage {
	out, from := currentState(blocks, known), readState(sent)
	for block, actions := range out {
		for action := range actions {
			if v, ok := from[block][action]; ok && json.Valid(v) {
				out[block][action] = v
			}
		}
	}
	return encode(object{"values": out})
}
