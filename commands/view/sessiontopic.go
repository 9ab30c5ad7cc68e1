package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// sessionTalk are the words in keys, and the blocks of a form, of the questions of a
// discussion.
var sessionTalk = map[session.Field]string{session.See: "see", session.Mean: "mean", session.Do: "do"}

// FieldTopic is the block that asks for one's own words on a question.
func FieldTopic(f session.Field) string { return "talk_" + sessionTalk[f] }

// FieldChoice is the block that asks what to do about a group on a horizon.
func FieldChoice(h session.Horizon) string { return "choice_" + sessionHorizons[h] }

// SessionTopic is a group that is discussed.
type SessionTopic struct {
	SessionBoard
	session.Tally
	Place int // 1 has the most dots
}

const (
	cardsOfTopic = 8
	saidOfTopic  = 12
)

// SessionTopicMessage is a group that is discussed, in whose thread people talk.
func SessionTopicMessage(p *locale.Printer, t SessionTopic) Message {
	s, c := t.State, t.Cluster
	title := strconv.Itoa(t.Place) + ". " + cut(c.Name, maxName)
	m := Message{Text: twin(p.T("session.topic.twin", analysis.Args{"name": session.Isolate(brief(c.Name))})), Blocks: []slack.Block{header(title), context(topicDots(p, t))}}
	cards := s.CardsOf("", c)
	list := slack.NewRichTextSection()
	for i, card := range cards[:min(len(cards), cardsOfTopic)] {
		if i > 0 {
			list.Elements = append(list.Elements, text("\n"))
		}
		list.Elements = append(list.Elements, text("• "), written(card.Text, session.LongestText), text("  – "+SessionHorizonWord(p, card.Horizon)))
		if card.Author != "" {
			list.Elements = append(list.Elements, text(", "), mention(p, card.Author))
		}
	}
	if rest := len(cards) - cardsOfTopic; rest > 0 {
		list.Elements = append(list.Elements, text("\n"+p.N("session.cards.more", rest, nil)))
	}
	if len(list.Elements) > 0 {
		m.Blocks = append(m.Blocks, slack.NewRichTextBlock("", list))
	}
	var rows []*slack.RichTextSection
	for _, f := range session.TalkFields() {
		rows = append(rows, row(p.T("session.talk."+sessionTalk[f], nil), talked(p, s.CardsAt("", session.Place{Cluster: c.ID, Field: f}))...))
	}
	m.Blocks = append(m.Blocks, sheet(rows...), choicesLine(p, s, c.ID))
	if s.Status == session.Running && (s.Phase == session.Discussing || s.Phase == session.Acting) {
		value := groupValue(s, c.ID)
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", primary(button(p.T("session.talk", nil), "session.talk.v1", value)),
			button(p.T("session.act", nil), "session.act.v1", value), button(p.T("session.group", nil), "session.group.v1", value+"/0")), context(p.T("session.topic.thread", nil)))
	}
	return m
}

// topicDots says what a group got.
func topicDots(p *locale.Printer, t SessionTopic) string {
	words := ""
	for _, h := range session.Columns() {
		if words != "" {
			words += " · "
		}
		words += SessionHorizonWord(p, h) + " " + dots(t.Dots[h])
		if t.Dots[h] == 0 {
			words += "–"
		}
	}
	return words + " · " + p.N("session.voters", t.Voters, nil)
}

// talked is what people wrote on a question, each with who did.
func talked(p *locale.Printer, cards []session.Card) []slack.RichTextSectionElement {
	if len(cards) == 0 {
		return []slack.RichTextSectionElement{text("–")}
	}
	var all []slack.RichTextSectionElement
	for _, c := range cards[:min(len(cards), saidOfTopic)] {
		all = append(all, text("\n• "), written(c.Text, session.LongestText))
		if c.Author != "" {
			all = append(all, text(" – "), mention(p, c.Author))
		}
	}
	if rest := len(cards) - saidOfTopic; rest > 0 {
		all = append(all, text("\n"+p.N("session.cards.more", rest, nil)))
	}
	return all
}

// sessionChoices are the words in keys of what to do.
var sessionChoices = map[session.Choice]string{session.Keep: "keep", session.Start: "start", session.Stop: "stop", session.NoChoice: "nothing"}

// SessionChoiceWord is what people call what to do.
func SessionChoiceWord(p *locale.Printer, c session.Choice) string {
	return p.T("session.choice."+sessionChoices[c], nil)
}

// choicesLine says what is to be done about a group, and where nobody said so yet
// that it is what the cards propose.
func choicesLine(p *locale.Printer, s *session.State, id session.ClusterID) slack.Block {
	var values []slack.RichTextSectionElement
	for i, h := range session.Columns() {
		choice, decided := s.Choice(id, h)
		if i > 0 {
			values = append(values, text("  ·  "))
		}
		words := SessionHorizonWord(p, h) + ": " + SessionChoiceWord(p, choice)
		if !decided && choice != session.NoChoice {
			words += " " + p.T("session.choice.proposal", nil)
		}
		values = append(values, text(words))
	}
	return sheet(row(p.T("session.choice.line", nil), values...))
}

// SessionTalkWindow asks for one's own words on a group, and what to do about it.
func SessionTalkWindow(p *locale.Printer, s *session.State, c session.Cluster, own func(session.Field) []session.Card) Modal {
	m := groupForm(p, "session.talk", "session.talked.v1", groupValue(s, c.ID), header(c.Name), context(p.T("session.talk.open", nil)))
	for _, f := range session.TalkFields() {
		m.Blocks = append(m.Blocks, cardsInput(p, SessionCards{Cards: own(f), Field: FieldTopic(f), Label: p.T("session.talk."+sessionTalk[f], nil), Hint: p.T("session.write.lines", analysis.Args{"most": session.MostEach})}))
	}
	for _, h := range session.Columns() {
		pick := slack.NewRadioButtonsBlockElement("choice")
		now, _ := s.Choice(c.ID, h)
		for _, choice := range append(session.Choices(), session.NoChoice) {
			o := slack.NewOptionBlockObject(string(choice), plain(SessionChoiceWord(p, choice), maxOption), nil)
			pick.Options = append(pick.Options, o)
			if choice == now {
				pick.InitialOption = o
			}
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldChoice(h), plain(p.T("session.choice.ask", analysis.Args{"horizon": SessionHorizonWord(p, h)}), maxHeader), nil, pick))
	}
	return m
}
