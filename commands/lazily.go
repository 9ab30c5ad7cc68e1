package commands

import (
	"regexp"
	"sync"
)

// lazily is an expression over what people type that is compiled when it is first asked
// for: all of them at every start cost 1.8 ms and a megabyte and a half.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
