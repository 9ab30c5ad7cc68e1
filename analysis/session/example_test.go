package session_test

import (
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
)

// A card is hidden until the writing is over, and then nobody's.
func Example() {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	anna, ben := session.Who{User: "UANNA"}, session.Who{User: "UBEN"}
	first, _ := session.Begin(anna, "trigger-1", at, session.Started{
		Kind: session.Now3Years, Mode: session.Async, Subject: session.Subject{Group: 12}, Channel: "C1",
		Facilitator: "UANNA", Participants: []analysis.UserID{"UANNA", "UBEN", "UCIS"},
	})
	events := []session.Event{first}
	press := func(who session.Who, key string, b session.Body) {
		e, err := session.Fold(7, events).Add(who, key, at, b)
		if err != nil {
			fmt.Println(who.User, err)
			return
		}
		events = append(events, e) // a store does this at e.Seq, or says that somebody was first
	}
	press(anna, "trigger-2", session.Fold(7, events).Forward(at))
	press(ben, "trigger-3", session.Wrote{Place: session.Place{Horizon: session.Later}, Text: "Sparren over opvolging"})
	s := session.Fold(7, events)
	fmt.Println(s.Phase, s.Progress().Done, "van", s.Progress().Of, "klaar;", len(s.Cards("UANNA")), "te lezen")

	press(ben, "trigger-4", s.Forward(at))
	press(anna, "trigger-5", s.Forward(at))
	press(anna, "trigger-6", s.Forward(at)) // the same button, a moment later
	s = session.Fold(7, events)
	fmt.Printf("%s %q by %q\n", s.Phase, s.Cards("UANNA")[0].Text, s.Cards("UANNA")[0].Author)
	// Output:
	// schrijven 1 van 3 klaar; 0 te lezen
	// UBEN forbidden: session.facilitator_only
	// UANNA invalid: session.moved_already
	// groeperen "Sparren over opvolging" by ""
}
