package workspace

import (
	"encoding/json"
	"fmt"
)

// fillIn sets inputs of a modal as a person would type or pick them.
func (s *Server) fillIn(user string, v *View, wanted map[string]any) error {
	state := currentState(v.Blocks, v.State)
	list := interactive(v.Blocks)
	for name, value := range wanted {
		e, ok := pick(list, name)
		if !ok {
			return &Failure{Code: "element_not_found"}
		}
		var choices []string
		switch t := value.(type) {
		case string:
			choices = []string{t}
		case []string:
			choices = t
		default:
			choices = []string{fmt.Sprint(t)}
		}
		entry, err := s.choose(spot{v: v}, e, choices)
		if err != nil {
			return err
		}
		state[e.block][e.action] = encode(entry)
	}
	v.State = encode(object{"values": state})
	return nil
}

// submit sends view_submission, after Slack's own check that what is required
// was filled in, and does what the acknowledgement says.
func (s *Server) submit(user string, v *View, key string, done func(error)) {
	u, _, err := s.person(user, "")
	if err != nil {
		done(err)
		return
	}
	state := currentState(v.Blocks, v.State)
	s.describeFiles(v, state)
	v.State = encode(object{"values": state})
	missing := FieldErrors{}
	for _, e := range interactive(v.Blocks) {
		if e.input && !e.optional && e.empty(state[e.block][e.action]) {
			missing[e.block] = s.required(u)
		}
	}
	if len(missing) > 0 {
		s.tellUser(user, PageViewErrors{Type: "view_errors", View: v.ID, Errors: missing})
		done(missing)
		return
	}
	payload := s.interaction("view_submission", u)
	payload["view"], payload["trigger_id"] = s.viewObject(v), s.newTrigger(user, v.ID)
	payload["response_urls"] = s.submissionURLs(user, v, state)
	id, hash := v.ID, v.Hash
	s.interact(user, "view_submission", key, payload, func(raw json.RawMessage) error {
		return s.answerSubmission(user, id, hash, key, raw)
	}, done)
	s.touch()
}

// describeFiles gives every file picked in a file_input as the file object that
// Slack sends; unknown files fall away.
func (s *Server) describeFiles(v *View, state values) {
	for _, e := range interactive(v.Blocks) {
		if e.kind != "file_input" {
			continue
		}
		var picked struct {
			Files []json.RawMessage `json:"files"`
		}
		_ = json.Unmarshal(state[e.block][e.action], &picked) // unreadable: nothing picked
		files := []object{}
		for _, raw := range picked.Files {
			var ref struct {
				ID string `json:"id"`
			}
			if json.Unmarshal(raw, &ref.ID) != nil {
				_ = json.Unmarshal(raw, &ref) // neither: no id
			}
			if f := s.st.files[ref.ID]; f != nil {
				files = append(files, s.fileObject(f))
			}
		}
		state[e.block][e.action] = encode(object{"type": e.kind, "files": files})
	}
}

func (s *Server) required(u *User) string {
	if len(u.Locale) >= 2 && u.Locale[:2] == "nl" {
		return "Vul dit verplichte veld in."
	}
	return "Please complete this required field."
}

// submissionURLs are the response_urls that response_url_enabled selects ask for.
func (s *Server) submissionURLs(user string, v *View, state values) []object {
	out := []object{}
	for _, e := range interactive(v.Blocks) {
		if e.raw["response_url_enabled"] != true {
			continue
		}
		var picked struct {
			Channel      string `json:"selected_channel"`
			Conversation string `json:"selected_conversation"`
		}
		_ = json.Unmarshal(state[e.block][e.action], &picked) // absent: nothing picked
		id := picked.Channel + picked.Conversation
		if c := s.st.channels[id]; c != nil {
			out = append(out, object{"block_id": e.block, "action_id": e.action, "channel_id": id,
				"response_url": s.newResponseURL(responseURL{user: user, channel: id})})
		}
	}
	return out
}

// answerSubmission applies response_action; an empty acknowledgement closes the view.
// hash is the view's when it was submitted.
func (s *Server) answerSubmission(user, id, hash, key string, raw json.RawMessage) error {
	v := s.modal(user, id)
	if v == nil {
		return nil // closed meanwhile
	}
	var answer struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &answer) != nil {
		return s.problem(user, key, "invalid_response", "")
	}
	switch answer.Action {
	case "":
		s.popView(user, id)
	case "clear":
		s.clearViews(user)
	case "errors":
		return s.answerErrors(user, key, v, answer.Errors)
	case "update", "push":
		next, err := s.readView(surfaceModal, answer.View)
		if err == nil {
			except := ""
			if answer.Action == "update" {
				except = v.ID
			}
			err = s.checkExternalID(next.ExternalID, except)
		}
		if err == nil && answer.Action == "push" && len(s.st.modals[user]) >= modalDepth {
			err = refuse("push_limit_reached")
		}
		if err != nil {
			s.remember("", PageError{Type: "error", Text: refusalText(err)})
			return s.problem(user, key, "invalid_response", "")
		}
		if answer.Action == "update" {
			if s.cfg.NewestWins && v.Hash != hash {
				return nil
			}
			s.finishView(next, v)
			s.replaceView(user, v, next)
			return nil
		}
		s.finishView(next, nil)
		s.pushView(user, next)
	default:
		return s.problem(user, key, "invalid_response", "")
	}
	return nil
}

// refusalText is a refusal with its pointers, for Refusals.
func refusalText(err error) string {
	if e, ok := err.(*apiError); ok {
		return string(encode(e.body()))
	}
	return err.Error()
}

// answerErrors shows field errors; each key must be the block_id of an input block.
func (s *Server) answerErrors(user, key string, v *View, errs map[string]string) error {
	inputs := map[string]bool{}
	for _, e := range interactive(v.Blocks) {
		if e.input {
			inputs[e.block] = true
		}
	}
	if len(errs) == 0 {
		return s.problem(user, key, "invalid_response", "")
	}
	for block, text := range errs {
		if !inputs[block] || text == "" {
			return s.problem(user, key, "invalid_response", "")
		}
	}
	s.tellUser(user, PageViewErrors{Type: "view_errors", View: v.ID, Errors: errs})
	return FieldErrors(errs)
}

// closeView closes a modal; view_closed goes to the app for those that want it.
func (s *Server) closeView(user string, v *View, all bool, done func(error)) {
	u, _, err := s.person(user, "")
	if err != nil {
		done(err)
		return
	}
	all = all || v.ClearOnClose
	var closed []*View
	if all {
		closed = s.st.modals[user]
		s.clearViews(user)
	} else {
		closed = []*View{v}
		s.popView(user, v.ID)
	}
	told := []*View{}
	for i := len(closed) - 1; i >= 0; i-- {
		if closed[i].NotifyOnClose {
			told = append(told, closed[i])
		}
	}
	waiting := len(told)
	if waiting == 0 {
		done(nil)
		return
	}
	for _, c := range told {
		payload := s.interaction("view_closed", u)
		payload["view"], payload["is_cleared"] = s.viewObject(c), all
		s.interact(user, "view_closed", "", payload, nil, func(err error) {
			if waiting--; waiting == 0 {
				done(err)
			}
		})
	}
}
