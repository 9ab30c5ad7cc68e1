package workspace

import (
	"encoding/json"
)

// suggest asks the app for an external select's options.
func (s *Server) suggest(user string, p spot, e element, typed, key string, done func(json.RawMessage, error)) {
	u, _, err := s.person(user, "")
	if err != nil {
		done(nil, err)
		return
	}
	least := 3
	if n, ok := e.raw["min_query_length"].(json.Number); ok {
		if i, err := n.Int64(); err == nil {
			least = int(i)
		}
	}
	switch {
	case e.kind != "external_select" && e.kind != "multi_external_select":
		done(nil, &Failure{Code: "element_not_found"})
		return
	case runes(typed) < least:
		done(nil, &Failure{Code: "query_too_short"})
		return
	}
	payload := s.interaction("block_suggestion", u)
	payload["action_id"], payload["block_id"], payload["value"] = e.action, e.block, typed
	s.placeFields(payload, user, p, currentState(p.blocks(), p.reported()))
	for _, k := range []string{"trigger_id", "response_url", "state"} {
		delete(payload, k)
	}
	var answer json.RawMessage
	s.interact(user, "block_suggestion", key, payload, func(raw json.RawMessage) error {
		checked, err := s.checkOptions(raw)
		if err != nil {
			return s.problem(user, key, "invalid_response", "")
		}
		answer = checked
		return nil
	}, func(err error) { done(answer, err) })
}

// checkOptions checks {"options":[…]} or {"option_groups":[…]}, at most 100 each.
func (s *Server) checkOptions(raw json.RawMessage) (json.RawMessage, error) {
	v, err := decodeJSON(raw)
	m, ok := v.(object)
	if err != nil || !ok {
		return nil, refuse("invalid_response")
	}
	c := s.newChecker(surfaceMessage)
	_, flat := m["options"]
	_, grouped := m["option_groups"]
	switch {
	case flat == grouped:
		c.fail("", "must provide either options or option_groups")
	case flat:
		c.options("", m, "options", 0, 100, false)
	default:
		c.optionGroups("", m, 0, 100)
	}
	if len(c.errors) > 0 {
		s.remember("", PageError{Type: "error", Text: c.errors[0]})
		return nil, refuse("invalid_response")
	}
	return encode(m), nil
}
