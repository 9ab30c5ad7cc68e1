package bot

import (
	"hash/fnv"
	"strconv"
	"strings"

	"klantbot/commands/view"
)

// marking begins, in a block_id, the mark of the form that the block stands in.
const marking = "~"

// marked returns m with its inputs called so that they show what m says. Slack
// keeps what was typed in an input that comes back with the same block_id, so a
// form that answers a sent form would show, and send, the old text where its
// answer overtakes the acknowledgement that clears the window. A form that a press
// draws anew keeps the names that the window has, and with them what was typed.
func (in interaction) marked(m view.Modal) view.Modal {
	mark := in.mark()
	if mark == "" {
		return m
	}
	return m.Renamed(func(input string) string {
		if !strings.Contains(input, "#") {
			input += "#" // fieldsOf leaves out what stands after it
		}
		return input + marking + mark
	})
}

// mark is the mark of a form that answers in; empty: it needs none. A request
// gives the same one whenever it is answered.
func (in interaction) mark() string {
	if in.source == fromSubmission {
		h := fnv.New32a()
		_, _ = h.Write([]byte(in.key)) // never fails
		return strconv.FormatUint(uint64(h.Sum32()), 36)
	}
	for _, block := range in.blocks {
		if _, mark, ok := strings.Cut(block, marking); ok {
			return mark // those of a window all have the same one
		}
	}
	return ""
}
