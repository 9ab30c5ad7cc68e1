package view

import (
	"embed"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/commands/locale"
)

// The page for staff, which the README points to as well.
//
//go:embed staff.nl.md staff.en.md
var pages embed.FS

// HelpLine is one command or shortcut.
type HelpLine struct {
	Name     string // /klant, or the shortcut's name
	Usage    string // what to type after it; empty: nothing
	What     string // one sentence
	Shortcut bool
}

// Help lists what there is and shows the page for staff.
func Help(p *locale.Printer, lines []HelpLine) Message {
	title := p.T("help.title", nil)
	var rows []*slack.RichTextSection
	for _, l := range lines {
		name := slack.RichTextSectionElement(slack.NewRichTextSectionTextElement(
			strings.TrimSpace(l.Name+" "+l.Usage), &slack.RichTextSectionTextStyle{Code: true}))
		if l.Shortcut {
			name = slack.NewRichTextSectionTextElement(p.T("help.shortcut", nil)+" "+l.Name, &slack.RichTextSectionTextStyle{Bold: true})
		}
		rows = append(rows, slack.NewRichTextSection(name, text("  "+l.What)))
	}
	page := staffPage(p.Lang())
	top := []slack.Block{header(title), sheet(rows...), slack.NewDividerBlock()}
	m := Message{Text: twin(title)}
	m.Blocks = append(append([]slack.Block{}, top...), slack.NewMarkdownBlock("", page))
	m.Plain = append([]slack.Block{}, top...)
	for paragraph := range strings.SplitSeq(page, "\n\n") { // a section holds less than the page
		m.Plain = append(m.Plain, section(paragraph))
	}
	return m
}

// staffPage reads the embedded page; it is part of the program.
func staffPage(lang locale.Lang) string {
	raw, err := pages.ReadFile("staff." + string(lang) + ".md")
	if err != nil {
		panic("view: " + err.Error())
	}
	return string(raw)
}

// ClientHelp explains /klant.
func ClientHelp(p *locale.Printer) Message {
	m := Say(p.T("client.usage", nil), p.T("client.help", nil))
	m.Text = twin(p.T("client.usage", nil))
	return m
}
