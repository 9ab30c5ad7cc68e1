package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// FieldDot is the block of the nth dot (0 the first) on a horizon.
func FieldDot(h session.Horizon, n int) string {
	return "dot_" + sessionHorizons[h] + "_" + strconv.Itoa(n)
}

// SessionVoteWindow asks for a ballot: each dot goes to a group, to a loose card, which
// is a group of one, or to none.
func SessionVoteWindow(p *locale.Printer, b SessionBoard, viewer analysis.UserID) Modal {
	s := b.State
	m := Modal{Title: cut(p.T("session.vote", nil), maxTitle), Close: p.T("word.close", nil)}
	topics := s.Topics()
	if len(topics) == 0 {
		m.Blocks = []slack.Block{section(p.T("session.vote.none", nil))}
		return m
	}
	m.Submit, m.Callback, m.Private = p.T("session.vote.send", nil), "session.voted.v1", SessionValue(s)
	args := analysis.Args{"dots": session.Dots, "most": session.MostDots}
	m.Blocks = []slack.Block{context(p.T("session.vote.intro", args)), voteGroups(p, s, viewer)}
	for _, h := range session.Columns() {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), header(p.T("session.vote."+sessionHorizons[h], nil)))
		var given []session.ClusterID
		for _, d := range s.Ballot(viewer, h) {
			for range d.Dots {
				given = append(given, d.Cluster)
			}
		}
		for n := range session.Dots {
			pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.merge.choose", nil), maxPlaceholder), "dot")
			var groups optionGroups
			for _, c := range topics {
				o := slack.NewOptionBlockObject(strconv.Itoa(int(c.ID)), plain(c.Name, maxOption), nil)
				groups.add(p.T(map[bool]string{false: "session.groups", true: "session.groups.loose"}[c.Alone()], nil), o)
				if n < len(given) && given[n] == c.ID {
					pick.InitialOption = o
				}
			}
			pick.OptionGroups = groups
			label := p.T("session.vote.dot", analysis.Args{"n": n + 1, "horizon": SessionHorizonWord(p, h)})
			m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldDot(h, n), plain(label, maxHeader), nil, pick).WithOptional(true))
		}
	}
	return m
}

// looseInBallot is how many loose cards a ballot recalls before its lists, which hold
// them all.
const looseInBallot = 12

// voteGroups recalls what is in the groups, and the loose cards.
func voteGroups(p *locale.Printer, s *session.State, viewer analysis.UserID) slack.Block {
	all := slack.NewRichTextSection()
	for i, c := range s.Clusters {
		if i > 0 {
			all.Elements = append(all.Elements, text("\n"))
		}
		cards := s.CardsOf(viewer, c)
		all.Elements = append(all.Elements, slack.NewRichTextSectionTextElement(session.Isolate(cut(c.Name, maxName)), &slack.RichTextSectionTextStyle{Bold: true}), text(" · "+p.N("session.cards", len(cards), nil)))
		for _, card := range cards[:min(len(cards), 2)] {
			all.Elements = append(all.Elements, text("\n    "), written(card.Text, briefCard))
		}
	}
	loose := s.Loose(viewer)
	if len(loose) == 0 {
		return slack.NewRichTextBlock("", all)
	}
	if len(s.Clusters) > 0 {
		all.Elements = append(all.Elements, text("\n"))
	}
	all.Elements = append(all.Elements, slack.NewRichTextSectionTextElement(p.T("session.groups.loose", nil), &slack.RichTextSectionTextStyle{Bold: true}), text(" · "+p.T("session.vote.loose", nil)))
	for _, card := range loose[:min(len(loose), looseInBallot)] {
		all.Elements = append(all.Elements, text("\n    "), written(card.Text, briefCard))
	}
	if rest := len(loose) - looseInBallot; rest > 0 {
		all.Elements = append(all.Elements, text("\n    "+p.N("session.cards.more", rest, nil)))
	}
	return slack.NewRichTextBlock("", all)
}

// SessionVotedWindow shows the viewer's own ballot.
func SessionVotedWindow(p *locale.Printer, b SessionBoard, viewer analysis.UserID) Modal {
	s := b.State
	var rows []*slack.RichTextSection
	for _, h := range session.Columns() {
		values := []slack.RichTextSectionElement{}
		for _, d := range s.Ballot(viewer, h) {
			if c, ok := s.Cluster(d.Cluster); ok {
				values = append(values, text("\n"+dots(d.Dots)+" "), written(c.Name, maxName))
			}
		}
		if len(values) == 0 {
			values = append(values, text(p.T("session.vote.blank", nil)))
		}
		rows = append(rows, row(SessionHorizonWord(p, h), values...))
	}
	done := s.Progress()
	return Modal{Title: cut(p.T("session.vote", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{
		section("✓ " + p.T("session.vote.saved", analysis.Args{"done": done.Done, "of": done.Of})), sheet(rows...), context(p.T("session.vote.hidden", nil)),
		slack.NewActionBlock("", button(p.T("session.vote.change", nil), "session.vote.v1", SessionValue(s)))}}
}

// dots draws n of them, at most twelve; more are a number.
func dots(n int) string {
	const most = 12
	line := ""
	for range min(n, most) {
		line += "●"
	}
	if n > most {
		return "● × " + strconv.Itoa(n)
	}
	return line
}
