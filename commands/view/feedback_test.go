package view

import (
	"encoding/json"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

func TestGoldenFeedback(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	rows := []FeedbackRow{{Theme: "groei", Words: hostile + strings.Repeat(" nog meer", 60), Link: "https://kantoor.slack.com/archives/C1/p1", Tone: -1, Day: asOf - 1, By: "U2"},
		{Tone: 1, Words: "Fijn.", Day: asOf - 400, By: "U3"}, {Tone: 0, Day: asOf, By: "U1"}}
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		file := func(name string) string { return "feedback_" + name + "." + string(lang) + ".json" }
		golden(t, file("form"), FeedbackEdit(p, FeedbackForm{Value: "l=", Words: hostile, Themes: []string{"groei", "Zorg & zo"}}))
		client := analysis.Client{ID: 7, Name: hostile}
		golden(t, file("saved"), FeedbackStands(p, FeedbackKept{Client: client, AsOf: asOf, Said: "feedback.saved", Feedback: rows[0], Undo: "i=3"}))
		golden(t, file("twice"), FeedbackStands(p, FeedbackKept{Client: client, AsOf: asOf, Said: "feedback.twice", Feedback: rows[2], Hidden: true}))
		golden(t, file("removed"), FeedbackClosed(p, "feedback.removed"))
		card := sampleCard()
		card.Feedback = rows
		golden(t, file("card"), CardMessage(p, card, true))
		golden(t, file("contacts"), TouchTimeline(p, Timeline{Group: card.Group, With: card.Client, AsOf: asOf, Size: 8, Feedback: rows, Value: func(int) string { return "v" }}))
		raw, err := json.Marshal(SharedCard(p, card, "U1"))
		if err != nil || strings.Contains(string(raw), "nog meer") {
			t.Errorf("feedback on a shared card: %v", err)
		}
	}
}
