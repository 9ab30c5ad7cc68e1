package view

import (
	"strings"

	"github.com/slack-go/slack"
)

// Slack's limits in characters. What people typed is cut to them here, so that
// no name however long can make a message that Slack refuses.
const (
	maxHeader      = 150
	maxSection     = 3000
	maxContext     = 300 // ours: a context line is one line
	maxName        = 150 // ours: a name within a sentence, as in a header
	maxButton      = 75
	maxOption      = 75
	maxTitle       = 24
	maxPlaceholder = 150
	maxChartLabel  = 20
	maxChartTitle  = 50
	maxTwin        = 4000
)

// cut shortens s to at most n characters, with an ellipsis where something
// went. Control characters, which Slack refuses or hides, become spaces; what
// turns the direction of writing or can not be seen goes, so that a name can not
// disguise itself or what stands behind it. Emoji keep their joiners.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\n', r >= 0x7f && r < 0xa0:
			return ' '
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200b, r == 0x2060, r == 0xfeff:
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// brief is a name, or what somebody typed, as it stands in a sentence: what
// comes after it must still be read.
func brief(s string) string { return cut(strings.ReplaceAll(s, "\n", " "), maxName) }

// escape makes s inert in mrkdwn and in a message's text, as Slack prescribes.
func escape(s string) string { return escaper.Replace(s) }

// escaper is made once: an eighth of what a card allocated was a new one for each text.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// plain is text in which nothing people typed is markup. Slack refuses an
// empty one.
func plain(s string, n int) *slack.TextBlockObject {
	if strings.TrimSpace(s) == "" {
		s = "–"
	}
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: cut(s, n)}
}

// mark is text with markup of our own. Nothing that people typed goes in.
func mark(s string) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.MarkdownType, Text: cut(s, maxSection)}
}

func header(s string) slack.Block {
	return slack.NewHeaderBlock(plain(strings.ReplaceAll(s, "\n", " "), maxHeader))
}

func section(s string) slack.Block { return slack.NewSectionBlock(plain(s, maxSection), nil, nil) }

func context(s string) slack.Block { return slack.NewContextBlock("", plain(s, maxContext)) }

// choice is a line with a button behind it.
func choice(line string, b *slack.ButtonBlockElement) slack.Block {
	return slack.NewSectionBlock(plain(line, maxSection), nil, slack.NewAccessory(b))
}

// button names the registered action it presses and the id that action is
// about; nothing else travels in it.
func button(label, actionID, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(actionID, value, plain(label, maxButton))
}

func primary(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	b.Style = slack.StylePrimary
	return b
}

// row is one line of a fact sheet: a bold label and what people wrote, which
// rich text never interprets.
func row(label string, values ...slack.RichTextSectionElement) *slack.RichTextSection {
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	parts := []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(label+"  ", bold)}
	return slack.NewRichTextSection(append(parts, values...)...)
}

func text(s string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(cut(s, maxSection), nil)
}

// sheet sets rows under each other, in one section: how Slack spaces several
// is not written down.
func sheet(rows ...*slack.RichTextSection) slack.Block {
	all := slack.NewRichTextSection()
	for i, r := range rows {
		if i > 0 {
			all.Elements = append(all.Elements, slack.NewRichTextSectionTextElement("\n", nil))
		}
		all.Elements = append(all.Elements, r.Elements...)
	}
	return slack.NewRichTextBlock("", all)
}

// twin is a message's text: a sentence, inert, within Slack's limit.
func twin(s string) string { return cut(escape(s), maxTwin) }
