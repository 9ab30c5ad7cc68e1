package workspace

import (
	"encoding/json"
	"strconv"
	"strings"
)

// spot is a resolved Place: a message in a conversation, or a view.
type spot struct {
	c *conversation
	m *message
	v *View
}

func (p spot) blocks() json.RawMessage {
	if p.v != nil {
		return p.v.Blocks
	}
	return p.m.Blocks
}

func (p spot) reported() json.RawMessage {
	if p.v != nil {
		return p.v.State
	}
	return p.m.inputs
}

func (p spot) report(state values) {
	raw := encode(object{"values": state})
	if p.v != nil {
		p.v.State = raw
	} else {
		p.m.inputs = raw
	}
}

// modal finds a user's open modal; "" is the topmost.
func (s *Server) modal(user, id string) *View {
	stack := s.st.modals[user]
	for i := len(stack) - 1; i >= 0; i-- {
		if id == "" || stack[i].ID == id {
			return stack[i]
		}
	}
	return nil
}

// locate resolves a Place exactly.
func (s *Server) locate(user string, at Place) (spot, error) {
	if at.Channel == "" {
		if v := s.modal(user, at.View); v != nil {
			return spot{v: v}, nil
		}
		if v := s.st.homes[user]; v != nil && (at.View == "" || at.View == v.ID) {
			return spot{v: v}, nil
		}
		return spot{}, &Failure{Code: "view_not_found"}
	}
	_, c, err := s.person(user, at.Channel)
	if err != nil {
		return spot{}, err
	}
	m := c.find(at.TS)
	if m == nil || !s.sees(user, c, m) {
		return spot{}, &Failure{Code: "message_not_found"}
	}
	return spot{c: c, m: m}, nil
}

// find resolves a Place and an element's name in it.
func (s *Server) find(user string, at Place, name string) (spot, element, error) {
	if at.Channel != "" && at.TS == "" {
		_, c, err := s.person(user, at.Channel)
		if err != nil {
			return spot{}, element{}, err
		}
		for i := len(c.messages) - 1; i >= 0; i-- {
			if m := c.messages[i]; s.sees(user, c, m) {
				if e, ok := pick(interactive(m.Blocks), name); ok {
					return spot{c: c, m: m}, e, nil
				}
			}
		}
		return spot{}, element{}, &Failure{Code: "element_not_found"}
	}
	p, err := s.locate(user, at)
	if err != nil {
		return spot{}, element{}, err
	}
	e, ok := pick(interactive(p.blocks()), name)
	if !ok {
		return p, element{}, &Failure{Code: "element_not_found"}
	}
	return p, e, nil
}

func (s *Server) actByName(user string, at Place, name string, choices []string, done func(error)) {
	p, e, err := s.find(user, at, name)
	if err != nil {
		done(err)
		return
	}
	var entry object
	if choices != nil {
		if entry, err = s.choose(p, e, choices); err != nil {
			done(err)
			return
		}
	}
	s.act(user, p, e, entry, "", done)
}

// feedback is what one of the two buttons reports, by its label or value.
func (e element) feedback(name string) (object, error) {
	for _, which := range []string{"positive_button", "negative_button"} {
		if b, ok := e.raw[which].(map[string]any); ok && (plainText(b["text"]) == name || b["value"] == name) {
			return object{"value": b["value"]}, nil
		}
	}
	return nil, &Failure{Code: "choice_not_found"}
}

// choose makes the value of an element from what a person picks.
func (s *Server) choose(p spot, e element, choices []string) (object, error) {
	key := valueKeys[e.kind][0]
	one := strings.Join(choices, "\n")
	if e.kind == "feedback_buttons" {
		return e.feedback(one)
	}
	switch key {
	case "":
		return nil, &Failure{Code: "choice_not_found"}
	case "selected_option", "selected_options":
		picked := []any{}
		for _, c := range choices {
			o, err := optionNamed(e, c)
			if err != nil {
				return nil, err
			}
			picked = append(picked, o)
		}
		if key == "selected_options" {
			return e.valued(picked), nil
		}
		if len(picked) == 0 {
			return e.valued(nil), nil
		}
		return e.valued(picked[0]), nil
	case "selected_date_time":
		n, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return nil, &Failure{Code: "choice_not_found"}
		}
		return e.valued(n), nil
	case "rich_text_value":
		return e.valued(richTextOf(one)), nil
	}
	if strings.HasPrefix(e.kind, "multi_") || key == "files" {
		return e.valued(choices), nil
	}
	if len(choices) == 0 || one == "" {
		return e.valued(nil), nil
	}
	return e.valued(one), nil
}

// optionNamed finds an option by label or value. An external select's options
// are only known to the app: there a choice is written "label=value" or value.
func optionNamed(e element, name string) (object, error) {
	for _, o := range e.options() {
		if v, _ := o["value"].(string); v == name || plainText(o["text"]) == name {
			return o, nil
		}
	}
	if strings.HasSuffix(e.kind, "external_select") {
		label, value, ok := strings.Cut(name, "=")
		if !ok {
			value = name
		}
		return object{"text": object{"type": "plain_text", "text": label, "emoji": true}, "value": value}, nil
	}
	return nil, &Failure{Code: "choice_not_found"}
}

// act delivers block_actions for an element; entry is its new value, nil for a
// button or an unchanged element.
func (s *Server) act(user string, p spot, e element, entry object, key string, done func(error)) {
	u, _, err := s.person(user, "")
	if err != nil {
		done(err)
		return
	}
	if !s.app.Settings.Interactivity.Enabled {
		done(s.problem(user, key, "interactivity_not_enabled", ""))
		return
	}
	state := currentState(p.blocks(), p.reported())
	action := object{"type": e.kind, "action_id": e.action, "block_id": e.block, "action_ts": s.st.nextTS(s.now())}
	for _, k := range []string{"text", "value", "style", "placeholder"} {
		if v, given := e.raw[k]; given {
			action[k] = v
		}
	}
	for k, v := range entry {
		action[k] = v
	}
	if entry != nil && e.stateful() {
		if state[e.block] == nil {
			state[e.block] = map[string]json.RawMessage{}
		}
		state[e.block][e.action] = encode(entry)
	}
	p.report(state)
	payload := s.interaction("block_actions", u)
	payload["actions"] = []object{action}
	s.placeFields(payload, user, p, state)
	s.interact(user, "block_actions", key, payload, nil, done)
	s.touch()
}

// placeFields adds what a payload says of where it happened.
func (s *Server) placeFields(payload object, user string, p spot, state values) {
	if p.v != nil {
		payload["view"] = s.viewObject(p.v)
		payload["container"] = object{"type": "view", "view_id": p.v.ID}
		from := ""
		if p.v.Type == "modal" {
			from = p.v.ID
		}
		payload["trigger_id"] = s.newTrigger(user, from)
		return
	}
	container := object{"type": "message", "message_ts": p.m.TS, "channel_id": p.c.ID, "is_ephemeral": p.m.Viewer != ""}
	if p.m.ThreadTS != "" {
		container["thread_ts"] = p.m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = object{"id": p.c.ID, "name": channelName(p.c)}
	payload["state"] = object{"values": state}
	payload["trigger_id"] = s.newTrigger(user, "")
	payload["response_url"] = s.newResponseURL(responseURL{user: user, channel: p.c.ID, ts: p.m.TS,
		ephemeral: p.m.Viewer != "", threadTS: p.m.ThreadTS})
	if p.m.Viewer == "" { // Slack does not send an ephemeral's content back
		payload["message"] = s.messageObject(p.c, p.m, true)
	}
}
