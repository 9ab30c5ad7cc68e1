package workspace

import "slices"

// between keeps the messages that oldest and latest allow; both bounds count
// only when inclusive is set, as at Slack.
func between(a args, list []*message) ([]*message, error) {
	oldest, latest, inclusive := a.text("oldest"), a.text("latest"), a.yes("inclusive")
	if oldest == "0" {
		oldest = ""
	}
	low, ok1 := boundary(oldest, 0)
	high, ok2 := boundary(latest, 1<<62)
	if !ok1 {
		return nil, refuse("invalid_ts_oldest")
	}
	if !ok2 {
		return nil, refuse("invalid_ts_latest")
	}
	var out []*message
	for _, m := range list {
		us, _ := boundary(m.TS, 0)
		if us > low && us < high || inclusive && (us == low || us == high) {
			out = append(out, m)
		}
	}
	return out, nil
}

func conversationsHistory(s *Server, a args) (object, error) {
	c, err := s.readable(a.text("channel"), "history")
	if err != nil {
		return nil, err
	}
	if !c.has(s.cfg.BotUser) {
		return nil, refuse("not_in_channel")
	}
	var list []*message
	for _, m := range c.messages {
		if m.Viewer == "" && (m.ThreadTS == "" || m.ThreadTS == m.TS || m.Subtype == "thread_broadcast") {
			list = append(list, m)
		}
	}
	if list, err = between(a, list); err != nil {
		return nil, err
	}
	slices.Reverse(list) // newest first
	return s.messagePage(a, c, list)
}

func conversationsReplies(s *Server, a args) (object, error) {
	c, err := s.readable(a.text("channel"), "history")
	if err != nil {
		return nil, err
	}
	if !c.has(s.cfg.BotUser) {
		return nil, refuse("not_in_channel")
	}
	root := c.find(a.text("ts"))
	if root == nil || root.Viewer != "" {
		return nil, refuse("thread_not_found")
	}
	if root.ThreadTS != "" && root.ThreadTS != root.TS {
		if root = c.find(root.ThreadTS); root == nil {
			return nil, refuse("thread_not_found")
		}
	}
	replies, err := between(a, c.replies(root.TS, ""))
	if err != nil {
		return nil, err
	}
	return s.messagePage(a, c, append([]*message{root}, replies...))
}

func (s *Server) messagePage(a args, c *conversation, list []*message) (object, error) {
	objects := make([]object, len(list))
	for i, m := range list {
		objects[i] = s.messageObject(c, m, a.yes("include_all_metadata"))
	}
	out, err := paged(a, "messages", objects)
	if err != nil {
		return nil, err
	}
	next := out["response_metadata"].(object)["next_cursor"] != ""
	out["has_more"] = next
	if !next {
		delete(out, "response_metadata")
	}
	return out, nil
}
