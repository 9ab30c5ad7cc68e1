package view

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

var touchGroup = analysis.Group{ID: 3, Number: "01000", Name: "Jansen Groep"}

// sampleTouch is a moment with everything people can type, as an attack.
func sampleTouch() analysis.Touch {
	return analysis.Touch{ID: 5, Version: 2, Group: 3, Client: 7, Contact: 1, Kind: analysis.Visit, Day: analysis.Date(2026, 11, 20), By: "U7",
		Note: "Wil over vijf jaar overdragen.\n" + hostile, Next: hostile, NextDay: analysis.Date(2026, 12, 1),
		Link: "https://kantoor.slack.com/archives/C1/p1", Source: "shortcut", At: time.Date(2026, 11, 20, 15, 4, 0, 0, time.UTC)}
}

func sampleTimeline() Timeline {
	t := sampleTouch()
	imported := analysis.Touch{ID: 4, Version: 1, Kind: analysis.Mail, Day: analysis.Date(2025, 1, 2), NextDay: analysis.NoDay}
	return Timeline{Outcome: Outcome{Said: "Vastgelegd.", Undo: "t=5&v=2"}, Group: touchGroup, AsOf: analysis.Date(2026, 11, 21), Offset: 8, Size: 8, Total: 30,
		With: sampleCard().Client, MayLog: true, Card: "7", Value: func(o int) string { return "g=3&o=" + strconv.Itoa(o) }, Next: sampleCard().Next,
		Rows: []TouchRow{{Touch: t, Value: "t=5", Contact: "P. Jansen", Change: true}, {Touch: t, Value: "t=5", Hidden: true},
			{Touch: imported, By: analysis.Manager{Name: hostile}}, {Touch: imported}}}
}

func TestTouchGoldens(t *testing.T) {
	card := sampleCard()
	fresh := TouchForm{Value: "g=3", Group: touchGroup, With: card.Client, Contacts: card.Contacts, Back: true,
		Touch: analysis.Touch{Kind: analysis.Call, Day: analysis.Date(2026, 11, 21), NextDay: analysis.NoDay, By: "U1"}}
	chosen := ClientOption(card.Client)
	quoted := TouchForm{Value: "s=shortcut", Choosing: true, Client: &chosen, Group: touchGroup, Contacts: card.Contacts, Quoted: true, Touch: sampleTouch()}
	quoted.Touch.ID = 0
	correct := fresh
	correct.Touch, correct.Outcome = sampleTouch(), Outcome{Refused: analysis.Fail(analysis.Invalid, "touch.twice_add", nil)}
	for _, lang := range locale.Langs() {
		p, suffix := locale.New(lang, nil), "."+string(lang)+".json"
		golden(t, "touch_form"+suffix, TouchEdit(p, fresh))
		golden(t, "touch_quoted"+suffix, TouchEdit(p, quoted))
		golden(t, "touch_correct"+suffix, TouchEdit(p, correct))
		golden(t, "objections"+suffix, Objections(p, ObjectionsWindow{Outcome: Outcome{Said: "Vastgelegd.", Undo: "g=3&p=1&n=1&w=1"}, Group: touchGroup, Size: 2, Offset: 2, Total: 7,
			Value: func(offset int) string { return "g=3&o=" + strconv.Itoa(offset) }, Back: "g=3", Rows: []ObjectionRow{{Name: hostile, Role: "DGA", Value: "g=3&p=1&n=0"},
				{Name: "A. Bos", Value: "g=3&p=2&n=1&w=1", Stands: &Objecting{Name: "A. Bos", Since: analysis.Date(2026, 11, 2), By: "U2"}}}}))
		spared := card
		spared.Objecting, spared.Spared = []Objecting{{Name: hostile, Since: analysis.Date(2026, 11, 2), By: "U2"}}, true
		spared.Approach, spared.Segment = nil, nil
		golden(t, "card_objection"+suffix, CardMessage(p, spared, false))
		golden(t, "touch_list"+suffix, TouchTimeline(p, sampleTimeline()))
		golden(t, "touch_none"+suffix, TouchTimeline(p, Timeline{Group: touchGroup, AsOf: card.AsOf, MayLog: true, Value: func(int) string { return "g=3" }}))
		said := TouchProposal{Kind: analysis.Call, Asked: hostile, Value: func(c analysis.ClientID) string { return "c=" + id(c) }}
		golden(t, "touch_said_nobody"+suffix, ProposeTouch(p, said))
		said.Found = []Candidate{{Client: 7, Name: hostile, Number: "01001"}}
		golden(t, "touch_said_one"+suffix, ProposeTouch(p, said))
	}
}

// A note is for colleagues, and for nobody's markup.
func TestNotesAreInert(t *testing.T) {
	raw, err := json.Marshal(TouchTimeline(locale.New(locale.Dutch, nil), sampleTimeline()).Blocks)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range markups(t, raw) {
		if strings.Contains(typed, "Kroeg") {
			t.Errorf("what was typed stands in mrkdwn: %s", typed)
		}
	}
	if n := strings.Count(string(raw), "overdragen"); n != 1 {
		t.Errorf("the note is read %d times: once by who may, never by who may not", n)
	}
}
