package argv

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Widths of the help, in letters.
const (
	helpWidth  = 80
	leftColumn = 28 // of a name that has its text beside it
)

// help is what --help prints of v: usage, arguments, flags, and the verbs under
// it.
func (v *verb) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n%s", v.usage(), wrap(v.about, 0))
	var rows [][2]string
	for _, a := range v.args {
		rows = append(rows, [2]string{a.shown(), a.help})
	}
	section(&b, "Arguments", rows)
	// The flags of the verb stand before those that all have.
	title := "Flags"
	for at := v; at != nil; at = at.above {
		rows = nil
		for _, f := range at.flags {
			rows = append(rows, [2]string{f.shown(), f.explained()})
		}
		if at.above == nil {
			rows = append(rows, [2]string{"-h, --help", "Say this."})
		}
		if section(&b, title, rows) {
			title = "Flags of every verb"
		}
	}
	rows = nil
	for _, leaf := range v.leaves() {
		if leaf != v {
			rows = append(rows, [2]string{leaf.usageFrom(v), leaf.about})
		}
	}
	section(&b, "Verbs", rows)
	return b.String()
}

// usage is the line that shows how v is typed.
func (v *verb) usage() string {
	usage := v.path()
	if len(v.verbs) > 0 {
		usage += " <verb>"
	}
	return usage + v.typed() + " [flags]"
}

// typed is what has to stand behind the verb, each with a space before it.
func (v *verb) typed() (typed string) {
	for _, f := range v.flags {
		if f.required {
			typed += " " + f.shown()
		}
	}
	for _, a := range v.args {
		typed += " " + a.shown()
	}
	return typed
}

// usageFrom is the usage without the words that name the verb above.
func (v *verb) usageFrom(above *verb) string {
	return strings.TrimPrefix(v.path(), above.path()+" ") + v.typed()
}

// explained is a flag's help and where else its value comes from.
func (s *slot) explained() string {
	if s.env == "" {
		return s.help
	}
	return fmt.Sprintf("%s ($%s)", s.help, s.env)
}

// section writes a heading and rows in two columns; nothing for no rows.
func section(b *strings.Builder, title string, rows [][2]string) bool {
	if len(rows) == 0 {
		return false
	}
	fmt.Fprintf(b, "\n%s:\n", title)
	for _, row := range rows {
		text := wrap(row[1], leftColumn)
		if utf8.RuneCountInString(row[0]) > leftColumn-4 {
			fmt.Fprintf(b, "  %s\n%*s%s", row[0], leftColumn, "", text)
		} else {
			fmt.Fprintf(b, "  %-*s%s", leftColumn-2, row[0], text)
		}
	}
	return true
}

// wrap breaks text between words so that no line reaches past the help's width;
// all lines but the first begin behind indent spaces.
func wrap(text string, indent int) string {
	var b strings.Builder
	used := indent
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+1+n > helpWidth:
			fmt.Fprintf(&b, "\n%*s", indent, "")
			used = indent
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	b.WriteByte('\n')
	return b.String()
}
