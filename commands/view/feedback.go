package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the form by the field they fill in.
const (
	FieldFeedbackClient = "feedback.client"
	FieldFeedbackTheme  = "feedback.theme"
	FieldFeedbackTone   = "feedback.tone"
	FieldFeedbackWords  = "feedback.words"
)

// LongestFeedback bounds what is kept of a message, in characters.
const LongestFeedback = 1000

// FeedbackForm asks whose words a message has.
type FeedbackForm struct {
	Value  string
	Words  string   // of the message, to be cut
	Themes []string // of the office
}

// FeedbackEdit is the form.
func FeedbackEdit(p *locale.Printer, f FeedbackForm) Modal {
	m := Modal{Title: cut(p.T("feedback.title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "feedback.save.v1", Private: f.Value}
	tone := slack.NewRadioButtonsBlockElement("tone")
	for _, t := range []int{1, 0, -1} {
		tone.Options = append(tone.Options, slack.NewOptionBlockObject(strconv.Itoa(t), plain(toneWord(p, t), maxOption), nil))
	}
	theme := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("feedback.theme_choose", nil), maxPlaceholder), "theme")
	for _, t := range f.Themes {
		theme.Options = append(theme.Options, slack.NewOptionBlockObject(SurveyMark(t), plain(ThemeWords(p, t), maxOption), nil))
	}
	words := slack.NewPlainTextInputBlockElement(nil, "words")
	words.Multiline, words.MaxLength, words.InitialValue = true, LongestFeedback, cut(f.Words, LongestFeedback)
	m.Blocks = []slack.Block{
		slack.NewInputBlock(FieldFeedbackClient, plain(p.T("touch.field.client", nil), maxHeader), nil, clientSelect(p, "feedback.client.v1")),
		slack.NewInputBlock(FieldFeedbackTone, plain(p.T("feedback.tone", nil), maxHeader), nil, tone)}
	if len(theme.Options) > 0 {
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldFeedbackTheme, plain(p.T("feedback.theme", nil), maxHeader), nil, theme).WithOptional(true))
	}
	m.Blocks = append(m.Blocks,
		slack.NewInputBlock(FieldFeedbackWords, plain(p.T("feedback.words", nil), maxHeader), plain(p.T("feedback.words_hint", nil), maxHeader), words),
		context(p.T("feedback.rule", nil)))
	return m
}

// toneWord is which side words take.
func toneWord(p *locale.Printer, tone int) string {
	switch {
	case tone > 0:
		return p.T("feedback.positive", nil)
	case tone < 0:
		return p.T("feedback.critical", nil)
	}
	return p.T("feedback.neutral", nil)
}

// FeedbackRow is what a client said outside surveys.
type FeedbackRow struct {
	Theme, Words, Link string
	Tone               int // 1, 0 or -1
	Day                analysis.Day
	By                 analysis.UserID
}

// feedbackLine is one of them: when, which side, about what, the words, and the
// way to the message.
func feedbackLine(p *locale.Printer, f FeedbackRow, asOf analysis.Day, most int) []slack.RichTextSectionElement {
	parts := []string{p.Near(f.Day, asOf), strings.ToLower(toneWord(p, f.Tone))}
	if f.Theme != "" {
		parts = append(parts, ThemeWords(p, f.Theme))
	}
	elements := []slack.RichTextSectionElement{text(strings.Join(parts, " · "))}
	if f.Words != "" {
		slanted := &slack.RichTextSectionTextStyle{Italic: true}
		elements = append(elements, slack.NewRichTextSectionTextElement(" “"+cut(strings.Join(strings.Fields(f.Words), " "), most)+"”", slanted))
	}
	elements = append(elements, text(" ("), slack.NewRichTextSectionUserElement(string(f.By), nil), text(")"))
	if f.Link != "" {
		elements = append(elements, text(" "), slack.NewRichTextSectionLinkElement(f.Link, p.T("touch.link", nil), nil))
	}
	return elements
}

// FeedbackKept is what stands after a message was kept.
type FeedbackKept struct {
	Client   analysis.Client
	AsOf     analysis.Day
	Said     string // key of what was done
	Feedback FeedbackRow
	Hidden   bool   // the reader may not see the words
	Undo     string // value of the button that takes it back; empty: none
}

// FeedbackStands says that it was kept, with the way back.
func FeedbackStands(p *locale.Printer, k FeedbackKept) Modal {
	said := Outcome{Said: p.T(k.Said, analysis.Args{"name": k.Client.Name}), Undo: k.Undo}
	m := Modal{Title: cut(p.T("feedback.title", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, said, "feedback.undo.v1")}
	m.Blocks = append(m.Blocks, sheet(row(brief(k.Client.Name)), slack.NewRichTextSection(feedbackLine(p, k.Feedback, k.AsOf, LongestFeedback)...)))
	if k.Hidden {
		m.Blocks = append(m.Blocks, context(p.T("feedback.hidden", nil)))
	}
	m.Blocks = append(m.Blocks, context(p.T("feedback.where", nil)), slack.NewActionBlock("", button(p.T("attention.card", nil), "client.open.v1", id(k.Client.ID))))
	return m
}

// FeedbackClosed is what stands in the window when only what was done is left.
func FeedbackClosed(p *locale.Printer, key string) Modal {
	return Modal{Title: cut(p.T("feedback.title", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, Outcome{Said: p.T(key, nil)}, "")}
}

// FeedbackCount is how much was said outside the waves, and which side it takes.
type FeedbackCount struct{ N, Positive, Neutral, Critical int }

// outsideWords says that, and that no figure has it; empty where nothing was.
func outsideWords(p *locale.Printer, c FeedbackCount) string {
	if c.N == 0 {
		return ""
	}
	return p.N("feedback.outside", c.N, analysis.Args{"positive": c.Positive, "neutral": c.Neutral, "critical": c.Critical})
}

// Bounds of what is shown of feedback beside other things.
const (
	cardFeedback     = 140 // characters of the newest on a card
	timelineFeedback = 5   // on a timeline
)

// feedbackCard is the newest on a card, with how many there are.
func feedbackCard(p *locale.Printer, all []FeedbackRow, asOf analysis.Day) []*slack.RichTextSection {
	if len(all) == 0 {
		return nil
	}
	return []*slack.RichTextSection{row(p.N("feedback.card", len(all), nil), feedbackLine(p, all[0], asOf, cardFeedback)...)}
}

// feedbackTimeline is what was said beside the moments of contact.
func feedbackTimeline(p *locale.Printer, all []FeedbackRow, asOf analysis.Day) []slack.Block {
	if len(all) == 0 {
		return nil
	}
	rows := []*slack.RichTextSection{row(p.N("feedback.card", len(all), nil))}
	for _, f := range all[:min(len(all), timelineFeedback)] {
		rows = append(rows, slack.NewRichTextSection(append([]slack.RichTextSectionElement{text("• ")}, feedbackLine(p, f, asOf, maxContext)...)...))
	}
	return []slack.Block{sheet(rows...)}
}
