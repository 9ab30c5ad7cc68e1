package session

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"spaces", "  snel \n antwoord\t", "snel antwoord"},
		{"right to left", "\u05e9\u05dc\u05d5\u05dd \u200f.", "\u05e9\u05dc\u05d5\u05dd \u200f."},
		{"override", "ab\u202edc\u202c", "abdc"},
		{"isolates", "a\u2066b\u2069", "ab"},
		{"control", "a\x00b\x07", "ab"},
		{"broken", "a\xffb", "ab"},
		{"emoji", "\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"},
		{"200 runes", strings.Repeat("é", 200), strings.Repeat("é", 200)},
	} {
		got, err := Clean(c.text, LongestText)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	for key, text := range map[string]string{"session.text.long": strings.Repeat("é", 201), "session.text.empty": " \u202e\u200b\u200f "} {
		_, err := Clean(text, LongestText)
		wantKey(t, err, key)
	}
	want(t, "isolated", Isolate("\u05d0 b"), "\u2068\u05d0 b\u2069")
	want(t, "plain", Isolate("abc"), "abc")
}
