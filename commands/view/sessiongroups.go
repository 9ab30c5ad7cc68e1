package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// How much of the groups stands in a window.
const (
	cardsOfGroup = 3  // of each group in the list
	cardsOnPage  = 15 // of one group
	briefCard    = 90
	mostOption   = 100 // options of a list
)

// SessionGroups are the groups of cards, and what the viewer may do with them.
type SessionGroups struct {
	SessionBoard
	Viewer  analysis.UserID
	Change  bool // grouping is going on, and the viewer takes part in it
	Propose bool // the viewer may ask for another proposal
	Model   bool // a language model would make that
	Undo    bool // the viewer may take the last step back
	Outcome Outcome
}

// groupValue is what a button about a cluster carries; 0 are the loose cards.
func groupValue(s *session.State, id session.ClusterID) string {
	return SessionValue(s) + "/" + strconv.Itoa(int(id))
}

// SessionGroupsWindow lists the groups, and what is in none.
func SessionGroupsWindow(p *locale.Printer, g SessionGroups) Modal {
	s := g.State
	m := Modal{Title: cut(p.T("session.groups", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, g.Outcome, "session.regroup.v1")}
	intro := "session.groups.read"
	if g.Change {
		intro = "session.groups.intro"
		if s.ByModel {
			intro = "session.groups.intro_model"
		}
	}
	m.Blocks = append(m.Blocks, context(p.T(intro, nil)))
	if len(s.Clusters) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("session.groups.none", nil)))
	}
	for i, c := range s.Clusters {
		m.Blocks = append(m.Blocks, groupLine(p, s, c.ID, c.Name, s.CardsOf(g.Viewer, c), i+1)...)
	}
	if loose := s.Loose(g.Viewer); len(loose) > 0 && s.Passed(session.Writing) {
		m.Blocks = append(m.Blocks, groupLine(p, s, 0, p.T("session.groups.loose", nil), loose, len(s.Clusters)+1)...)
		if s.Phase == session.Clustering || s.Phase == session.Voting {
			m.Blocks = append(m.Blocks, context(p.T("session.groups.loose_note", nil)))
		}
	}
	var buttons []slack.BlockElement
	if g.Change {
		if step, ok := s.LastStep(false); ok && g.Undo {
			buttons = append(buttons, button(p.T("session.undo", nil), "session.regroup.v1#1", SessionStep(s, step)))
		}
		if step, ok := s.LastUndone(false); ok {
			buttons = append(buttons, button(p.T("session.redo", nil), "session.regroup.v1#2", SessionStep(s, step)))
		}
	}
	if g.Propose {
		label, ask := "session.propose", "session.propose_ask"
		if g.Model {
			label, ask = "session.propose_model", "session.propose_model_ask"
		}
		again := button(p.T(label, nil), "session.propose.v1", SessionValue(s))
		if g.Model || len(s.Clusters) > 0 {
			again.Confirm = sessionConfirm(p, p.T("session.propose", nil), p.T(ask, nil))
		}
		buttons = append(buttons, again)
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// SessionProposed says what came of asking for groups: a model sorted the cards, is
// still doing so, came too late, or did not come to it, with the reason.
func SessionProposed(p *locale.Printer, pending, late, model bool, fallback string) string {
	switch {
	case pending:
		return p.T("session.proposed.pending", nil)
	case model && late:
		return p.T("session.proposed.late", nil)
	case model:
		return p.T("session.proposed.model", nil)
	case fallback != "":
		return p.T("session.proposed.offline", nil) + " " + p.T("session.proposed.why."+sortKey(fallback), nil)
	}
	return p.T("session.groups.changed", nil)
}

// sortKey is the catalogue's word for why a model did not sort the cards.
func sortKey(why string) string {
	switch key := callKey(why); key {
	case "breaker", "budget", "timeout", "endpoint", "unusable", "gate":
		return key
	case "job_budget":
		return "many"
	}
	if why == "number of cards" {
		return "many"
	}
	return "failed"
}

// groupLine is a group with its first cards.
func groupLine(p *locale.Printer, s *session.State, id session.ClusterID, name string, cards []session.Card, n int) []slack.Block {
	head := slack.NewRichTextSectionTextElement(session.Isolate(cut(name, maxName)), &slack.RichTextSectionTextStyle{Bold: true})
	line := slack.NewRichTextSection(head, text(" · "+p.N("session.cards", len(cards), nil)))
	for _, c := range cards[:min(len(cards), cardsOfGroup)] {
		line.Elements = append(line.Elements, text("\n• "), written(c.Text, briefCard))
	}
	if rest := len(cards) - cardsOfGroup; rest > 0 {
		line.Elements = append(line.Elements, text("\n"+p.N("session.cards.more", rest, nil)))
	}
	return []slack.Block{slack.NewRichTextBlock("", line), slack.NewActionBlock("", button(p.T("setting.look", nil), "session.group.v1#"+strconv.Itoa(n), groupValue(s, id)+"/0"))}
}

// SessionGroup is one group, or the loose cards (Cluster.ID 0), a page of it.
type SessionGroup struct {
	SessionGroups
	Cluster session.Cluster
	Cards   []session.Card // all
	Offset  int
}

// SessionGroupWindow shows the cards of a group word for word.
func SessionGroupWindow(p *locale.Printer, g SessionGroup) Modal {
	s, id := g.State, g.Cluster.ID
	m := Modal{Title: cut(p.T("session.group", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, g.Outcome, "session.regroup.v1")}
	name := g.Cluster.Name
	if id == 0 {
		name = p.T("session.groups.loose", nil)
	}
	m.Blocks = append(m.Blocks, header(name), context(p.N("session.cards", len(g.Cards), nil)))
	if g.Change {
		m.Blocks = append(m.Blocks, groupTools(p, g))
	}
	g.Offset = min(max(0, g.Offset), max(0, len(g.Cards)-1)) / cardsOnPage * cardsOnPage
	shown := g.Cards[g.Offset:min(len(g.Cards), g.Offset+cardsOnPage)]
	for i, c := range shown {
		words := session.Isolate(c.Text) + "\n" + cardAbout(p, c)
		if g.Change {
			m.Blocks = append(m.Blocks, choice(words, button(p.T("session.move_card", nil), "session.move.v1#"+strconv.Itoa(i+1), SessionValue(s)+"/"+strconv.Itoa(int(c.ID)))))
			continue
		}
		m.Blocks = append(m.Blocks, section(words))
	}
	pager := windowPager(p, "session.group.v1", func(offset int) string { return groupValue(s, id) + "/" + strconv.Itoa(offset) }, g.Offset, cardsOnPage, len(shown), len(g.Cards))
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(pager, button(p.T("word.back", nil), "session.groups.v1", SessionValue(s)))...))
	return m
}

// cardAbout says on which question a card is, who wrote it where that is shown, and
// where it comes from.
func cardAbout(p *locale.Printer, c session.Card) string {
	words := "– " + SessionHorizonWord(p, c.Horizon)
	if c.Source != "" {
		words += " · " + p.T("session.source.is", analysis.Args{"source": session.Isolate(c.Source)})
	}
	return words
}

// groupTools are what can be done with a whole group.
func groupTools(p *locale.Printer, g SessionGroup) slack.Block {
	value := groupValue(g.State, g.Cluster.ID)
	var tools []slack.BlockElement
	if g.Cluster.ID != 0 {
		tools = append(tools, button(p.T("session.rename", nil), "session.rename.v1", value))
		if len(g.State.Clusters) > 1 {
			tools = append(tools, button(p.T("session.merge", nil), "session.merge.v1", value))
		}
	}
	label := "session.split"
	if g.Cluster.ID == 0 {
		label = "session.split_loose"
	}
	return slack.NewActionBlock("", append(tools, button(p.T(label, nil), "session.split.v1", value))...)
}

// groupForm is a form about a group or a card, with a way back.
func groupForm(p *locale.Printer, title, callback, value string, blocks ...slack.Block) Modal {
	return Modal{Title: cut(p.T(title, nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: callback, Private: value, Blocks: blocks}
}

func groupNameInput(p *locale.Printer, label, name string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(plain(p.T("session.group.name_example", nil), maxPlaceholder), "name")
	input.InitialValue, input.MaxLength = name, 60
	return slack.NewInputBlock(FieldName, plain(p.T(label, nil), maxHeader), nil, input)
}

// SessionRenameForm asks for another name of a group.
func SessionRenameForm(p *locale.Printer, s *session.State, c session.Cluster) Modal {
	value := groupValue(s, c.ID)
	return groupForm(p, "session.rename", "session.renamed.v1", value, groupNameInput(p, "session.group.name", cut(c.Name, 60)), back(p, "session.group.v1", value+"/0"))
}

// SessionMergeForm asks with which other group a group goes together.
func SessionMergeForm(p *locale.Printer, s *session.State, c session.Cluster) Modal {
	value := groupValue(s, c.ID)
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.merge.choose", nil), maxPlaceholder), "target")
	for _, other := range s.Clusters {
		if other.ID != c.ID {
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(strconv.Itoa(int(other.ID)), plain(other.Name, maxOption), nil))
		}
	}
	return groupForm(p, "session.merge", "session.merged.v1", value, header(c.Name), context(p.T("session.merge.hint", nil)),
		slack.NewInputBlock(FieldTarget, plain(p.T("session.merge.with", nil), maxHeader), nil, pick), back(p, "session.group.v1", value+"/0"))
}

// SessionSplitForm asks which cards become a group of their own.
func SessionSplitForm(p *locale.Printer, s *session.State, c session.Cluster, cards []session.Card) Modal {
	value := groupValue(s, c.ID)
	title := "session.split"
	if c.ID == 0 {
		title = "session.split_loose"
	}
	pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("session.split.choose", nil), maxPlaceholder), "cards")
	pick.OptionGroups = cardOptions(p, cards)
	return groupForm(p, title, "session.parted.v1", value, groupNameInput(p, "session.group.new_name", ""),
		slack.NewInputBlock(FieldCards, plain(p.T("session.split.which", nil), maxHeader), nil, pick), back(p, "session.group.v1", value+"/0"))
}

// cardOptions are cards to choose from, by the question they are on.
func cardOptions(p *locale.Printer, cards []session.Card) []*slack.OptionGroupBlockObject {
	var groups optionGroups
	for _, h := range session.Horizons() {
		for _, c := range cards {
			if c.Horizon == h {
				groups.add(SessionHorizonWord(p, h), slack.NewOptionBlockObject(strconv.Itoa(int(c.ID)), plain(c.Text, maxOption), nil))
			}
		}
	}
	return groups
}

// optionGroups are options under headings: Slack takes mostOption of them under one,
// and as many headings.
type optionGroups []*slack.OptionGroupBlockObject

// add puts o under the last heading, or a new one.
func (g *optionGroups) add(label string, o *slack.OptionBlockObject) {
	if n := len(*g); n == 0 || (*g)[n-1].Label.Text != label || len((*g)[n-1].Options) == mostOption {
		*g = append(*g, slack.NewOptionGroupBlockElement(plain(label, maxOption)))
	}
	last := (*g)[len(*g)-1]
	last.Options = append(last.Options, o)
}

// SessionMoveForm asks to which group a card goes, and with what it contradicts.
func SessionMoveForm(p *locale.Printer, s *session.State, c session.Card, others []session.Card) Modal {
	value := SessionValue(s) + "/" + strconv.Itoa(int(c.ID))
	target := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.merge.choose", nil), maxPlaceholder), "target")
	in := session.ClusterID(0)
	for _, group := range s.Clusters {
		o := slack.NewOptionBlockObject(strconv.Itoa(int(group.ID)), plain(group.Name, maxOption), nil)
		target.Options = append(target.Options, o)
		for _, id := range group.Cards {
			if id == c.ID {
				in, target.InitialOption = group.ID, o
			}
		}
	}
	loose := slack.NewOptionBlockObject("0", plain(p.T("session.groups.loose", nil), maxOption), nil)
	target.Options = append(target.Options, loose)
	if in == 0 {
		target.InitialOption = loose
	}
	blocks := []slack.Block{sheet(slack.NewRichTextSection(written(c.Text, maxSection), text("\n"+cardAbout(p, c)))),
		slack.NewInputBlock(FieldTarget, plain(p.T("session.move.to", nil), maxHeader), nil, target)}
	if len(others) > 0 {
		other := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.move.other_choose", nil), maxPlaceholder), "other")
		other.OptionGroups = cardOptions(p, others)
		blocks = append(blocks, slack.NewInputBlock(FieldOther, plain(p.T("session.move.other", nil), maxHeader), plain(p.T("session.move.other_hint", nil), maxHeader), other).WithOptional(true))
	}
	return groupForm(p, "session.move_card", "session.moved.v1", value, append(blocks, back(p, "session.group.v1", groupValue(s, in)+"/0"))...)
}
