package workspace

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// elementParent is the kind of block an element stands in.
type elementParent int

const (
	inSection elementParent = iota
	inActions
	inInput
	inContextActions
	inCell
)

var selects = []string{"static_select", "external_select", "users_select", "conversations_select", "channels_select",
	"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}

// elementTypes says which elements each parent takes.
var elementTypes = map[elementParent][]string{
	inSection: append([]string{"button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker"}, selects...),
	inActions: append([]string{"button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons", "timepicker"}, selects...),
	inInput: append([]string{"checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input", "number_input",
		"plain_text_input", "radio_buttons", "rich_text_input", "timepicker", "url_text_input"}, selects...),
	inContextActions: {"feedback_buttons", "icon_button"},
	inCell:           {"button"},
}

// element checks one element; ids are the action_ids already seen in its block.
func (c *checker) element(ptr string, v any, where elementParent, ids map[string]bool) {
	e, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	kind, _ := e["type"].(string)
	if !slices.Contains(elementTypes[where], kind) || kind == "file_input" && c.at != surfaceModal {
		c.fail(ptr, "unsupported type: %s", kind)
		return
	}
	if kind == "image" {
		c.imageElement(ptr, e)
		return
	}
	c.actionID(ptr, e, ids)
	if v, given := e["confirm"]; given {
		c.confirm(ptr+"/confirm", v)
	}
	c.textObject(ptr, e, "placeholder", false, 150, "plain_text")
	if c.boolean(ptr, e, "focus_on_load") {
		if c.focused {
			c.fail(ptr+"/focus_on_load", "only one element may have focus_on_load")
		}
		c.focused = true
	}
	switch {
	case kind == "button":
		c.button(ptr, e)
	case kind == "overflow":
		c.options(ptr, e, "options", 1, 5, true)
	case kind == "checkboxes" || kind == "radio_buttons":
		c.options(ptr, e, "options", 1, 10, false)
		c.initial(ptr, e)
	case strings.HasSuffix(kind, "_select"):
		c.selectMenu(ptr, e, kind)
	case kind == "feedback_buttons":
		c.feedback(ptr, e)
	case kind == "icon_button":
		c.textObject(ptr, e, "text", true, 75, "plain_text")
		c.oneOf(ptr, e, "icon", "trash")
		c.text(ptr, e, "value", false, 2000)
	default:
		c.inputElement(ptr, e, kind)
	}
}

func (c *checker) actionID(ptr string, e object, ids map[string]bool) {
	id := c.text(ptr, e, "action_id", false, 255)
	if id == "" {
		id = randomText(5, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789")
		e["action_id"] = id
	}
	if ids[id] {
		c.fail(ptr+"/action_id", "action_id already exists, duplicate: %s", id)
	}
	ids[id] = true
}

func (c *checker) button(ptr string, e object) {
	c.textObject(ptr, e, "text", true, 75, "plain_text")
	c.text(ptr, e, "value", false, 2000)
	if t := c.text(ptr, e, "url", false, 3000); t != "" && !isWebURL(t) && !strings.HasPrefix(t, "mailto:") {
		c.fail(ptr+"/url", "must be a valid URL")
	}
	c.text(ptr, e, "accessibility_label", false, 75)
	c.oneOf(ptr, e, "style", "primary", "danger")
}

func (c *checker) feedback(ptr string, e object) {
	for _, key := range []string{"positive_button", "negative_button"} {
		b, ok := e[key].(object)
		if !ok {
			c.fail(ptr, "missing required field: %s", key)
			continue
		}
		c.textObject(ptr+"/"+key, b, "text", true, 75, "plain_text")
		c.text(ptr+"/"+key, b, "value", true, 2000)
	}
}

func (c *checker) confirm(ptr string, v any) {
	m, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	c.textObject(ptr, m, "title", true, 100, "plain_text")
	c.textObject(ptr, m, "text", true, 300, "plain_text", "mrkdwn")
	c.textObject(ptr, m, "confirm", true, 30, "plain_text")
	c.textObject(ptr, m, "deny", true, 30, "plain_text")
	c.oneOf(ptr, m, "style", "primary", "danger")
}

// options checks a list of option objects and returns their values.
func (c *checker) options(ptr string, e object, key string, least, most int, links bool) {
	kinds := []string{"plain_text"}
	if e["type"] == "checkboxes" || e["type"] == "radio_buttons" {
		kinds = append(kinds, "mrkdwn")
	}
	for i, v := range c.list(ptr, e, key, least, most) {
		c.option(ptr+"/"+key+"/"+strconv.Itoa(i), v, kinds, links)
	}
}

func (c *checker) option(ptr string, v any, kinds []string, links bool) {
	o, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	c.textObject(ptr, o, "text", true, 75, kinds...)
	c.text(ptr, o, "value", !links, 150)
	c.textObject(ptr, o, "description", false, 75, kinds...)
	if _, given := o["url"]; given && !links {
		c.fail(ptr, "additional properties not allowed: url")
	}
	c.text(ptr, o, "url", false, 3000)
}

func (c *checker) optionGroups(ptr string, e object, least, most int) {
	for i, v := range c.list(ptr, e, "option_groups", least, most) {
		at := ptr + "/option_groups/" + strconv.Itoa(i)
		g, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		c.textObject(at, g, "label", true, 75, "plain_text")
		c.options(at, g, "options", 1, 100, false)
	}
}

func (c *checker) selectMenu(ptr string, e object, kind string) {
	multi := strings.HasPrefix(kind, "multi_")
	if multi {
		c.whole(ptr, e, "max_selected_items", 1, 1000)
	}
	switch strings.TrimPrefix(kind, "multi_") {
	case "static_select":
		_, flat := e["options"]
		_, grouped := e["option_groups"]
		switch {
		case flat == grouped:
			c.fail(ptr, "must provide either options or option_groups")
		case flat:
			c.options(ptr, e, "options", 1, 100, false)
		default:
			c.optionGroups(ptr, e, 1, 100)
		}
		c.initial(ptr, e)
	case "external_select":
		c.whole(ptr, e, "min_query_length", 0, 1000)
		if o, given := e["initial_option"]; given {
			c.option(ptr+"/initial_option", o, []string{"plain_text"}, false)
		}
		c.options(ptr, e, "initial_options", 0, 100, false)
	}
	if v, given := e["response_url_enabled"]; given && v == true {
		if c.at != surfaceModal || multi || kind != "conversations_select" && kind != "channels_select" {
			c.fail(ptr+"/response_url_enabled", "only allowed in conversations_select and channels_select of a modal")
		}
	}
}

// initial checks that initial_option(s) are among the options.
func (c *checker) initial(ptr string, e object) {
	values := map[string]bool{}
	collect := func(list any) {
		l, _ := list.([]any)
		for _, v := range l {
			if o, ok := v.(object); ok {
				t, _ := o["value"].(string)
				values[t] = true
			}
		}
	}
	collect(e["options"])
	if groups, ok := e["option_groups"].([]any); ok {
		for _, g := range groups {
			if m, ok := g.(object); ok {
				collect(m["options"])
			}
		}
	}
	check := func(at string, v any) {
		o, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			return
		}
		if t, _ := o["value"].(string); !values[t] {
			c.fail(at, "must match one of the options")
		}
	}
	if v, given := e["initial_option"]; given {
		check(ptr+"/initial_option", v)
	}
	if _, given := e["initial_options"]; given {
		for i, v := range c.list(ptr, e, "initial_options", 1, 100) {
			check(ptr+"/initial_options/"+strconv.Itoa(i), v)
		}
	}
}

func (c *checker) inputElement(ptr string, e object, kind string) {
	switch kind {
	case "plain_text_input":
		c.boolean(ptr, e, "multiline")
		least, _ := c.whole(ptr, e, "min_length", 0, 3000)
		most, given := c.whole(ptr, e, "max_length", 1, 3000)
		if given && least > most {
			c.fail(ptr+"/min_length", "must not be more than max_length")
		}
		c.text(ptr, e, "initial_value", false, 3000)
	case "number_input":
		if _, ok := e["is_decimal_allowed"].(bool); !ok {
			c.fail(ptr, "missing required field: is_decimal_allowed")
		}
		for _, k := range []string{"initial_value", "min_value", "max_value"} {
			if t := c.text(ptr, e, k, false, 40); t != "" && json.Unmarshal([]byte(t), new(float64)) != nil {
				c.fail(ptr+"/"+k, "must be a number in a string")
			}
		}
	case "datepicker":
		c.clock(ptr, e, "initial_date", time.DateOnly)
	case "timepicker":
		c.clock(ptr, e, "initial_time", "15:04")
	case "datetimepicker":
		c.whole(ptr, e, "initial_date_time", 1_000_000_000, 9_999_999_999)
	case "file_input":
		c.whole(ptr, e, "max_files", 1, 10)
		c.list(ptr, e, "filetypes", 0, 100)
	case "rich_text_input":
		if v, given := e["initial_value"]; given {
			c.richTextValue(ptr+"/initial_value", v)
		}
	case "email_text_input", "url_text_input":
		c.text(ptr, e, "initial_value", false, 3000)
	}
}

// clock checks a date or time written in a layout.
func (c *checker) clock(ptr string, e object, key, layout string) {
	if t := c.text(ptr, e, key, false, 10); t != "" {
		if _, err := time.Parse(layout, t); err != nil {
			c.fail(ptr+"/"+key, "must have the form %s", strings.NewReplacer("2006", "YYYY", "01", "MM", "02", "DD", "15", "HH", "04", "mm").Replace(layout))
		}
	}
}
