package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/view"
	"klantbot/storage"
)

// ownPlace is a workspace with one conversation, in which the bot is.
type ownPlace struct{}

func (ownPlace) Place(_ context.Context, id analysis.ChannelID) (Channel, error) {
	return Channel{ID: id, Name: "klanten", Member: true}, nil
}

// TestQuotesOfOthersAreNotShared: what somebody may not read they can neither
// preview nor post, whatever stands in the window that they send; of an anonymous
// wave nothing goes out that may not be shown, and no name ever does.
func TestQuotesOfOthersAreNotShared(t *testing.T) {
	o := newOffice(t)
	var rows []analysis.StagedResponse
	for i := range 12 {
		rows = append(rows, person(i, fmt.Sprint(500+i), ""))
	}
	o.answers("Najaar", analysis.AskedClients, true, rows)
	o.answers("Team", analysis.AskedEmployees, false, rows[:4])
	quotes := Quotes{Use: o.asked().Use, Places: ownPlace{}, Letters: o.db, Store: o.db, Now: func() time.Time { return at }}
	for _, w := range everybody(o) {
		responses, err := o.db.Responses(context.Background(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		s := quoteSpot{wave: w.ID, channel: "C1", picks: []string{fmt.Sprintf("%d/0/0/%d/n/x", responses[0].ID, len(responses[0].Comments[0].Text))}}
		for _, c := range []struct {
			name   string
			who    analysis.Actor
			shares bool
		}{
			{"partner", partnerOf(), w.Audience == analysis.AskedClients},
			{"other manager", analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.ManagerRole), Manager: 999}, false},
			{"employee", analysis.Actor{User: "U3", Roles: analysis.RolesOf(analysis.Employee)}, false},
		} {
			press := pressedBy(o, c.who, "")
			press.Private, press.Fields = s.String(), map[string]string{view.FieldQuotes + "0": s.picks[0]}
			if _, err := quotes.Preview(context.Background(), press); (err == nil) != c.shares {
				t.Errorf("%s previews %s: %v", c.name, w.Name, err)
			}
			if _, err := quotes.Post(context.Background(), press); (err == nil) != c.shares {
				t.Errorf("%s posts %s: %v", c.name, w.Name, err)
			}
			letter, err := quotes.Letter(context.Background(), storage.LedgerEntry{Key: "quotes/" + press.Key, Subject: s.String(), Author: c.who.User, At: at, Lang: "nl"})
			if words := wordsOf(t, &letter); strings.Contains(words, "Pieter") || strings.Contains(words, "belt nooit") != (w.Audience == analysis.AskedClients) {
				t.Errorf("%s is posted as %s (%v)", w.Name, words, err)
			}
		}
	}
}
