package workspace

import (
	"regexp"
	"strings"
)

func indexAfter(t, sub string) int {
	i := strings.Index(t, sub)
	if i < 0 {
		return -1
	}
	return i + len(sub)
}

// person checks that user exists and can act, in a channel when one is given.
func (s *Server) person(user, channel string) (*User, *conversation, error) {
	u := s.st.users[user]
	if u == nil || u.Deleted || u.IsBot {
		return nil, nil, &Failure{Code: "user_disabled"}
	}
	if channel == "" {
		return u, nil, nil
	}
	c := s.st.channels[channel]
	if c == nil || !s.st.maySee(user, c) {
		return nil, nil, &Failure{Code: "channel_not_found"}
	}
	return u, c, nil
}

func (s *Server) say(user, channel, text, threadTS string) (string, error) {
	_, c, err := s.person(user, channel)
	if err != nil {
		return "", err
	}
	if c.IsArchived {
		return "", &Failure{Code: "is_archived"}
	}
	if home := s.app.Features.AppHome; c.Kind == KindIM && c.has(s.cfg.BotUser) && (!home.Messages || home.MessagesRead) {
		return "", &Failure{Code: "messages_tab_disabled"}
	}
	if strings.TrimSpace(text) == "" {
		return "", &Failure{Code: "no_text"}
	}
	if threadTS != "" && c.thread(threadTS) != nil {
		return "", &Failure{Code: "message_not_found"}
	}
	if !c.has(user) {
		s.join(c, user)
	}
	m := &message{User: user, Text: text, ThreadTS: threadTS, ClientID: newUUID(), Blocks: encode([]object{richTextOf(text)})}
	s.post(c, m)
	return m.TS, nil
}

var inlinePattern = regexp.MustCompile(`<@([A-Z0-9]+)(?:\|[^>]*)?>|<#([A-Z0-9]+)(?:\|[^>]*)?>|<!(here|channel|everyone)>`)

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func unescape(t string) string { return unescaper.Replace(t) }

var namePattern = regexp.MustCompile(`[@#][\pL\pN._-]+`)

// escapeText is should_escape: &, < and > are escaped, and @name and #name of
// users and channels become <@U1|name> and <#C1|name>.
func (s *Server) escapeText(text string) string {
	users, channels := map[string]string{}, map[string]string{}
	for id, u := range s.st.users {
		users[strings.ToLower(u.Name)] = id
	}
	for id, c := range s.st.channels {
		if c.Name != "" && c.Kind != KindMPIM {
			channels[strings.ToLower(c.Name)] = id
		}
	}
	// Already written as a mention by the page: kept, with its name.
	marks := []string{}
	text = inlinePattern.ReplaceAllStringFunc(text, func(m string) string {
		p := inlinePattern.FindStringSubmatch(m)
		if u := s.st.users[p[1]]; u != nil {
			m = "<@" + u.ID + "|" + u.Name + ">"
		} else if c := s.st.channels[p[2]]; c != nil {
			m = "<#" + c.ID + "|" + c.Name + ">"
		} else {
			return m
		}
		marks = append(marks, m)
		return "\x00"
	})
	text = escaper.Replace(text)
	text = namePattern.ReplaceAllStringFunc(text, func(m string) string {
		name := strings.ToLower(m[1:])
		if m[0] == '@' {
			if id, ok := users[name]; ok {
				return "<@" + id + "|" + name + ">"
			}
		} else if id, ok := channels[name]; ok {
			return "<#" + id + "|" + name + ">"
		}
		return m
	})
	for _, mark := range marks {
		text = strings.Replace(text, "\x00", mark, 1)
	}
	return text
}

// upload stores a person's file and shares it in a channel and thread; without
// a channel it is only kept, for a file_input.
func (s *Server) upload(user, channel, threadTS, name string, content []byte) (*file, error) {
	_, c, err := s.person(user, channel)
	if err != nil {
		return nil, err
	}
	if len(content) == 0 || len(content) > maxFileSize || name == "" {
		return nil, &Failure{Code: "invalid_file"}
	}
	if c != nil && c.thread(threadTS) != nil {
		return nil, &Failure{Code: "message_not_found"}
	}
	f := s.newFile(user, name, content)
	if c == nil {
		s.touch()
		return f, nil
	}
	s.post(c, &message{User: user, Files: []string{f.ID}, ThreadTS: threadTS, Subtype: "file_share", ClientID: newUUID()})
	s.sharedEvent(c, f)
	return f, nil
}

// sharedEvent tells the app that a file was shared where it is, by itself too.
func (s *Server) sharedEvent(c *conversation, f *file) {
	if c.has(s.cfg.BotUser) {
		s.event("file_shared", object{"type": "file_shared", "file_id": f.ID, "user_id": f.User, "file": object{"id": f.ID},
			"channel_id": c.ID, "event_ts": s.st.nextTS(s.now())}, c.ID)
	}
}

// openHome tells the app that its Home ("home") or Messages tab was opened, beside a
// channel ("": beside none).
func (s *Server) openHome(user, tab, beside string) error {
	u, _, err := s.person(user, "")
	if err != nil {
		return err
	}
	if tab == "home" && !s.app.Features.AppHome.Home {
		return &Failure{Code: "not_enabled"}
	}
	c, err := s.openIM(u)
	if err != nil {
		return err
	}
	body := object{"type": "app_home_opened", "user": user, "channel": c.ID, "tab": tab, "event_ts": s.st.nextTS(s.now())}
	if s.subscribed(lookingEvent) {
		body["context"] = s.lookingAt(beside)
	}
	v := s.st.homes[user]
	if tab == "home" {
		frame := PageHome{Type: "home"}
		if v != nil {
			body["view"] = s.viewObject(v)
			frame.View = s.pageView(v)
		}
		s.tellUser(user, frame)
	}
	s.event("app_home_opened", body, c.ID)
	s.touch()
	return nil
}
