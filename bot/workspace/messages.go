package workspace

import (
	"bytes"
	"encoding/json"
	"slices"
)

// content is a checked message body.
type content struct {
	text        string
	blocks      json.RawMessage
	attachments json.RawMessage
	files       []string // slack_file images in the blocks
}

// maxText is the most characters of a message's top-level text (SLACK.md).
const maxText = 4_000

// content checks text, blocks and attachments for a surface.
func (s *Server) content(at surface, text string, blocks, attachments json.RawMessage) (content, error) {
	var out content
	if runes(text) > maxText {
		return out, refuse("msg_too_long")
	}
	if !present(blocks) && !present(attachments) && text == "" {
		return out, refuse("no_text")
	}
	out.text = text
	if present(blocks) {
		checked := s.validateBlocks(at, blocks)
		if len(checked.errors) > 0 {
			return out, invalidBlocks(checked.errors)
		}
		out.blocks, out.files = checked.blocks, checked.files
	}
	if present(attachments) {
		fixed, errs := s.checkAttachments(at, attachments)
		if len(errs) > 0 {
			return out, invalidBlocks(errs)
		}
		out.attachments = fixed
	}
	return out, nil
}

// present says whether a JSON argument was given and is not an empty list.
func present(raw json.RawMessage) bool {
	t := bytes.TrimSpace(raw)
	return len(t) > 0 && !bytes.Equal(t, []byte("null")) && !bytes.Equal(t, []byte("[]"))
}

// post stores a new message, gives it its ts and tells pages and app.
func (s *Server) post(c *conversation, m *message) {
	m.TS = s.st.nextTS(s.now())
	c.add(m)
	if m.Viewer == "" {
		if c.Read == nil {
			c.Read = map[string]string{}
		}
		if m.User != "" {
			c.Read[m.User] = m.TS
		}
	}
	s.shareFiles(c, m)
	s.tellMessage("message", c, m)
	if m.Viewer == "" {
		if root := c.find(m.ThreadTS); root != nil && root != m {
			s.tellMessage("message_changed", c, root) // its reply count changed
		}
		s.messageEvent(c, m, nil, "")
	}
	s.touch()
}

// changeMessage replaces what a message says.
func (s *Server) changeMessage(c *conversation, m *message, to content) {
	before := *m
	m.Text, m.Blocks, m.Attachments, m.inputs = to.text, to.blocks, to.attachments, nil
	if m.Viewer == "" {
		m.Edited = s.st.nextTS(s.now())
	}
	s.shareFiles(c, m)
	s.tellMessage("message_changed", c, m)
	if m.Viewer == "" {
		s.messageEvent(c, m, &before, "message_changed")
	}
	s.touch()
}

func (s *Server) deleteMessage(c *conversation, m *message) {
	c.remove(m)
	frame := PageDeleted{Type: "message_deleted", Channel: c.ID, TS: m.TS}
	for p := range s.pages {
		if s.sees(p.user, c, m) {
			p.offer(frame)
		}
	}
	if root := c.find(m.ThreadTS); root != nil {
		s.tellMessage("message_changed", c, root)
	}
	if m.Viewer == "" {
		s.messageEvent(c, m, m, "message_deleted")
	}
	s.touch()
}

// sees says whether a viewer may see a message.
func (s *Server) sees(viewer string, c *conversation, m *message) bool {
	return (m.Viewer == "" || m.Viewer == viewer) && s.st.maySee(viewer, c)
}

func (s *Server) tellMessage(kind string, c *conversation, m *message) {
	for p := range s.pages {
		if s.sees(p.user, c, m) {
			p.offer(PageMessage{Type: kind, Channel: c.ID, Message: s.pageMessage(c, m, p.user)})
		}
	}
}

// pageMessage is a message as one viewer gets it.
func (s *Server) pageMessage(c *conversation, m *message, viewer string) Message {
	out := Message{TS: m.TS, ThreadTS: m.ThreadTS, User: m.User, BotID: m.BotID, Text: m.Text,
		Blocks: s.withFileURLs(m.Blocks), Attachments: m.Attachments, EditedMS: tsMillis(m.Edited), Ephemeral: m.Viewer != "",
		Subtype: m.Subtype, Reactions: slices.Clone(m.Reactions)}
	if m.Viewer == "" {
		out.Permalink = s.permalink(c, m)
	}
	for _, id := range m.Files {
		if f := s.st.files[id]; f != nil {
			out.Files = append(out.Files, s.pageFile(f))
		}
	}
	replies := c.replies(m.TS, viewer)
	out.ReplyCount = len(replies)
	for _, r := range replies {
		if !slices.Contains(out.ReplyUsers, r.User) {
			out.ReplyUsers = append(out.ReplyUsers, r.User)
		}
		out.LatestReply = r.TS
	}
	if out.ReplyCount > 0 && out.ThreadTS == "" {
		out.ThreadTS = m.TS
	}
	return out
}

// messageObject is a message in the Web API's and events' shape.
func (s *Server) messageObject(c *conversation, m *message, metadata bool) object {
	o := object{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": s.teamOf(m.User)}
	if m.Subtype != "" {
		o["subtype"] = m.Subtype
	}
	if m.BotID != "" {
		o["bot_id"], o["app_id"] = m.BotID, s.cfg.AppID
		o["bot_profile"] = object{"id": m.BotID, "app_id": s.cfg.AppID, "name": s.app.Display.Name,
			"team_id": s.cfg.Team.ID, "deleted": false, "updated": s.start.Unix(), "icons": object{}}
	}
	if m.ClientID != "" {
		o["client_msg_id"] = m.ClientID
	}
	if m.Blocks != nil {
		o["blocks"] = m.Blocks
	}
	if m.Attachments != nil {
		o["attachments"] = m.Attachments
	}
	if metadata && m.Metadata != nil {
		o["metadata"] = m.Metadata
	}
	if m.Edited != "" {
		o["edited"] = object{"user": m.User, "ts": m.Edited}
	}
	s.threadFields(o, c, m)
	if len(m.Files) > 0 {
		files := []object{}
		for _, id := range m.Files {
			if f := s.st.files[id]; f != nil {
				files = append(files, s.fileObject(f))
			}
		}
		o["files"], o["upload"] = files, true
	}
	if len(m.Reactions) > 0 {
		o["reactions"] = m.Reactions
	}
	return o
}

func (s *Server) threadFields(o object, c *conversation, m *message) {
	if m.ThreadTS != "" {
		o["thread_ts"] = m.ThreadTS
		if root := c.find(m.ThreadTS); root != nil && root != m {
			o["parent_user_id"] = root.User
		}
	}
	replies := c.replies(m.TS, "")
	if len(replies) == 0 {
		return
	}
	users := []string{}
	for _, r := range replies {
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	o["thread_ts"], o["reply_count"], o["reply_users_count"] = m.TS, len(replies), len(users)
	o["reply_users"], o["latest_reply"] = users, replies[len(replies)-1].TS
}

func (s *Server) teamOf(user string) string {
	if u := s.st.users[user]; u != nil {
		return u.TeamID
	}
	return s.cfg.Team.ID
}

func (s *Server) permalink(c *conversation, m *message) string {
	digits := ""
	for _, r := range m.TS {
		if r != '.' {
			digits += string(r)
		}
	}
	link := "https://" + s.cfg.Team.Domain + ".slack.com/archives/" + c.ID + "/p" + digits
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + c.ID
	}
	return link
}
