package workspace

import (
	"slices"
	"strconv"
)

func (c *checker) richText(ptr string, b object) { c.richTextElements(ptr, b) }

func (c *checker) richTextValue(ptr string, v any) {
	m, ok := v.(object)
	if !ok || m["type"] != "rich_text" {
		c.fail(ptr, "must provide a rich_text object")
		return
	}
	c.richTextElements(ptr, m)
}

// richTextElements checks a rich_text's elements and counts their characters.
func (c *checker) richTextElements(ptr string, b object) int {
	n := 0
	for i, v := range c.list(ptr, b, "elements", 1, 1000) {
		n += c.richTextElement(ptr+"/elements/"+strconv.Itoa(i), v)
	}
	return n
}

func (c *checker) richTextElement(ptr string, v any) int {
	m, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return 0
	}
	kind, _ := m["type"].(string)
	switch kind {
	case "rich_text_section", "rich_text_quote":
		return c.inlines(ptr, m, nil)
	case "rich_text_preformatted":
		c.whole(ptr, m, "border", 0, 1)
		return c.inlines(ptr, m, []string{"text", "link"})
	case "rich_text_list":
		c.oneOf(ptr, m, "style", "bullet", "ordered")
		if _, given := m["style"]; !given {
			c.fail(ptr, "missing required field: style")
		}
		c.whole(ptr, m, "indent", 0, 8)
		c.whole(ptr, m, "offset", 0, 1_000_000)
		c.whole(ptr, m, "border", 0, 1)
		n := 0
		for i, e := range c.list(ptr, m, "elements", 1, 1000) {
			at := ptr + "/elements/" + strconv.Itoa(i)
			s, ok := e.(object)
			if !ok || s["type"] != "rich_text_section" {
				c.fail(at, "must provide a rich_text_section")
				continue
			}
			n += c.inlines(at, s, nil)
		}
		return n
	}
	c.fail(ptr+"/type", "unsupported type: %s", kind)
	return 0
}

// inlineFields is what each inline element must have.
var inlineFields = map[string]string{
	"text": "text", "link": "url", "user": "user_id", "channel": "channel_id", "usergroup": "usergroup_id",
	"emoji": "name", "broadcast": "range", "color": "value", "date": "timestamp", "team": "team_id",
}

func (c *checker) inlines(ptr string, m object, only []string) int {
	n := 0
	for i, v := range c.list(ptr, m, "elements", 0, 1000) {
		at := ptr + "/elements/" + strconv.Itoa(i)
		e, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		kind, _ := e["type"].(string)
		field, known := inlineFields[kind]
		if !known || only != nil && !slices.Contains(only, kind) {
			c.fail(at+"/type", "unsupported type: %s", kind)
			continue
		}
		n += c.inline(at, e, kind, field)
	}
	return n
}

func (c *checker) inline(ptr string, e object, kind, field string) int {
	if kind == "date" {
		c.number(ptr, e, "timestamp")
		c.text(ptr, e, "format", true, 1000)
		return 1
	}
	t := c.text(ptr, e, field, true, 40_000)
	switch kind {
	case "broadcast":
		c.oneOf(ptr, e, "range", "here", "channel", "everyone")
	case "link":
		t = c.text(ptr, e, "text", false, 40_000)
	}
	if v, given := e["style"]; given {
		style, ok := v.(object)
		if !ok {
			c.fail(ptr+"/style", "must provide an object")
		}
		for _, k := range []string{"bold", "italic", "strike", "code", "underline", "highlight"} {
			c.boolean(ptr+"/style", style, k)
		}
	}
	return max(runes(t), 1)
}
