package workspace

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file makes the rich_text block that Slack's composer makes of what a
// person typed. Lists stay lines of text: Slack makes them while one types, not
// from the text.

var linkPattern = regexp.MustCompile(`^<((?:https?://|mailto:|tel:)[^|>\s]+)(?:\|([^>]*))?>`)
var mentionPattern = regexp.MustCompile(`^(?:<@([A-Z0-9]+)(?:\|[^>]*)?>|<#([A-Z0-9]+)(?:\|[^>]*)?>|<!(here|channel|everyone)>)`)
var emojiPattern = regexp.MustCompile(`^:([a-z0-9_+-]*[a-z+][a-z0-9_+-]*):`)

// richTextOf is the rich_text block of a text: sections, and between them
// quotations (lines that begin with >) and preformatted text (within ```).
func richTextOf(text string) object {
	elements := []object{}
	add := func(kind string, inlines []object) {
		if len(inlines) > 0 {
			elements = append(elements, object{"type": kind, "elements": inlines})
		}
	}
	parts := strings.Split(text, "```")
	for i, part := range parts {
		fenced := i%2 == 1
		if fenced && i == len(parts)-1 { // never closed
			part, fenced = "```"+part, false
		}
		if fenced {
			add("rich_text_preformatted", plainInline(strings.Trim(part, "\n"), nil))
			continue
		}
		for _, run := range quoteRuns(part) {
			kind := "rich_text_section"
			if run.quoted {
				kind = "rich_text_quote"
			}
			add(kind, inlinesOf(run.text, nil))
		}
	}
	if len(elements) == 0 {
		elements = append(elements, object{"type": "rich_text_section", "elements": []object{}})
	}
	return object{"type": "rich_text", "block_id": randomText(5, "abcdefghijkmnpqrstuvwxyz0123456789"), "elements": elements}
}

// quoteRun is consecutive lines that are all quoted, or all not.
type quoteRun struct {
	text   string
	quoted bool
}

func quoteRuns(text string) []quoteRun {
	var runs []quoteRun
	for _, line := range strings.Split(text, "\n") {
		rest, quoted := strings.CutPrefix(line, "&gt;")
		if !quoted {
			rest, quoted = strings.CutPrefix(line, ">")
		}
		if quoted {
			line = strings.TrimPrefix(rest, " ")
		}
		if n := len(runs); n > 0 && runs[n-1].quoted == quoted {
			runs[n-1].text += "\n" + line
		} else {
			runs = append(runs, quoteRun{line, quoted})
		}
	}
	return runs
}

func plainInline(text string, style object) []object {
	if text == "" {
		return nil
	}
	return []object{styledInline(object{"type": "text", "text": unescape(text)}, style)}
}

func styledInline(e, style object) object {
	if len(style) > 0 {
		e["style"] = style
	}
	return e
}

// maxStyled bounds how many bytes are looked through for the end of a style, so
// that a message of nothing but marks costs little.
const maxStyled = 3_000

var styleMarks = map[byte]string{'*': "bold", '_': "italic", '~': "strike"}

// inlinesOf are the inline elements of a text in one style.
func inlinesOf(text string, style object) []object {
	var out []object
	from := 0 // of the plain text not yet taken
	take := func(at, next int, made ...object) {
		out = append(append(out, plainInline(text[from:at], style)...), made...)
		from = next
	}
	for i := 0; i < len(text); {
		made, next := inlineAt(text, i, style)
		if next == 0 {
			i++
			continue
		}
		take(i, next, made...)
		i = next
	}
	return append(out, plainInline(text[from:], style)...)
}

// inlineAt makes what begins at i, and says where it ends; 0 where only text
// begins there.
func inlineAt(text string, i int, style object) (made []object, next int) {
	rest := text[i:]
	switch c := rest[0]; c {
	case '<':
		if m := linkPattern.FindStringSubmatch(rest); m != nil {
			e := object{"type": "link", "url": unescape(m[1])}
			if m[2] != "" {
				e["text"] = unescape(m[2])
			}
			return []object{styledInline(e, style)}, i + len(m[0])
		}
		if m := mentionPattern.FindStringSubmatch(rest); m != nil {
			return []object{styledInline(mention(m), style)}, i + len(m[0])
		}
	case ':':
		if m := emojiPattern.FindStringSubmatch(rest); m != nil && !inWord(text, i) {
			return []object{styledInline(object{"type": "emoji", "name": m[1]}, style)}, i + len(m[0])
		}
	case '`':
		if end := strings.IndexAny(rest[1:], "`\n"); end > 0 && rest[1+end] == '`' {
			return plainInline(rest[1:1+end], with(style, "code")), i + end + 2
		}
	case '*', '_', '~':
		name := styleMarks[c]
		if end := closing(text, i); end > 0 && style[name] == nil {
			return inlinesOf(text[i+1:end], with(style, name)), end + 1
		}
	}
	return nil, 0
}

func mention(m []string) object {
	switch {
	case m[1] != "":
		return object{"type": "user", "user_id": m[1]}
	case m[2] != "":
		return object{"type": "channel", "channel_id": m[2]}
	}
	return object{"type": "broadcast", "range": m[3]}
}

func with(style object, name string) object {
	out := object{name: true}
	for k, v := range style {
		out[k] = v
	}
	return out
}

// inWord says whether a letter or digit stands right before i.
func inWord(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// closing finds the mark that ends the style whose mark stands at i: on the same
// line, with no space inside the marks and no letter right outside. 0: none.
func closing(text string, i int) int {
	mark := text[i]
	if inWord(text, i) || i+1 == len(text) || strings.IndexByte(" \n", text[i+1]) >= 0 || text[i+1] == mark {
		return 0
	}
	for j := i + 2; j < min(len(text), i+maxStyled) && text[j] != '\n'; j++ {
		if text[j] != mark || text[j-1] == ' ' {
			continue
		}
		if after, _ := utf8.DecodeRuneInString(text[j+1:]); j+1 == len(text) || !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return j
		}
	}
	return 0
}
