package argv

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// slot is a field that the command line fills: a flag or an argument.
type slot struct {
	name, help, byDefault, env, placeholder string
	enum                                    []string
	isArg, required, optional               bool
	value                                   reflect.Value
}

func newSlot(field reflect.StructField, value reflect.Value) *slot {
	tag := field.Tag
	s := &slot{name: named(field), help: tag.Get("help"), byDefault: tag.Get("default"), env: tag.Get("env"),
		placeholder: tag.Get("placeholder"), value: value}
	_, s.isArg = tag.Lookup("arg")
	_, s.required = tag.Lookup("required")
	_, s.optional = tag.Lookup("optional")
	if enum, ok := tag.Lookup("enum"); ok {
		s.enum = strings.Split(enum, ",")
	}
	if _, hasName := tag.Lookup("name"); !s.isArg && !hasName || s.help == "" || !value.CanSet() {
		panic(fmt.Sprintf("argv: the field %s is no verb, no argument and no flag, or without help", field.Name))
	}
	if kind := s.element().Kind(); !settable(kind) {
		panic(fmt.Sprintf("argv: the field %s has a kind that can not be read: %s", field.Name, kind))
	}
	return s
}

// element is the type of one value: what a slice or a pointer holds.
func (s *slot) element() reflect.Type {
	t := s.value.Type()
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func (s *slot) isBool() bool { return s.element().Kind() == reflect.Bool }

// word is the flag as it is typed.
func (s *slot) word() string { return "--" + s.name }

// shown is the slot in the usage and in what is missing.
func (s *slot) shown() string {
	switch {
	case !s.isArg && s.isBool():
		return s.word()
	case !s.isArg:
		return s.word() + "=" + s.sample()
	}
	shown := "<" + s.name + ">"
	if s.value.Kind() == reflect.Slice {
		shown += " ..."
	}
	if s.optional {
		shown = "[" + shown + "]"
	}
	return shown
}

// sample is a flag's value in the help.
func (s *slot) sample() string {
	switch {
	case s.placeholder != "":
		return s.placeholder
	case s.byDefault != "":
		return s.byDefault
	case len(s.enum) > 0:
		return s.choices("|")
	case s.element().Kind() == reflect.String:
		return "TEXT"
	default:
		return "N"
	}
}

// set reads text into the field; a slice gets one more.
func (s *slot) set(text string) error {
	if len(s.enum) > 0 && !slices.Contains(s.enum, text) {
		return fmt.Errorf("%s must be one of %s, not %q", s.asked(), s.choices(", "), cut(text))
	}
	v := reflect.New(s.element()).Elem()
	if err := assign(v, text); err != nil {
		return fmt.Errorf("%s takes %s, not %q", s.asked(), wanted(v.Kind()), cut(text))
	}
	switch s.value.Kind() {
	case reflect.Slice:
		s.value.Set(reflect.Append(s.value, v))
	case reflect.Pointer:
		s.value.Set(v.Addr())
	default:
		s.value.Set(v)
	}
	return nil
}

// choices are what the slot takes; an empty one, which is the same as not given,
// is not told.
func (s *slot) choices(between string) string {
	told := slices.DeleteFunc(slices.Clone(s.enum), func(e string) bool { return e == "" })
	return strings.Join(told, between)
}

// asked is the slot in an error.
func (s *slot) asked() string {
	if s.isArg {
		return "<" + s.name + ">"
	}
	return s.word()
}

func settable(kind reflect.Kind) bool {
	return kind == reflect.String || wanted(kind) != ""
}

func assign(v reflect.Value, text string) error {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.Kind() == reflect.Bool:
		b, err := strconv.ParseBool(text)
		v.SetBool(b)
		return err
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(n)
		return err
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, v.Type().Bits())
		v.SetUint(n)
		return err
	case v.CanFloat():
		n, err := strconv.ParseFloat(text, v.Type().Bits())
		v.SetFloat(n)
		return err
	}
	return nil
}

// wanted says what a field that is no text takes; empty for a kind that can not
// be read.
func wanted(kind reflect.Kind) string {
	switch kind {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Int32:
		return "a whole number"
	case reflect.Uint, reflect.Uint64, reflect.Uint32:
		return "a whole number from 0"
	case reflect.Float64, reflect.Float32:
		return "a number"
	}
	return ""
}
