package workspace

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// responseURL lets the app answer one interaction, five times in 30 minutes.
type responseURL struct {
	user, channel string
	ts            string // the message that was acted on, "" for commands
	ephemeral     bool
	threadTS      string
	expires       time.Time
	uses          int
}

func (s *Server) newResponseURL(u responseURL) string {
	now := s.now()
	if len(s.urls) >= s.sweepURLs {
		for id, o := range s.urls {
			if now.After(o.expires) {
				delete(s.urls, id)
			}
		}
		s.sweepURLs = max(sweepAt, 2*len(s.urls))
	}
	u.expires = now.Add(responseURLLife)
	id := s.cfg.Team.ID + "/" + randomHex(16)
	s.urls[id] = &u
	return s.base + "/response/" + id
}

// reply is what a response_url or a command's acknowledgement may say.
type reply struct {
	Text            *string         `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	Metadata        json.RawMessage `json:"metadata"`
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
}

// serveResponse is the /response/ endpoint. It answers "ok" in plain text, or
// {"ok":false,"error":…}, as hooks.slack.com does.
func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBytes))
	var rep reply
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		err = errors.New("form")
	}
	if err != nil || json.Unmarshal(raw, &rep) != nil {
		writeJSON(w, http.StatusBadRequest, object{"ok": false, "error": "invalid_payload"})
		return
	}
	s.mu.Lock()
	drop, status := s.roulette("response_url")
	if status != 0 {
		s.mu.Unlock()
		s.answerFault(w, status)
		return
	}
	err = s.respond(strings.TrimPrefix(r.URL.Path, "/response/"), rep)
	s.mu.Unlock()
	if drop {
		panic(http.ErrAbortHandler)
	}
	var e *apiError
	if errors.As(err, &e) {
		code := http.StatusBadRequest
		if e.code == "expired_url" || e.code == "used_url" {
			code = http.StatusNotFound
		}
		writeJSON(w, code, e.body())
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok")
}

// respond uses a response_url once.
func (s *Server) respond(id string, rep reply) error {
	u := s.urls[id]
	switch {
	case u == nil || s.now().After(u.expires):
		return refuse("expired_url")
	case u.uses >= responseURLUses:
		return refuse("used_url")
	}
	if err := s.answerWith(u, rep); err != nil {
		return err
	}
	u.uses++
	s.touch()
	return nil
}

// answerWith posts, replaces or deletes as rep says, with mu held.
func (s *Server) answerWith(u *responseURL, rep reply) error {
	c := s.st.channels[u.channel]
	if c == nil {
		return refuse("channel_not_found")
	}
	if rep.DeleteOriginal {
		m := c.find(u.ts)
		if m == nil {
			return refuse("message_not_found")
		}
		s.deleteMessage(c, m)
		return nil
	}
	text := ""
	if rep.Text != nil {
		text = *rep.Text
	}
	surface := surfaceMessage
	public := rep.ResponseType == "in_channel"
	if rep.ReplaceOriginal {
		public = !u.ephemeral
	}
	if !public {
		surface = surfaceEphemeral
	}
	content, err := s.content(surface, text, rep.Blocks, rep.Attachments)
	if err != nil {
		return err
	}
	if rep.ReplaceOriginal {
		m := c.find(u.ts)
		if m == nil {
			return refuse("message_not_found")
		}
		s.changeMessage(c, m, content)
		return nil
	}
	meta, err := args{"metadata": rep.Metadata}.metadata()
	if err != nil {
		return err
	}
	if err := c.thread(rep.ThreadTS); err != nil {
		return err
	}
	m := &message{User: s.cfg.BotUser, BotID: s.botID, Text: content.text, Blocks: content.blocks,
		Attachments: content.attachments, Metadata: meta, ThreadTS: rep.ThreadTS}
	if m.ThreadTS == "" && u.threadTS != "" && !public {
		m.ThreadTS = u.threadTS
	}
	if !public {
		m.Viewer = u.user
	}
	s.post(c, m)
	return nil
}
