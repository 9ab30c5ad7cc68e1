package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alexflint/go-arg"
)

// called is the program in its help and its errors.
const called = "klantbot"

// runner is what every verb is.
type runner interface{ Run(*session) error }

// Description is what the help begins with.
func (cli) Description() string {
	return "Klantbot makes client value visible and turns it into attention.\n" +
		"Without a verb it starts a local workspace with a sample office.\n"
}

// read reads args into c and returns the verb that they name. A verb of nil asked
// for help, which was written to out; an error is one sentence about the line.
func (c *cli) read(args []string, out io.Writer) (runner, error) {
	p, err := arg.NewParser(arg.Config{Program: called}, c)
	if err != nil {
		return nil, err // the tags themselves are wrong
	}
	err = p.Parse(withUsual(args))
	names := p.SubcommandNames()
	if errors.Is(err, arg.ErrHelp) {
		return nil, p.WriteHelpForSubcommand(out, names...)
	}
	verb, ok := p.Subcommand().(runner)
	if err == nil && !ok {
		err = fmt.Errorf("%s needs one of its own verbs", strings.Join(names, " "))
	}
	if err != nil {
		return nil, fmt.Errorf("%w; see %s --help", err, strings.Join(append([]string{called}, names...), " "))
	}
	return verb, nil
}

// withUsual puts in the verbs that are meant where none is named, which go-arg
// does not know: klantbot --fresh is klantbot local --fresh, klantbot import
// FILE is klantbot import file FILE, and klantbot export --client 100 is klantbot
// export client --client 100.
func withUsual(args []string) []string {
	at := pastFlags(args, 0)
	if at == len(args) || strings.HasPrefix(args[at], "-") && !asksHelp(args[at]) {
		return slices.Insert(slices.Clone(args), 0, "local")
	}
	below := map[string][]string{"import": {"file", "undo", "list"}, "attention": {"week", "report"}, "export": {"client", "touches"}}[args[at]]
	if len(below) == 0 {
		return args
	}
	if next := pastFlags(args, at+1); next == len(args) || !asksHelp(args[next]) && !slices.Contains(below, args[next]) {
		return slices.Insert(slices.Clone(args), at+1, below[0])
	}
	return args
}

// pastFlags is where, from at on, the flags end that every verb has: at a word, at
// a flag of one verb, or at the end.
func pastFlags(args []string, at int) int {
	for at < len(args) {
		name, _, valued := strings.Cut(args[at], "=")
		switch {
		case name == "--json", valued && isOfAll(name):
			at++
		case isOfAll(name):
			at += 2
		default:
			return at
		}
	}
	return len(args)
}

// isOfAll reports whether flag is one with a value that every verb has.
func isOfAll(flag string) bool { return flag == "--db" || flag == "--as-of" || flag == "--lang" }

func asksHelp(word string) bool { return word == "-h" || word == "--help" }

// choose sets to, a flag that takes one of a few words, to what was given.
func choose[S ~string](to *S, given []byte, from ...string) error {
	if !slices.Contains(from, string(given)) {
		return fmt.Errorf("it must be one of %s", strings.Join(from, ", "))
	}
	*to = S(given)
	return nil
}
