package workspace

import (
	"encoding/json"
	"strconv"
)

const maxViewBytes = 250 * 1024

// readView checks a view argument for a surface ("modal" or "home") and makes
// the View, still without id and hash. Errors are invalid_arguments with
// pointers below /view, as Slack's views methods give them.
func (s *Server) readView(at surface, raw json.RawMessage) (*View, error) {
	if len(raw) == 0 {
		return nil, invalidArguments([]string{"[ERROR] missing required field: view"})
	}
	if len(raw) > maxViewBytes {
		return nil, refuse("view_too_large")
	}
	v, err := decodeJSON(raw)
	m, ok := v.(object)
	if err != nil || !ok {
		return nil, invalidArguments([]string{"[ERROR] must provide an object [json-pointer:/view]"})
	}
	c := s.newChecker(at)
	const ptr = "/view"
	if m["type"] != string(at) {
		c.fail(ptr+"/type", "must be %s", string(at))
	}
	hasInput := false
	list := c.list(ptr, m, "blocks", 0, 100)
	if _, given := m["blocks"]; !given {
		c.fail(ptr, "missing required field: blocks")
	}
	for i, b := range list {
		c.block(ptr+"/blocks/"+strconv.Itoa(i), b, nil)
		if o, ok := b.(object); ok && o["type"] == "input" {
			hasInput = true
		}
	}
	out := &View{Type: string(at)}
	c.viewTexts(ptr, m, at, hasInput)
	out.PrivateMetadata = c.text(ptr, m, "private_metadata", false, 3000)
	out.CallbackID = c.text(ptr, m, "callback_id", false, 255)
	out.ExternalID = c.text(ptr, m, "external_id", false, 255)
	out.ClearOnClose = c.boolean(ptr, m, "clear_on_close")
	out.NotifyOnClose = c.boolean(ptr, m, "notify_on_close")
	out.SubmitDisabled = c.boolean(ptr, m, "submit_disabled")
	if len(c.errors) > 0 {
		return nil, invalidArguments(c.errors)
	}
	if list == nil {
		list = []any{}
	}
	out.Blocks = encode(list)
	for key, to := range map[string]*json.RawMessage{"title": &out.Title, "submit": &out.Submit, "close": &out.Close} {
		if m[key] != nil {
			*to = encode(m[key])
		}
	}
	return out, nil
}

func (c *checker) viewTexts(ptr string, m object, at surface, hasInput bool) {
	if at == surfaceHome {
		return
	}
	c.textObject(ptr, m, "title", true, 24, "plain_text")
	c.textObject(ptr, m, "submit", hasInput, 24, "plain_text")
	c.textObject(ptr, m, "close", false, 24, "plain_text")
}

// checkAttachments checks the blocks inside secondary attachments.
func (s *Server) checkAttachments(at surface, raw json.RawMessage) (json.RawMessage, []string) {
	v, err := decodeJSON(raw)
	list, ok := v.([]any)
	c := s.newChecker(at)
	if err != nil || !ok {
		c.fail("/attachments", "must provide an array")
		return nil, c.errors
	}
	if len(list) > 100 {
		c.fail("/attachments", "no more than 100 items allowed")
	}
	for i, a := range list {
		ptr := "/attachments/" + strconv.Itoa(i)
		m, ok := a.(object)
		if !ok {
			c.fail(ptr, "must provide an object")
			continue
		}
		m["id"] = i + 1
		blocks := c.list(ptr, m, "blocks", 0, 50)
		for j, b := range blocks {
			c.block(ptr+"/blocks/"+strconv.Itoa(j), b, nil)
		}
	}
	if len(c.errors) > 0 {
		return nil, c.errors
	}
	return encode(list), nil
}
