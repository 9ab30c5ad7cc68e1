package workspace

import (
	"slices"
	"sort"
)

// historyPage is how many messages a page gets at a time.
const historyPage = 200

// firstPerson is who a page is when it does not say: the first member by id.
func (s *Server) firstPerson() string {
	for _, u := range s.cfg.Users {
		if u.full() && !u.IsBot {
			return u.ID
		}
	}
	return ""
}

func (s *Server) hello(user string) PageHello {
	h := PageHello{Type: "hello", Me: user, Team: TeamEntry{ID: s.cfg.Team.ID, Name: s.cfg.Team.Name},
		NowMS: s.now().UnixMilli(), Users: s.pageUsers(), Channels: s.pageChannels(user), Commands: []Command{},
		Shortcuts: []ShortcutEntry{}, Faults: s.faults,
		App: AppEntry{User: s.cfg.BotUser, Name: s.app.Display.Name, Home: s.app.Features.AppHome.Home, Talks: s.app.Features.Talks != nil}}
	for _, c := range s.app.Features.Commands {
		h.Commands = append(h.Commands, Command{Name: c.Command, Description: c.Description, UsageHint: c.UsageHint})
	}
	for _, c := range s.app.Features.Shortcuts {
		h.Shortcuts = append(h.Shortcuts, ShortcutEntry{Name: c.Name, Type: c.Type, CallbackID: c.CallbackID})
	}
	return h
}

// pageChannels are the conversations a user sees, with unread counts.
func (s *Server) pageChannels(user string) []Channel {
	out := []Channel{}
	for _, c := range s.st.sortedChannels() {
		if !s.st.maySee(user, c) {
			continue
		}
		ch := c.Channel
		ch.Members = slices.Clone(c.Members)
		if c.Kind == KindIM {
			ch.With = c.other(user)
		}
		for i := len(c.messages) - 1; i >= 0 && c.messages[i].TS > c.Read[user]; i-- {
			if m := c.messages[i]; m.User != user && s.sees(user, c, m) && m.top() {
				ch.Unread++
			}
		}
		out = append(out, ch)
	}
	return out
}

func (s *Server) tellUser(user string, frame any) {
	for p := range s.pages {
		if p.user == user {
			p.offer(frame)
		}
	}
}

func (s *Server) tellChannel(c *conversation, frame any) {
	for p := range s.pages {
		if s.st.maySee(p.user, c) {
			p.offer(frame)
		}
	}
}

func (s *Server) broadcast(frame any) {
	for p := range s.pages {
		p.offer(frame)
	}
}

func (s *Server) tellAllChannels() {
	for p := range s.pages {
		p.offer(PageChannels{Type: "channels", Channels: s.pageChannels(p.user)})
	}
}

// openChannel sends the newest messages of a channel and marks them read.
func (s *Server) openChannel(p *pageConn, id string) {
	c := s.st.channels[id]
	if c == nil || !s.st.maySee(p.user, c) {
		return
	}
	if n := len(c.messages); n > 0 {
		c.Read[p.user] = c.messages[n-1].TS
	}
	p.offer(s.history(p.user, c, "", ""))
	if prompts, ok := s.prompts[id]; ok {
		p.offer(prompts)
	}
}

// history is a page of what viewer sees in c right before before (empty: the
// newest), or all of a thread. Only what is sent is looked at, so that a long
// channel opens as fast as a short one.
func (s *Server) history(viewer string, c *conversation, threadTS, before string) PageHistory {
	h := PageHistory{Type: "history", Channel: c.ID, ThreadTS: threadTS, Before: before, Messages: []Message{}}
	if threadTS != "" {
		h.Before = ""
		if root := c.find(threadTS); root != nil && s.sees(viewer, c, root) {
			h.Messages = append(h.Messages, s.pageMessage(c, root, viewer))
		}
		for _, m := range c.replies(threadTS, viewer) {
			h.Messages = append(h.Messages, s.pageMessage(c, m, viewer))
		}
		return h
	}
	end := len(c.messages)
	if before != "" {
		end = sort.Search(end, func(i int) bool { return c.messages[i].TS >= before })
	}
	for i := end - 1; i >= 0; i-- {
		m := c.messages[i]
		if !s.sees(viewer, c, m) || !m.top() && m.Subtype != "thread_broadcast" {
			continue
		}
		if len(h.Messages) == historyPage {
			h.More = true
			break
		}
		h.Messages = append(h.Messages, s.pageMessage(c, m, viewer))
	}
	slices.Reverse(h.Messages)
	return h
}
