package workspace

import (
	"encoding/json"
	"strings"
)

// element is an interactive element found in blocks.
type element struct {
	block, action, kind string
	label               string // what a person reads: button text, input label or placeholder
	input, optional     bool   // stands in an input block
	raw                 object
}

// interactive finds every element a person can use, in order of appearance.
func interactive(blocks json.RawMessage) []element {
	v, err := decodeJSON(blocks)
	list, ok := v.([]any)
	if err != nil || !ok {
		return nil
	}
	var out []element
	for _, b := range list {
		out = append(out, blockElements(b)...)
	}
	return out
}

func blockElements(v any) []element {
	b, ok := v.(object)
	if !ok {
		return nil
	}
	id, _ := b["block_id"].(string)
	var out []element
	add := func(v any, label string, input, optional bool) {
		e, ok := v.(object)
		action, _ := e["action_id"].(string)
		if !ok || action == "" {
			return
		}
		kind, _ := e["type"].(string)
		for _, key := range []string{"text", "placeholder"} {
			if label == "" {
				label = plainText(e[key])
			}
		}
		out = append(out, element{block: id, action: action, kind: kind, label: label, input: input, optional: optional, raw: e})
	}
	switch b["type"] {
	case "section":
		add(b["accessory"], "", false, false)
	case "actions", "context_actions":
		list, _ := b["elements"].([]any)
		for _, e := range list {
			add(e, "", false, false)
		}
	case "input":
		optional, _ := b["optional"].(bool)
		add(b["element"], plainText(b["label"]), true, optional)
	case "container":
		list, _ := b["child_blocks"].([]any)
		for _, child := range list {
			out = append(out, blockElements(child)...)
		}
	case "data_table":
		rows, _ := b["rows"].([]any)
		for _, row := range rows {
			cells, _ := row.([]any)
			for _, cell := range cells {
				if c, ok := cell.(object); ok {
					add(c["element"], "", false, false)
				}
			}
		}
	}
	return out
}

func plainText(v any) string {
	o, _ := v.(object)
	t, _ := o["text"].(string)
	return t
}

// pick finds an element by action_id, block_id, "block/action" or label.
func pick(list []element, name string) (element, bool) {
	for _, match := range []func(element) bool{
		func(e element) bool { return e.action == name || e.block+"/"+e.action == name },
		func(e element) bool { return e.block == name },
		func(e element) bool { return e.label == name },
		func(e element) bool { return strings.EqualFold(strings.TrimSpace(e.label), strings.TrimSpace(name)) },
	} {
		for _, e := range list {
			if match(e) {
				return e, true
			}
		}
	}
	return element{}, false
}

// options are all options of a select, overflow, radio or checkbox element.
func (e element) options() []object {
	var out []object
	collect := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if m, ok := o.(object); ok {
				out = append(out, m)
			}
		}
	}
	collect(e.raw["options"])
	groups, _ := e.raw["option_groups"].([]any)
	for _, g := range groups {
		if m, ok := g.(object); ok {
			collect(m["options"])
		}
	}
	return out
}

// stateful says whether an element keeps a value that state.values reports.
func (e element) stateful() bool {
	return e.kind != "button" && e.kind != "overflow" && e.kind != "feedback_buttons" && e.kind != "icon_button"
}

// valueKeys: which property of the payload carries an element's value, and
// which property of the element its initial value.
var valueKeys = map[string][2]string{
	"plain_text_input": {"value", "initial_value"}, "email_text_input": {"value", "initial_value"},
	"url_text_input": {"value", "initial_value"}, "number_input": {"value", "initial_value"},
	"rich_text_input": {"rich_text_value", "initial_value"},
	"static_select":   {"selected_option", "initial_option"}, "external_select": {"selected_option", "initial_option"},
	"radio_buttons": {"selected_option", "initial_option"}, "checkboxes": {"selected_options", "initial_options"},
	"multi_static_select": {"selected_options", "initial_options"}, "multi_external_select": {"selected_options", "initial_options"},
	"users_select": {"selected_user", "initial_user"}, "multi_users_select": {"selected_users", "initial_users"},
	"conversations_select":       {"selected_conversation", "initial_conversation"},
	"multi_conversations_select": {"selected_conversations", "initial_conversations"},
	"channels_select":            {"selected_channel", "initial_channel"}, "multi_channels_select": {"selected_channels", "initial_channels"},
	"datepicker": {"selected_date", "initial_date"}, "timepicker": {"selected_time", "initial_time"},
	"datetimepicker": {"selected_date_time", "initial_date_time"}, "file_input": {"files", ""},
	"overflow": {"selected_option", ""},
}

// values is state.values: block_id -> action_id -> the element's value.
type values map[string]map[string]json.RawMessage

// readState reads {"values":{…}}; nil when there is none.
func readState(raw json.RawMessage) values {
	var st struct {
		Values values `json:"values"`
	}
	if json.Unmarshal(raw, &st) != nil {
		return nil
	}
	return st.Values
}

// currentState gives every stateful element its reported or initial value.
func currentState(blocks, reported json.RawMessage) values {
	known := readState(reported)
	out := values{}
	for _, e := range interactive(blocks) {
		if !e.stateful() {
			continue
		}
		if out[e.block] == nil {
			out[e.block] = map[string]json.RawMessage{}
		}
		if v, ok := known[e.block][e.action]; ok && json.Valid(v) {
			out[e.block][e.action] = v
			continue
		}
		out[e.block][e.action] = encode(e.valued(e.raw[valueKeys[e.kind][1]]))
	}
	return out
}

// valued is an element's entry in state.values with a value, nil for none.
func (e element) valued(v any) object {
	key := valueKeys[e.kind][0]
	if v == nil && strings.HasSuffix(key, "s") && key != "" {
		v = []any{}
	}
	return object{"type": e.kind, key: v}
}

// empty says whether a state entry carries no value.
func (e element) empty(raw json.RawMessage) bool {
	var m map[string]any
	if json.Unmarshal(raw, &m) != nil {
		return true
	}
	switch v := m[valueKeys[e.kind][0]].(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}
