package workspace

import (
	"encoding/json"
	"strings"
)

// reach finds the conversation that a channel argument names for posting. A
// user id opens that person's direct message, as chat.postMessage does.
func (s *Server) reach(id string) (*conversation, error) {
	c := s.st.channels[id]
	if u := s.st.users[id]; u != nil && id != s.cfg.BotUser {
		var err error
		if c, err = s.openIM(u); err != nil {
			return nil, err
		}
	}
	switch {
	case c == nil, c.Kind != KindChannel && !c.has(s.cfg.BotUser):
		return nil, refuse("channel_not_found")
	case c.IsArchived:
		return nil, refuse("is_archived")
	case c.Kind == KindIM && s.refusesDM(c) != "":
		return nil, refuse(s.refusesDM(c))
	case c.Kind == KindIM && !s.app.Features.AppHome.Messages:
		return nil, refuse("messages_tab_disabled")
	case !c.has(s.cfg.BotUser) && !s.may("chat:write.public"):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// refusesDM is why the person in c takes no message of the bot; empty: they do.
func (s *Server) refusesDM(c *conversation) string {
	if u := s.st.users[c.other(s.cfg.BotUser)]; u != nil {
		return u.RefusesDM
	}
	return ""
}

// metadata reads the metadata argument: event_type and an object event_payload.
func (a args) metadata() (json.RawMessage, error) {
	raw := a.json("metadata")
	if len(raw) == 0 {
		return nil, nil
	}
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return nil, refuse("invalid_metadata_format")
	}
	if m.Type == "" && len(m.Payload) == 0 {
		return nil, nil // clients that always send the field send it empty
	}
	if m.Type == "" || m.Payload == nil {
		return nil, refuse("invalid_metadata_schema")
	}
	if len(raw) > 16_000 {
		return nil, refuse("metadata_too_large")
	}
	return json.RawMessage(raw), nil
}

// newMessage makes a checked, not yet posted message of the bot.
func (s *Server) newMessage(at surface, a args) (*message, error) {
	to, err := s.content(at, a.text("text"), a.json("blocks"), a.json("attachments"))
	if err != nil {
		return nil, err
	}
	meta, err := a.metadata()
	if err != nil {
		return nil, err
	}
	return &message{User: s.cfg.BotUser, BotID: s.botID, Text: to.text, Blocks: to.blocks,
		Attachments: to.attachments, Metadata: meta}, nil
}

// thread checks thread_ts: it must name a message that is no reply itself.
func (c *conversation) thread(ts string) error {
	if ts == "" {
		return nil
	}
	if m := c.find(ts); m == nil || m.ThreadTS != "" && m.ThreadTS != m.TS {
		return refuse("invalid_thread_ts")
	}
	return nil
}

func chatPostMessage(s *Server, a args) (object, error) {
	c, err := s.reach(a.text("channel"))
	if err != nil {
		return nil, err
	}
	m, err := s.newMessage(surfaceMessage, a)
	if err != nil {
		return nil, err
	}
	if m.ThreadTS = a.text("thread_ts"); m.ThreadTS != "" {
		if err := c.thread(m.ThreadTS); err != nil {
			return nil, err
		}
		if a.yes("reply_broadcast") {
			m.Subtype = "thread_broadcast"
		}
	}
	s.post(c, m)
	return object{"channel": c.ID, "ts": m.TS, "message": s.messageObject(c, m, true)}, nil
}

func chatPostEphemeral(s *Server, a args) (object, error) {
	c := s.st.channels[a.text("channel")]
	if c == nil {
		return nil, refuse("channel_not_found")
	}
	if c.IsArchived {
		return nil, refuse("is_archived")
	}
	if !c.has(s.cfg.BotUser) {
		return nil, refuse("not_in_channel")
	}
	user := a.text("user")
	if s.st.users[user] == nil || !c.has(user) {
		return nil, refuse("user_not_in_channel")
	}
	m, err := s.newMessage(surfaceEphemeral, a)
	if err != nil {
		return nil, err
	}
	if m.ThreadTS = a.text("thread_ts"); m.ThreadTS != "" {
		if err := c.thread(m.ThreadTS); err != nil {
			return nil, err
		}
	}
	m.Viewer = user
	s.post(c, m)
	return object{"message_ts": m.TS}, nil
}

// own finds a public message of the bot to change.
func (s *Server) own(a args, foreign string) (*conversation, *message, error) {
	c := s.st.channels[a.text("channel")]
	if c == nil || c.Kind != KindChannel && !c.has(s.cfg.BotUser) {
		return nil, nil, refuse("channel_not_found")
	}
	m := c.find(a.text("ts"))
	if m == nil || m.Viewer != "" { // nobody can reach an ephemeral this way
		return nil, nil, refuse("message_not_found")
	}
	if m.User != s.cfg.BotUser {
		return nil, nil, refuse(foreign)
	}
	return c, m, nil
}

func chatUpdate(s *Server, a args) (object, error) {
	c, m, err := s.own(a, "cant_update_message")
	if err != nil {
		return nil, err
	}
	// What is not given stays; an empty list removes it.
	text, blocks, attachments := a.text("text"), a.json("blocks"), a.json("attachments")
	if a["text"] == nil && a["blocks"] == nil && a["attachments"] == nil {
		return nil, refuse("no_text")
	}
	if a["text"] == nil {
		text = m.Text
	}
	if blocks == nil {
		blocks = m.Blocks
	}
	if attachments == nil {
		attachments = m.Attachments
	}
	to, err := s.content(surfaceMessage, text, blocks, attachments)
	if err != nil {
		return nil, err
	}
	meta, err := a.metadata()
	if err != nil {
		return nil, err
	}
	if meta != nil {
		m.Metadata = meta
	}
	s.changeMessage(c, m, to)
	return object{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": s.messageObject(c, m, true)}, nil
}

func chatDelete(s *Server, a args) (object, error) {
	c, m, err := s.own(a, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.deleteMessage(c, m)
	return object{"channel": c.ID, "ts": m.TS}, nil
}

func chatGetPermalink(s *Server, a args) (object, error) {
	c := s.st.channels[a.text("channel")]
	if c == nil || !s.st.maySee(s.cfg.BotUser, c) {
		return nil, refuse("channel_not_found")
	}
	m := c.find(a.text("message_ts"))
	if m == nil || m.Viewer != "" {
		return nil, refuse("message_not_found")
	}
	return object{"channel": c.ID, "permalink": s.permalink(c, m)}, nil
}

func reactionsAdd(s *Server, a args) (object, error) {
	c := s.st.channels[a.text("channel")]
	if c == nil || !c.has(s.cfg.BotUser) {
		return nil, refuse("channel_not_found")
	}
	m := c.find(a.text("timestamp"))
	name := strings.Trim(a.text("name"), ":")
	switch {
	case m == nil || m.Viewer != "":
		return nil, refuse("message_not_found")
	case name == "":
		return nil, refuse("invalid_name")
	}
	if !m.react(name, s.cfg.BotUser) {
		return nil, refuse("already_reacted")
	}
	s.tellMessage("message_changed", c, m)
	s.touch()
	return nil, nil
}

// react adds a reaction and reports whether it was new.
func (m *message) react(name, user string) bool {
	for i := range m.Reactions {
		r := &m.Reactions[i]
		if r.Name != name {
			continue
		}
		for _, u := range r.Users {
			if u == user {
				return false
			}
		}
		r.Users, r.Count = append(r.Users[:len(r.Users):len(r.Users)], user), r.Count+1
		return true
	}
	m.Reactions = append(m.Reactions, Reaction{Name: name, Users: []string{user}, Count: 1})
	return true
}

func reactionsGet(s *Server, a args) (object, error) {
	c := s.st.channels[a.text("channel")]
	if c == nil || !s.st.maySee(s.cfg.BotUser, c) {
		return nil, refuse("channel_not_found")
	}
	m := c.find(a.text("timestamp"))
	if m == nil || m.Viewer != "" {
		return nil, refuse("message_not_found")
	}
	return object{"type": "message", "channel": c.ID, "message": s.messageObject(c, m, false)}, nil
}
