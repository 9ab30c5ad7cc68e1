package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// parameters is the order in which publications name them.
var parameters = []string{"r", "alpha", "a", "b", "p", "q", "v"}

// fitText is what lifetime fit prints on a terminal.
func fitText(p *locale.Printer, f fitted, predict *int) string {
	var b strings.Builder
	say := func(key string, args analysis.Args) { fmt.Fprintln(&b, p.T(key, args)) }
	say(map[string]string{"bgnbd": "lifetime.title.bgnbd", "gg": "lifetime.title.gg", "sbg": "lifetime.title.sbg"}[f.Model],
		analysis.Args{"n": f.N})
	if f.LeftOut > 0 {
		fmt.Fprintln(&b, p.N("lifetime.left_out", f.LeftOut, nil))
	}
	for _, name := range parameters {
		if v, ok := f.Params[name]; ok {
			fmt.Fprintf(&b, "  %-6s %s\n", name, figure(p, v, 4))
		}
	}
	if f.Unit == "percent" {
		say("lifetime.likelihood.per_client", analysis.Args{"value": figure(p, f.LogLikelihood, 6)})
	} else {
		say("lifetime.likelihood", analysis.Args{"value": figure(p, f.LogLikelihood, 2)})
	}
	for i, share := range f.Survival {
		say("lifetime.survival", analysis.Args{"period": i + 1, "share": figure(p, 100*share, 1)})
	}
	if f.Expected == nil {
		return b.String()
	}
	sum, known := 0., 0
	for _, v := range f.Expected {
		if v != nil {
			sum, known = sum+*v, known+1
		}
	}
	switch {
	case known == 0:
		say("lifetime.expected.none", nil)
	case f.Model == "gg":
		say("lifetime.expected.amount", analysis.Args{"mean": figure(p, sum/float64(known), 2)})
	default:
		say("lifetime.expected.purchases", analysis.Args{"periods": *predict, "sum": figure(p, sum, 1)})
		if once := len(f.Repeated) - countTrue(f.Repeated); once > 0 {
			fmt.Fprintln(&b, p.N("lifetime.not_repeated", once, nil))
		}
	}
	say("lifetime.rows_in_json", nil)
	return b.String()
}

func countTrue(list []bool) int {
	return len(slices.DeleteFunc(slices.Clone(list), func(v bool) bool { return !v }))
}

// figure writes v with a fixed number of decimals, as the reader's language does.
func figure(p *locale.Printer, v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if p.Lang() == locale.Dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
