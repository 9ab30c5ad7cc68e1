package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Candidate is one client that a search found.
type Candidate struct {
	Client  analysis.ClientID
	Name    string
	Number  string
	Group   string // name of the relatiegroep where it is not the client's own
	Manager string
	Via     string // the contact person, number or group that matched, where it was not the name
}

// details is what tells a candidate from others with a like name.
func (c Candidate) details(p *locale.Printer) string {
	parts := []string{p.T("client.number", analysis.Args{"number": c.Number})}
	if c.Via != "" {
		parts = append(parts, p.T("client.via", analysis.Args{"via": brief(c.Via)}))
	} else if c.Group != "" && c.Group != c.Name {
		parts = append(parts, brief(c.Group))
	}
	if c.Manager != "" {
		parts = append(parts, p.T("client.rm", analysis.Args{"name": c.Manager}))
	}
	return strings.Join(parts, " · ")
}

// Choices offers two to ten clients by buttons.
func Choices(p *locale.Printer, query string, found []Candidate) Message {
	title := p.N("client.choices", len(found), analysis.Args{"query": brief(query)})
	return list(p, title, "", found)
}

// Nearest says that nobody is called so, and offers who comes closest.
func Nearest(p *locale.Printer, query string, found []Candidate) Message {
	note := p.T("client.usage", nil)
	if len(found) == 0 {
		title := p.T("client.none", analysis.Args{"query": brief(query)})
		return Message{Text: twin(title), Blocks: []slack.Block{section(title), context(note)}}
	}
	return list(p, p.T("client.nearest", analysis.Args{"query": brief(query)}), note, found)
}

func list(p *locale.Printer, title, note string, found []Candidate) Message {
	blocks := []slack.Block{section(title)}
	for _, c := range found {
		blocks = append(blocks, choice(brief(c.Name)+"\n"+c.details(p), button(p.T("client.open", nil), "client.open.v1", id(c.Client))))
	}
	if note != "" {
		blocks = append(blocks, context(note))
	}
	return Message{Text: twin(title), Blocks: blocks}
}

// Many says that more than ten are called so and lets the asker type on.
func Many(p *locale.Printer, query string) Message {
	title := p.T("client.many", analysis.Args{"query": brief(query)})
	pick := clientSelect(p, "client.pick.v1")
	return Message{Text: twin(title), Blocks: []slack.Block{
		slack.NewSectionBlock(plain(title, maxSection), nil, slack.NewAccessory(pick)),
		context(p.T("client.many.tip", nil)),
	}}
}

// FindModal is the window of the shortcut "Zoek klant".
func FindModal(p *locale.Printer) Modal {
	return Modal{Title: p.T("client.find.title", nil), Close: p.T("word.close", nil), Blocks: []slack.Block{
		section(p.T("client.find.text", nil)),
		slack.NewActionBlock("", clientSelect(p, "client.pick.v1")),
	}}
}

func clientSelect(p *locale.Printer, actionID string) *slack.SelectBlockElement {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(p.T("client.find.placeholder", nil), maxPlaceholder), actionID)
	least := 2
	pick.MinQueryLength = &least
	return pick
}

// ClientOption is a client as a line of the select. The number stays whole
// where a long name does not.
func ClientOption(c analysis.Client) Option {
	number := " (" + cut(c.Number, 20) + ")"
	return Option{Label: cut(c.Name, maxOption-len([]rune(number))) + number, Value: id(c.ID)}
}

// ShareQuestion asks before anybody else reads the card. channel is the name
// without #.
func ShareQuestion(p *locale.Printer, name, channel string, client analysis.ClientID) Message {
	args := analysis.Args{"name": brief(name), "channel": channel}
	ask := p.T("client.share.ask", args)
	return Message{Text: twin(ask), Blocks: []slack.Block{
		section(ask),
		slack.NewActionBlock("",
			primary(button(p.T("client.share.yes", args), "client.post.v1", id(client))),
			button(p.T("word.back", nil), "client.open.v1", id(client))),
	}}
}

// Shared says that the card is on its way, where it cannot be missed.
func Shared(p *locale.Printer, name, channel string, client analysis.ClientID) Message {
	said := p.T("client.share.done", analysis.Args{"name": brief(name), "channel": channel})
	return Message{Text: twin(said), Blocks: []slack.Block{
		choice(said, button(p.T("client.open", nil), "client.open.v1", id(client)))}}
}

// Again says why a button did nothing and offers today's in its place.
func Again(p *locale.Printer, why, actionID, value string) Message {
	return Message{Text: twin(why), Blocks: []slack.Block{section(why),
		slack.NewActionBlock("", button(p.T("word.again", nil), actionID, value))}}
}

// Say is a message of one or more paragraphs.
func Say(paragraphs ...string) Message {
	m := Message{Text: twin(strings.Join(paragraphs, "\n"))}
	for _, s := range paragraphs {
		m.Blocks = append(m.Blocks, section(s))
	}
	return m
}
