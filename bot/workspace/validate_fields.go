package workspace

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// text reads a string property with a length of 1 (or 0 when optional) to most characters.
func (c *checker) text(ptr string, m object, key string, required bool, most int) string {
	v, given := m[key]
	if !given || v == nil {
		if required {
			c.fail(ptr, "missing required field: %s", key)
		}
		return ""
	}
	t, ok := v.(string)
	switch {
	case !ok:
		c.fail(ptr+"/"+key, "must provide a string")
	case required && t == "":
		c.fail(ptr+"/"+key, "must be more than 0 characters")
	case runes(t) > most:
		c.fail(ptr+"/"+key, "must be less than %d characters", most+1)
	}
	return t
}

// textObject checks a text object of one of the kinds.
func (c *checker) textObject(ptr string, m object, key string, required bool, most int, kinds ...string) {
	v, given := m[key]
	if !given || v == nil {
		if required {
			c.fail(ptr, "missing required field: %s", key)
		}
		return
	}
	c.textValue(ptr+"/"+key, v, most, kinds...)
}

func (c *checker) textValue(ptr string, v any, most int, kinds ...string) {
	t, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	kind, _ := t["type"].(string)
	if !slices.Contains(kinds, kind) {
		c.fail(ptr+"/type", "must be one of the types: %s", strings.Join(kinds, ", "))
		return
	}
	c.text(ptr, t, "text", true, most)
	if kind == "plain_text" {
		if _, given := t["emoji"]; !given {
			t["emoji"] = true
		}
		c.boolean(ptr, t, "emoji")
		if _, given := t["verbatim"]; given {
			if v, _ := t["verbatim"].(bool); v {
				c.fail(ptr, "additional properties not allowed: verbatim")
			}
			delete(t, "verbatim")
		}
		return
	}
	if _, given := t["emoji"]; given {
		c.fail(ptr, "additional properties not allowed: emoji")
	}
	if _, given := t["verbatim"]; !given {
		t["verbatim"] = false
	}
	c.boolean(ptr, t, "verbatim")
}

func (c *checker) boolean(ptr string, m object, key string) bool {
	v, given := m[key]
	if !given || v == nil {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		c.fail(ptr+"/"+key, "must provide a boolean")
	}
	return b
}

// list reads an array property with between least and most items.
func (c *checker) list(ptr string, m object, key string, least, most int) []any {
	v, given := m[key]
	if !given || v == nil {
		if least > 0 {
			c.fail(ptr, "missing required field: %s", key)
		}
		return nil
	}
	l, ok := v.([]any)
	switch {
	case !ok:
		c.fail(ptr+"/"+key, "must provide an array")
	case len(l) < least:
		c.fail(ptr+"/"+key, "no fewer than %d items allowed", least)
	case len(l) > most:
		c.fail(ptr+"/"+key, "no more than %d items allowed", most)
	default:
		return l
	}
	return nil
}

// whole reads an integer property in [least, most].
func (c *checker) whole(ptr string, m object, key string, least, most int64) (int64, bool) {
	v, given := m[key]
	if !given || v == nil {
		return 0, false
	}
	n, ok := v.(json.Number)
	i, err := strconv.ParseInt(string(n), 10, 64)
	switch {
	case !ok || err != nil:
		c.fail(ptr+"/"+key, "must provide an integer")
		return 0, false
	case i < least || i > most:
		c.fail(ptr+"/"+key, "must be between %d and %d", least, most)
	}
	return i, true
}

// number reads a required finite number.
func (c *checker) number(ptr string, m object, key string) (float64, bool) {
	n, ok := m[key].(json.Number)
	f, err := n.Float64()
	if !ok || err != nil {
		c.fail(ptr+"/"+key, "must provide a number")
		return 0, false
	}
	return f, true
}

// oneOf checks an optional enumeration.
func (c *checker) oneOf(ptr string, m object, key string, values ...string) {
	v, given := m[key]
	if !given || v == nil {
		return
	}
	if t, ok := v.(string); !ok || !slices.Contains(values, t) {
		c.fail(ptr+"/"+key, "must be one of: %s", strings.Join(values, ", "))
	}
}
