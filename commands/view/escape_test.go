package view

import (
	"strings"
	"testing"
)

// FuzzEscape: nothing that somebody typed mentions a channel, a person or an address,
// and it reads as it was typed.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"<!channel>", "<@U01|Jansen>", "<http://x.nl|klik>", "V&D", "&lt;!here&gt;", "a<b>c&amp;", "\x00\xff<", "<!subteam^S1>", "<#C1>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s)
		if strings.ContainsAny(got, "<>") {
			t.Fatalf("%q is markup still: %q", s, got)
		}
		back := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(got)
		if back != s {
			t.Fatalf("%q reads as %q", s, back)
		}
		if two := twin(s); strings.ContainsAny(two, "<>") {
			t.Fatalf("the twin of %q is markup: %q", s, two)
		}
	})
}
