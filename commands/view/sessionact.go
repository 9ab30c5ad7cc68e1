package view

import (
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// Blocks of the form of a new action; its date is in FieldDay, its owner in
// FieldColleague.
const (
	FieldWhen  = "when"
	FieldThen  = "then"
	FieldTheme = "theme"
)

// SessionActs are the actions of a session, and the form of another one.
type SessionActs struct {
	SessionBoard
	AsOf    analysis.Day
	Owner   analysis.UserID // proposed
	Cluster session.ClusterID
	Themes  []string
	Private string
}

// SessionActForm asks for an action: who, when, and what.
func SessionActForm(p *locale.Printer, a SessionActs) Modal {
	owner := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "colleague")
	owner.InitialUser = string(a.Owner)
	then := actInput(p, "session.act.then_example", "then")
	m := groupForm(p, "session.act", "session.agreed.v1", a.Private,
		context(p.T("session.act.intro", nil)),
		slack.NewInputBlock(FieldThen, plain(p.T("session.act.then", nil), maxHeader), nil, then),
		slack.NewInputBlock(FieldWhen, plain(p.T("session.act.when", nil), maxHeader), plain(p.T("session.act.when_hint", nil), maxHeader), actInput(p, "session.act.when_example", "when")).WithOptional(true),
		slack.NewInputBlock(FieldColleague, plain(p.T("session.act.owner", nil), maxHeader), nil, owner),
		dayInput(p.T("session.act.due", nil), "", analysis.DayOf(session.WorkingDays(a.AsOf.Time(), proposedDays))))
	if topics := actTopics(a); len(topics) > 0 {
		m.Blocks = append(m.Blocks, actCluster(p, a, topics))
	}
	if len(a.Themes) > 0 {
		theme := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.act.theme_choose", nil), maxPlaceholder), "theme")
		for _, name := range a.Themes[:min(len(a.Themes), mostOption)] {
			theme.Options = append(theme.Options, slack.NewOptionBlockObject(cut(name, maxOption), plain(ThemeWords(p, name), maxOption), nil))
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldTheme, plain(p.T("session.act.theme", nil), maxHeader), nil, theme).WithOptional(true))
	}
	return m
}

// proposedDays are the working days that an action is given unless somebody chooses
// another day: two weeks, and never until a weekend.
const proposedDays = 10

func actInput(p *locale.Printer, example, action string) *slack.PlainTextInputBlockElement {
	input := slack.NewPlainTextInputBlockElement(plain(p.T(example, nil), maxPlaceholder), action)
	input.MaxLength = session.LongestText
	return input
}

// actTopics are what an action can come of: the groups, and the loose cards that are
// talked of.
func actTopics(a SessionActs) []session.Cluster {
	topics := slices.Clone(a.State.Clusters)
	for _, t := range a.State.Top() {
		if t.Cluster.Alone() {
			topics = append(topics, t.Cluster)
		}
	}
	return topics
}

func actCluster(p *locale.Printer, a SessionActs, topics []session.Cluster) slack.Block {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.merge.choose", nil), maxPlaceholder), "target")
	for _, c := range topics {
		o := slack.NewOptionBlockObject(strconv.Itoa(int(c.ID)), plain(c.Name, maxOption), nil)
		pick.Options = append(pick.Options, o)
		if c.ID == a.Cluster {
			pick.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldTarget, plain(p.T("session.act.cluster", nil), maxHeader), nil, pick).WithOptional(true)
}

// SessionActsWindow says that an action is kept, with all there are.
func SessionActsWindow(p *locale.Printer, a SessionActs) Modal {
	m := Modal{Title: cut(p.T("session.act", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{section("✓ " + p.T("session.act.saved", nil))}}
	m.Blocks = append(m.Blocks, actLines(p, a.State, a.AsOf)...)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", primary(button(p.T("session.act.another", nil), "session.act.v1", SessionValue(a.State)))))
	return m
}

// actsOnBoard is how many actions stand on the board and in the outcome.
const actsOnBoard = 10

// actLines are the actions of s, a line each.
func actLines(p *locale.Printer, s *session.State, asOf analysis.Day) []slack.Block {
	if len(s.Actions) == 0 {
		return []slack.Block{section(p.T("session.act.none", nil))}
	}
	list := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(p.N("session.act.count", len(s.Actions), nil), &slack.RichTextSectionTextStyle{Bold: true}))
	for _, a := range s.Actions[:min(len(s.Actions), actsOnBoard)] {
		list.Elements = append(list.Elements, text("\n"+actSign(a)+" "))
		list.Elements = append(list.Elements, actWords(p, a)...)
		list.Elements = append(list.Elements, text("  "), mention(p, a.Owner), text(" · "+p.T("action.by", analysis.Args{"day": p.Near(a.Due, asOf)})))
	}
	if rest := len(s.Actions) - actsOnBoard; rest > 0 {
		list.Elements = append(list.Elements, text("\n"+p.N("session.act.more", rest, nil)))
	}
	return []slack.Block{slack.NewRichTextBlock("", list)}
}

// actSign shows how far an action is.
func actSign(a session.Action) string {
	switch a.State {
	case session.Done:
		return "✓"
	case session.Dropped:
		return "✕"
	}
	return "•"
}

// actWords say what is done, and when the occasion comes.
func actWords(p *locale.Printer, a session.Action) []slack.RichTextSectionElement {
	if a.When == "" {
		return []slack.RichTextSectionElement{written(a.Then, session.LongestText)}
	}
	return []slack.RichTextSectionElement{text(p.T("session.act.if", nil) + " "), written(a.When, session.LongestText), text(", " + p.T("session.act.so", nil) + " "), written(a.Then, session.LongestText)}
}
