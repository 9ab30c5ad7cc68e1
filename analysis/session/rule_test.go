package session

import (
	"fmt"
	"testing"

	"klantbot/analysis"
)

// TestRules: who may what, of those who are in a session and who are not.
func TestRules(t *testing.T) {
	p := now3Years(t, 4)
	p.do("U1", Removed{"U4"})
	p.refused("U4", wrote(Now, "x"), "session.not_taking_part")
	p.refused("U2", Removed{"U3"}, "session.facilitator_only")
	p.do("U3", Removed{"U3"})
	p.do("U1", Joined{"U3"})
	p.refused("U9", Joined{"U9"}, "session.facilitator_only")
	p.refused("U2", Voted{Now, nil}, "session.not_now")
	wantKey(t, p.try(Clock, wrote(Now, "x")), "session.not_taking_part")
	wantKey(t, p.try(Who{}, p.state().Forward(p.at)), "session.facilitator_only")
	if err := p.try(WhoIs(analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Administrator)}), p.state().Forward(p.at)); err != nil {
		t.Errorf("an administrator moves on: %v", err)
	}
	p.do("U1", Removed{"U1"})
	want(t, "nobody leads", string(p.state().Facilitator), "")
	p.do("U2", TookOver{User: "U2"})
	for i := range MostEach {
		p.do("U2", wrote(Now, fmt.Sprint("kaartje ", i)))
	}
	p.refused("U2", wrote(Now, "een te veel"), "session.card.most")
	p.do("U2", wrote(Later, "wel hier"))
	own := p.state().Cards("U2")
	p.do("U2", Withdrew{own[0].ID})
	p.to(Clustering)
	p.refused("U2", Withdrew{own[1].ID}, "session.not_now")
	p.do("U2", p.state().To(Writing, p.at))
	p.refused("U2", Rewrote{Card: own[1].ID, Text: "anders"}, "session.card.revealed")
	p.do("U2", Ended{})
	p.refused("U3", wrote(Now, "x"), "session.ended")
	for _, b := range []Started{
		{Kind: Now3Years, Mode: Async, Subject: Subject{Group: 1}, Facilitator: "U1", Participants: people(2)},
		{Kind: Now3Years, Mode: Async, Subject: Subject{Group: 1}, Facilitator: "U1", Participants: people(13)},
		{Kind: Now3Years, Mode: Async, Subject: Subject{Group: 1}, Facilitator: "U1", Participants: []analysis.UserID{"U1", "U1", "U2"}},
		{Kind: Now3Years, Mode: Async, Subject: Subject{Group: 1, Manager: 2}, Facilitator: "U1", Participants: people(3)},
		{Kind: "x", Mode: Async, Subject: Subject{Group: 1}, Facilitator: "U1", Participants: people(3)},
		{Kind: Journey, Subject: Subject{Group: 1}, Facilitator: "U1", Participants: people(3)},
		{Kind: Journey, Mode: Live, Subject: Subject{Group: 1}, Participants: people(3)},
	} {
		if _, err := Begin(Who{User: "U1"}, "k", monday, b); analysis.KindOf(err) != analysis.Invalid {
			t.Errorf("Begin(%+v) = %v", b, err)
		}
	}
}
