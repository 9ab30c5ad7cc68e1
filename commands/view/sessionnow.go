package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// nowWork is what people do in the phases of nu-3jaar.
var nowWork = map[session.Phase][]SessionButton{
	session.Facts:      {{"session.facts", "session.facts.v1"}, {"session.write", "session.write.v1"}},
	session.Writing:    {{"session.write", "session.write.v1"}, {"session.facts", "session.facts.v1"}},
	session.Clustering: {{"session.groups", "session.groups.v1"}, {"session.facts", "session.facts.v1"}},
	session.Voting:     {{"session.vote", "session.vote.v1"}, {"session.groups", "session.groups.v1"}},
	session.Discussing: {{"session.act", "session.act.v1"}, {"session.groups", "session.groups.v1"}},
	session.Acting:     {{"session.act", "session.act.v1"}, {"session.groups", "session.groups.v1"}},
	session.Concluded:  {{"session.act", "session.act.v1"}, {"session.groups", "session.groups.v1"}},
}

// nowBody is what the board of nu-3jaar shows of a phase: the clients that were
// chosen, the groups while they are made, the actions once they are spoken of.
func nowBody(p *locale.Printer, b SessionBoard) []slack.Block {
	s := b.State
	var blocks []slack.Block
	if len(b.Chosen) > 0 {
		blocks = append(blocks, sheet(row(p.T("session.chosen", nil), text(p.List(b.Chosen)))))
	}
	switch s.Phase {
	case session.Clustering, session.Voting:
		if list := boardGroups(p, s); list != nil {
			blocks = append(blocks, list)
		}
	case session.Discussing, session.Acting, session.Concluded:
		if s.Phase != session.Discussing || len(s.Actions) > 0 {
			blocks = append(blocks, actLines(p, s, analysis.DayOf(s.Last))...)
		}
	}
	return blocks
}

// boardGroups names the groups with how many cards they have; nil: there are none.
func boardGroups(p *locale.Printer, s *session.State) slack.Block {
	list := slack.NewRichTextSection()
	for i, c := range s.Clusters {
		if i > 0 {
			list.Elements = append(list.Elements, text("\n"))
		}
		list.Elements = append(list.Elements, text("• "), written(c.Name, maxName), text(" · "+p.N("session.cards", len(s.CardsOf("", c)), nil)))
	}
	if loose := len(s.Loose("")); loose > 0 {
		if len(list.Elements) > 0 {
			list.Elements = append(list.Elements, text("\n"))
		}
		list.Elements = append(list.Elements, text("• "+p.T("session.groups.loose", nil)+" · "+p.N("session.cards", loose, nil)))
	}
	if len(list.Elements) == 0 {
		return nil
	}
	return slack.NewRichTextBlock("", list)
}
