package workspace

import (
	"encoding/json"
	"fmt"
	"slices"
)

// finishView gives a checked view its identity. old is the view it replaces.
func (s *Server) finishView(v *View, old *View) {
	v.TeamID, v.AppID, v.BotID = s.cfg.Team.ID, s.cfg.AppID, s.botID
	if old != nil {
		v.ID, v.RootViewID, v.PreviousViewID = old.ID, old.RootViewID, old.PreviousViewID
		if v.ExternalID == "" {
			v.ExternalID = old.ExternalID
		}
		v.State = keepState(old, v)
	} else {
		v.ID = newID("V")
		v.RootViewID = v.ID
	}
	v.Hash = fmt.Sprintf("%d.%s", s.now().Unix(), randomText(8, "abcdefghijkmnpqrstuvwxyzABCDEFGH0123456789"))
}

// keepState keeps what was typed in inputs whose block_id and action_id stayed,
// as Slack does when a view is updated.
func keepState(old, next *View) json.RawMessage {
	var state struct {
		Values map[string]map[string]json.RawMessage `json:"values"`
	}
	if len(old.State) == 0 || json.Unmarshal(old.State, &state) != nil {
		return nil
	}
	stay := map[string]bool{}
	for _, e := range interactive(next.Blocks) {
		stay[e.block+"\x00"+e.action] = true
	}
	for block, actions := range state.Values {
		for action := range actions {
			if !stay[block+"\x00"+action] {
				delete(actions, action)
			}
		}
		if len(actions) == 0 {
			delete(state.Values, block)
		}
	}
	return encode(state)
}

// checkExternalID refuses an external_id that another open view has.
func (s *Server) checkExternalID(id, except string) error {
	if id == "" {
		return nil
	}
	if v := s.viewByExternal(id); v != nil && v.ID != except {
		return refuse("duplicate_external_id")
	}
	return nil
}

func (s *Server) viewByExternal(id string) *View {
	for _, stack := range s.st.modals {
		for _, v := range stack {
			if v.ExternalID == id {
				return v
			}
		}
	}
	for _, v := range s.st.homes {
		if v.ExternalID == id {
			return v
		}
	}
	return nil
}

// findView finds an open modal or Home by id, with its user.
func (s *Server) findView(id string) (*View, string) {
	for user, stack := range s.st.modals {
		for _, v := range stack {
			if v.ID == id {
				return v, user
			}
		}
	}
	for user, v := range s.st.homes {
		if v.ID == id {
			return v, user
		}
	}
	return nil, ""
}

// replaceView puts next in the place of old.
func (s *Server) replaceView(user string, old, next *View) {
	if s.st.homes[user] == old {
		s.st.homes[user] = next
		s.tellUser(user, PageHome{Type: "home", View: s.pageView(next)})
	}
	stack := s.st.modals[user]
	if i := slices.Index(stack, old); i >= 0 {
		stack[i] = next
		s.tellModals(user)
	}
	s.touch()
}

// pushView puts a view on top of a user's stack.
func (s *Server) pushView(user string, v *View) {
	stack := s.st.modals[user]
	if n := len(stack); n > 0 {
		v.RootViewID = stack[0].ID
		previous := stack[n-1].ID
		v.PreviousViewID = &previous
	}
	s.st.modals[user] = append(stack[:len(stack):len(stack)], v)
	s.tellModals(user)
	s.touch()
}

// popView takes a view and what lies above it from the stack.
func (s *Server) popView(user, id string) {
	stack := s.st.modals[user]
	for i, v := range stack {
		if v.ID == id {
			s.st.modals[user] = stack[:i:i]
			s.tellModals(user)
			s.touch()
			return
		}
	}
}

func (s *Server) clearViews(user string) {
	delete(s.st.modals, user)
	s.tellModals(user)
	s.touch()
}

func (s *Server) tellModals(user string) {
	s.tellUser(user, PageModals{Type: "modals", Stack: s.pageStack(user)})
}

func (s *Server) pageStack(user string) []View {
	out := []View{}
	for _, v := range s.st.modals[user] {
		out = append(out, *s.pageView(v))
	}
	return out
}

func (s *Server) pageView(v *View) *View {
	c := *v
	c.Blocks = s.withFileURLs(v.Blocks)
	return &c
}

// viewObject is a view in payloads and answers.
func (s *Server) viewObject(v *View) object {
	o := object{"id": v.ID, "team_id": v.TeamID, "type": v.Type, "blocks": v.Blocks, "private_metadata": v.PrivateMetadata,
		"callback_id": v.CallbackID, "external_id": v.ExternalID, "hash": v.Hash, "clear_on_close": v.ClearOnClose,
		"notify_on_close": v.NotifyOnClose, "root_view_id": v.RootViewID, "previous_view_id": v.PreviousViewID,
		"app_id": v.AppID, "bot_id": v.BotID, "app_installed_team_id": v.TeamID,
		"title": orNull(v.Title), "submit": orNull(v.Submit), "close": orNull(v.Close)}
	o["state"] = object{"values": object{}}
	if len(v.State) > 0 {
		o["state"] = v.State
	}
	return o
}

func orNull(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}
