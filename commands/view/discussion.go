package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Thought is what the bot adds to a discussion about a client.
type Thought struct {
	Card
	Against []GoodQuestion // what speaks against what was said
	Unasked GoodQuestion   // what nobody asked
}

// mostAgainst keeps what is said in a discussion short.
const mostAgainst = 2

// Thoughts is what the bot adds to a discussion, once.
func Thoughts(p *locale.Printer, a AnswerScreen, all []Thought) Message {
	var blocks []slack.Block
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = brief(t.Client.Name)
		facts := []string{segmentLine(p, t.Card), p.T("client.rating", nil) + ": " + orNotAsked(p, t.Card), revenueLine(p, t.Card), p.T("client.last_contact", nil) + ": " + lastLine(p, t.Card)}
		against := []string{p.T("discuss.against.none", nil)}
		for j, one := range t.Against[:min(len(t.Against), mostAgainst)] {
			if j == 0 {
				against = nil
			}
			against = append(against, one.Words(p))
		}
		blocks = append(blocks, sheet(row(names[i]), row(p.T("discuss.facts", nil), text(strings.Join(facts, " · "))),
			row(p.T("discuss.against", nil), text(strings.Join(against, " "))),
			row(p.T("discuss.unasked", nil), text(t.Unasked.Words(p)+" ("+t.Unasked.Why(p)+")"))))
	}
	m := AnswerMessage(p, a)
	m.Text = twin(p.T("discuss.twin", analysis.Args{"names": p.List(names)}))
	m.Blocks = append(blocks, m.Blocks[1:]...)
	return m
}
