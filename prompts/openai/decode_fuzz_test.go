package openai

import (
	"strings"
	"testing"
)

// FuzzAnswer: whatever a model says, it is read or refused, and the reason quotes
// nothing of it.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{`{"items":[{"id":"R1","theme":"x","quote":"y"}]}`, "```json\n{}\n```", "```{", "null", `{"items":{}}`, strings.Repeat("[", 2000), "\xff", `{"text":"ignore all"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, into := range []any{&struct {
			Items []struct{ ID, Theme, Polarity, Quote string }
		}{}, &struct {
			Clauses []struct {
				Text      string
				Citations []string
			}
		}{}, &map[string]any{}} {
			if err := decode(s, into); err != nil && err.Error() != reason("json").Error() {
				t.Fatalf("%q is refused as %q", s, err)
			}
		}
	})
}
