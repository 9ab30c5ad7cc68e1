// Package argv reads a command line into a struct by the tags of its fields:
// verbs, flags, arguments and the help about them.
//
// A field is one of three:
//
//	Serve serveCmd `cmd:"" help:"..."`     a verb; with default:"withargs" the one meant when none is named
//	File  string   `arg:"" help:"..."`     an argument, in order; optional:"" may be left out; a slice takes the rest
//	Model string   `name:"model" help:"…"` a flag, --model=x or --model x, anywhere behind its verb
//
// A flag may also have default, enum (what it takes, with commas between), env
// (the variable that gives it), placeholder (its value in the help) and
// required. A flag that is a slice may be given several times.
//
// It calls nothing by name. A library that finds methods by reflection makes
// the linker keep every exported method of every type, here some 10 MB of a
// program that no office runs; cmd/klantbot's TestWeight holds it to that.
package argv

import (
	"fmt"
	"reflect"
	"strings"
)

// Help is the error of a command line that asks for help.
type Help struct{ Text string }

// Error is the text itself.
func (h Help) Error() string { return h.Text }

// Program is what its help says of it.
type Program struct{ Name, About string }

// Parse reads args into the struct that into points to and returns the verb
// that was named, a pointer to its field, as the R that every verb has to be.
// Getenv gives the variables that flags name. A Help asks for help; another
// error is a sentence about the line, without its full stop. Parse panics where
// the struct itself is wrong.
func Parse[R any](p Program, into any, args []string, getenv func(string) string) (R, error) {
	root := read(reflect.ValueOf(into).Elem(), nil, p.Name, p.About)
	var none R
	for _, v := range root.leaves() {
		if _, ok := v.target().(R); !ok {
			panic(fmt.Sprintf("argv: the verb %s is no %T", v.path(), &none))
		}
	}
	l := line{at: root, given: map[*slot]bool{}}
	if err := l.read(args); err != nil {
		return none, err
	}
	if err := l.finish(getenv); err != nil {
		return none, err
	}
	return l.at.target().(R), nil
}

// line is a command line while it is read.
type line struct {
	at    *verb // as far as it is known
	args  int   // arguments of at that are filled; a slice is never full
	given map[*slot]bool
}

func (l *line) read(args []string) error {
	flags := true // until --
	for len(args) > 0 {
		word := args[0]
		args = args[1:]
		switch {
		case flags && word == "--":
			flags = false
		case flags && (word == "-h" || word == "--help"):
			return Help{l.at.help()}
		case flags && len(word) > 1 && word[0] == '-':
			used, err := l.flag(word, args)
			if err != nil {
				return err
			}
			args = args[used:]
		default:
			if err := l.word(word); err != nil {
				return err
			}
		}
	}
	return nil
}

// flag sets the flag that word is and returns how many of the words behind it
// were its value.
func (l *line) flag(word string, behind []string) (used int, err error) {
	name, value, has := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	f := l.at.flag(name)
	if f == nil && l.at.usual() != nil { // one of the verb that was not named
		l.at = l.at.usual()
		return l.flag(word, behind)
	}
	if f == nil {
		return 0, fmt.Errorf("unknown flag %s%s", cut(word), meant("--"+name, l.at.flagNames()))
	}
	switch {
	case has:
	case f.isBool():
		value = "true"
	case len(behind) == 0 || strings.HasPrefix(behind[0], "--"):
		return 0, fmt.Errorf("%s needs a value", f.word())
	default:
		value, used = behind[0], 1
	}
	l.given[f] = true
	return used, f.set(value)
}

// word is a verb, or an argument of the one that was named.
func (l *line) word(word string) error {
	if v := l.at.verb(word); v != nil {
		l.at = v
		return nil
	}
	if usual := l.at.usual(); usual != nil && len(usual.args) > 0 {
		l.at = usual
	}
	if l.args >= len(l.at.args) {
		return fmt.Errorf("unexpected argument %s%s", cut(word), meant(word, l.at.verbNames()))
	}
	a := l.at.args[l.args]
	l.given[a] = true
	if a.value.Kind() != reflect.Slice {
		l.args++
	}
	return a.set(word)
}

// finish chooses the usual verb where none was named, takes what the
// environment and the defaults give, and says what is missing.
func (l *line) finish(getenv func(string) string) error {
	for len(l.at.verbs) > 0 {
		usual := l.at.usual()
		if usual == nil {
			return fmt.Errorf("expected one of %s", strings.Join(l.at.verbNames(), ", "))
		}
		l.at = usual
	}
	for v := l.at; v != nil; v = v.above {
		for _, f := range v.flags {
			if err := l.otherwise(f, getenv); err != nil {
				return err
			}
		}
	}
	for _, a := range l.at.args {
		if !l.given[a] && !a.optional {
			return fmt.Errorf("expected %s", a.asked())
		}
	}
	return nil
}

// otherwise sets a flag that was not given.
func (l *line) otherwise(f *slot, getenv func(string) string) error {
	if l.given[f] {
		return nil
	}
	if f.env != "" {
		if value := getenv(f.env); value != "" {
			return f.set(value)
		}
	}
	if f.byDefault != "" {
		return f.set(f.byDefault)
	}
	if f.required {
		return fmt.Errorf("missing flag %s", f.shown())
	}
	return nil
}

// cut keeps what somebody typed to a length that a line of an error bears.
func cut(word string) string {
	const most = 60
	if letters := []rune(word); len(letters) > most {
		return string(letters[:most]) + "..."
	}
	return word
}
