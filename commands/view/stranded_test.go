package view

import (
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestStrandedViews: every reason that has words, one that has none, and what is
// not sure.
func TestStrandedViews(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		s := Stranded{Days: 28, All: 30}
		for _, code := range append([]string{"fatal_error"}, strandedCodes...) {
			s.Messages = append(s.Messages, StrandedMessage{Kind: "digest", User: "U06", Day: analysis.Date(2026, 11, 23), Code: code})
		}
		s.Messages[1].Kind = "attention.handed"
		s.Messages = append(s.Messages, StrandedMessage{Kind: "client.card", Channel: "C01", Day: analysis.Date(2026, 11, 23), Unsure: true})
		golden(t, "stranded."+string(lang)+".json", StrandedList(p, s))
		golden(t, "stranded_none."+string(lang)+".json", StrandedList(p, Stranded{Days: 28}))
		golden(t, "home_stranded."+string(lang)+".json", HomeView(p, HomeTab{AsOf: analysis.Date(2026, 11, 23), Manages: true, Stranded: 2}))
	}
}
