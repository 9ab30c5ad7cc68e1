package workspace

import (
	"encoding/json"
	"strings"
)

// working tells a user's pages that an interaction waits, and returns done
// wrapped so that the waiting ends with it.
func (s *Server) working(user, key string, done func(error)) func(error) {
	if key == "" {
		return done
	}
	s.tellUser(user, PageWorking{Type: "working", Key: key, On: true})
	return func(err error) {
		s.tellUser(user, PageWorking{Type: "working", Key: key, On: false})
		done(err)
	}
}

// channelName is what payloads call a conversation.
func channelName(c *conversation) string {
	switch c.Kind {
	case KindIM:
		return "directmessage"
	case KindPrivate:
		return "privategroup"
	}
	return c.Name
}

func (s *Server) command(user, channel, name, text, key string, done func(error)) {
	u, c, err := s.person(user, channel)
	if err != nil {
		done(err)
		return
	}
	var entry *manifestCommand
	for i := range s.app.Features.Commands {
		if strings.EqualFold(s.app.Features.Commands[i].Command, name) {
			entry = &s.app.Features.Commands[i]
		}
	}
	if entry == nil || !s.may("commands") {
		done(s.problem(user, key, "unknown_command", name))
		return
	}
	if entry.ShouldEscape {
		text = s.escapeText(text)
	}
	done = s.working(user, key, done)
	url := responseURL{user: user, channel: channel}
	payload := object{"token": "verification", "team_id": s.cfg.Team.ID, "team_domain": s.cfg.Team.Domain,
		"channel_id": c.ID, "channel_name": channelName(c), "user_id": u.ID, "user_name": u.Name,
		"command": entry.Command, "text": strings.TrimSpace(text), "api_app_id": s.cfg.AppID,
		"is_enterprise_install": "false", "response_url": s.newResponseURL(url), "trigger_id": s.newTrigger(user, "")}
	s.dispatch(&envelope{kind: "slash_commands", inner: "slash_commands", payload: encode(payload), accepts: true,
		onAck: func(answer json.RawMessage) {
			if err := s.answerCommand(&url, answer); err != nil {
				done(s.problem(user, key, "invalid_response", name))
				return
			}
			done(nil)
		},
		onFail: func(code string) { done(s.problem(user, key, code, name)) }})
}

// answerCommand posts the payload of a command's acknowledgement, if it has one.
func (s *Server) answerCommand(url *responseURL, answer json.RawMessage) error {
	if !present(answer) || string(answer) == "{}" || string(answer) == `""` {
		return nil
	}
	var text string
	var rep reply
	if json.Unmarshal(answer, &text) == nil {
		rep.Text = &text
	} else if err := json.Unmarshal(answer, &rep); err != nil {
		return err
	}
	return s.answerWith(url, rep)
}

func (s *Server) shortcut(user, callbackID string, at Place, key string, done func(error)) {
	u, c, err := s.person(user, at.Channel)
	if err != nil {
		done(err)
		return
	}
	kind := "global"
	if at.TS != "" {
		kind = "message"
	}
	known := false
	for _, sc := range s.app.Features.Shortcuts {
		known = known || sc.CallbackID == callbackID && sc.Type == kind
	}
	if !known || !s.app.Settings.Interactivity.Enabled || !s.may("commands") {
		done(s.problem(user, key, "unknown_shortcut", callbackID))
		return
	}
	payload := s.interaction("shortcut", u)
	payload["callback_id"], payload["action_ts"] = callbackID, s.st.nextTS(s.now())
	payload["trigger_id"] = s.newTrigger(user, "")
	if kind == "message" {
		m := c.find(at.TS)
		if m == nil || !s.sees(user, c, m) || m.Viewer != "" {
			done(&Failure{Code: "message_not_found"})
			return
		}
		payload["type"], payload["message_ts"] = "message_action", m.TS
		payload["channel"] = object{"id": c.ID, "name": channelName(c)}
		payload["message"] = s.messageObject(c, m, true)
		payload["response_url"] = s.newResponseURL(responseURL{user: user, channel: c.ID, ts: m.TS})
	}
	inner, _ := payload["type"].(string)
	s.interact(user, inner, key, payload, nil, done)
}

// interaction is what every interactive payload begins with.
func (s *Server) interaction(kind string, u *User) object {
	return object{"type": kind, "token": "verification", "api_app_id": s.cfg.AppID, "enterprise": nil, "is_enterprise_install": false,
		"team": object{"id": s.cfg.Team.ID, "domain": s.cfg.Team.Domain},
		"user": object{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.TeamID}}
}

// interact delivers an interactive payload; answer, when not nil, gets the
// acknowledgement's payload.
func (s *Server) interact(user, inner, key string, payload object, answer func(json.RawMessage) error, done func(error)) {
	done = s.working(user, key, done)
	s.dispatch(&envelope{kind: "interactive", inner: inner, payload: encode(payload), accepts: answer != nil,
		onAck: func(raw json.RawMessage) {
			if answer == nil {
				done(nil)
				return
			}
			done(answer(raw))
		},
		onFail: func(code string) { done(s.problem(user, key, code, "")) }})
}
