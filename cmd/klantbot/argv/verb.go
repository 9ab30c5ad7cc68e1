package argv

import (
	"fmt"
	"reflect"
	"strings"
)

// verb is one struct: the program itself, a verb, or a group of verbs.
type verb struct {
	name, about string
	isDefault   bool
	value       reflect.Value
	above       *verb // nil for the program
	flags, args []*slot
	verbs       []*verb
}

// read makes a verb of the struct v.
func read(v reflect.Value, above *verb, name, about string) *verb {
	n := &verb{name: name, about: about, value: v, above: above}
	for i := range v.NumField() {
		field, tag := v.Type().Field(i), v.Type().Field(i).Tag
		if _, is := tag.Lookup("cmd"); is {
			below := read(v.Field(i), n, named(field), tag.Get("help"))
			below.isDefault = tag.Get("default") != ""
			n.verbs = append(n.verbs, below)
			continue
		}
		s := newSlot(field, v.Field(i))
		if s.isArg {
			n.args = append(n.args, s)
		} else {
			n.flags = append(n.flags, s)
		}
	}
	if len(n.verbs) > 0 && len(n.args) > 0 {
		panic(fmt.Sprintf("argv: %s has verbs and arguments", n.path()))
	}
	return n
}

// named is the name of a field on the command line: its tag, or the field's own
// in lower case.
func named(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	return strings.ToLower(f.Name)
}

// target is the pointer that the verb's methods are on.
func (v *verb) target() any { return v.value.Addr().Interface() }

// path is the words that name the verb.
func (v *verb) path() string {
	if v.above == nil {
		return v.name
	}
	return v.above.path() + " " + v.name
}

// leaves are the verbs that can be run.
func (v *verb) leaves() (all []*verb) {
	if len(v.verbs) == 0 {
		return []*verb{v}
	}
	for _, below := range v.verbs {
		all = append(all, below.leaves()...)
	}
	return all
}

func (v *verb) verb(name string) *verb {
	for _, below := range v.verbs {
		if below.name == name {
			return below
		}
	}
	return nil
}

// usual is the verb that is meant when none is named; nil for none.
func (v *verb) usual() *verb {
	for _, below := range v.verbs {
		if below.isDefault {
			return below
		}
	}
	return nil
}

// flag is the flag of that name, of v or of what v stands under.
func (v *verb) flag(name string) *slot {
	for ; v != nil; v = v.above {
		for _, f := range v.flags {
			if f.name == name {
				return f
			}
		}
	}
	return nil
}

func (v *verb) verbNames() (names []string) {
	for _, below := range v.verbs {
		names = append(names, below.name)
	}
	return names
}

func (v *verb) flagNames() []string {
	names := []string{"--help"}
	for ; v != nil; v = v.above {
		for _, f := range v.flags {
			names = append(names, f.word())
		}
	}
	return names
}

// meant proposes what word may have been meant for: the one name that is at
// most two letters from it, and less than half of it.
func meant(word string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if d := apart([]rune(word), []rune(name)); d < least && 2*d < len([]rune(name)) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %s", best)
}

// apart is the Levenshtein distance of a and b, in letters.
func apart(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0] // of the row above, one to the left
		row[0] = i + 1
		for j, y := range b {
			change := before
			if x != y {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
