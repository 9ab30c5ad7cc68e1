package session

import (
	"testing"
	"time"

	"klantbot/analysis"
)

// TestStoredForm pins what stands in databases: a change of it needs a new Version
// and a Decode that reads both.
func TestStoredForm(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for want, b := range map[string]Body{
		`{"kind":"klantreis","mode":"live","goal":"g","subject":{"type":"groot"},"channel":"C1","facilitator":"U1","participants":["U1"],"anonymous":["wens"],"terms":[{"phase":"wens","days":2,"minutes":8}],"deadline":"2026-11-24T09:00:00Z"}`: Started{
			Journey, Live, "g", Subject{Type: analysis.Large}, "C1", "U1", []analysis.UserID{"U1"}, []Phase{Wishing}, []Term{{Wishing, 2, 8}}, at},
		`{"kind":"nu-3jaar","subject":{"group":1,"segment":"A","manager":2}}`: Started{Kind: Now3Years, Subject: Subject{Group: 1, Segment: "A", Manager: 2}},
		`{"groups":[1,2]}`:          Chose{[]analysis.GroupID{1, 2}},
		`{"user":"U1"}`:             Joined{"U1"},
		`{"user":"U2"}`:             Removed{"U2"},
		`{"from":"U1","user":"U2"}`: TookOver{"U1", "U2"},
		`{"from":"schrijven","visit":3,"to":"groeperen","deadline":"2026-11-24T09:00:00Z","why":"termijn"}`: Moved{Writing, 3, Clustering, at, ByDeadline},
		`{"phase":"stemmen","from":"2026-11-24T09:00:00Z","deadline":"2026-11-24T09:00:00Z"}`:               Extended{Voting, at, at},
		`{"from":"eerst-schrijven","visit":3,"mode":"live","deadline":"2026-11-24T09:00:00Z"}`:              Switched{Mixed, 3, Live, at},
		`{"why":"extern"}`:      Paused{Outsiders},
		`{}`:                    Resumed{},
		`{"why":"vergeten"}`:    Ended{Forgotten},
		`{"seq":9}`:             Undone{9},
		`{"phase":"bespreken"}`: Readied{Discussing},
		`{"horizon":"over 3 jaar","text":"t","source":"s"}`:                           Wrote{Place: Place{Horizon: Later}, Text: "t", Source: "s"},
		`{"step":1,"field":"kans","text":"t","ground":"feit"}`:                        Wrote{Place: Place{Step: 1, Field: Opportunity}, Text: "t", Ground: Fact},
		`{"cluster":14,"field":"betekent","text":"t"}`:                                Wrote{Place: Place{Cluster: 14, Field: Mean}, Text: "t"},
		`{"card":2,"text":"t"}`:                                                       Rewrote{Card: 2, Text: "t"},
		`{"card":2}`:                                                                  Withdrew{2},
		`{"clusters":[{"name":"n","cards":[2,3]}],"opposed":[[2,4]]}`:                 Clustered{Clusters: []Proposed{{"n", []CardID{2, 3}}}, Opposed: [][2]CardID{{2, 4}}},
		`{"clusters":[{"name":"n","cards":[2]}],"model":true}`:                        Clustered{Clusters: []Proposed{{"n", []CardID{2}}}, Model: true},
		`{"into":1,"from":2}`:                                                         Merged{1, 2},
		`{"cluster":1,"name":"n","cards":[2]}`:                                        Split{1, "n", []CardID{2}},
		`{"cluster":1,"from":"a","to":"b"}`:                                           Renamed{1, "a", "b"},
		`{"card":2,"cluster":1}`:                                                      Put{2, 1},
		`{"card":2,"other":3}`:                                                        Opposed{2, 3},
		`{"horizon":"nu","dots":[{"cluster":1,"dots":2}]}`:                            Voted{Now, []Dot{{1, 2}}},
		`{"card":2,"impact":4,"effort":1}`:                                            Weighed{2, Weight{4, 1}},
		`{"cluster":1,"horizon":"nu","choice":"stoppen"}`:                             Decided{1, Now, Stop},
		`{"base":0,"steps":[{"id":1,"name":"a"},{"name":"b"}]}`:                       Stepped{0, []Step{{1, "a"}, {0, "b"}}},
		`{"step":1,"feeling":5}`:                                                      Felt{1, 5},
		`{"words":["nabij"]}`:                                                         AmbitionChosen{[]string{"nabij"}},
		`{"owner":"U1","due":"2026-12-01","when":"w","then":"t","theme":"groei"}`:     Agreed{Owner: "U1", Due: analysis.Date(2026, 12, 1), When: "w", Then: "t", Theme: "groei"},
		`{"action":9,"base":1,"state":"verzet","due":"2026-12-01","reason":"r"}`:      Handled{Action: 9, Base: 1, State: Delayed, Due: analysis.Date(2026, 12, 1), Reason: "r"},
		`{"action":9,"base":1,"state":"gedaan","due":"","owner":"U2"}`:                Handled{Action: 9, Base: 1, State: Done, Due: analysis.NoDay, Owner: "U2"},
		`{"owner":"U1","due":"2026-12-01","then":"t","cluster":1,"step":2,"group":3}`: Agreed{Owner: "U1", Due: analysis.Date(2026, 12, 1), Then: "t", Cluster: 1, Step: 2, Group: 3},
	} {
		raw, err := Encode(b)
		if err != nil || string(raw) != want {
			t.Errorf("%s:\n%s (%v), want\n%s", b.Name(), raw, err, want)
		}
	}
}
