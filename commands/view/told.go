package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Told is what a language model answers, as far as it came. Each of its sentences
// rests on results of the office's own figures, which stand under it by number.
type Told struct {
	Clauses []ToldClause
	Sources []string // what each result is, with its number
	Buttons []ToldButton
	Stop    string // the value of the button that stops it; empty: without one
	Whole   bool   // nothing more comes
	Halted  bool   // the asker stopped it

	Question string // id of what was asked, by which it is judged; empty: it is not kept
}

// ToldClause is a sentence and the numbers of what it rests on.
type ToldClause struct {
	Text    string
	Sources []int
}

// ToldButton does what the model may not: it is a proposal until somebody presses it.
type ToldButton struct{ Label, Action, Value string }

// words is the sentence with its sources behind it.
func (c ToldClause) words() string {
	var b strings.Builder
	b.WriteString(c.Text)
	for _, n := range c.Sources {
		b.WriteString(" [" + strconv.Itoa(n) + "]")
	}
	return b.String()
}

// ToldMessage shows it in Slack.
func ToldMessage(p *locale.Printer, t Told) Message {
	lines := make([]string, len(t.Clauses))
	for i, c := range t.Clauses {
		lines[i] = "• " + strings.ReplaceAll(c.words(), "\n", " ")
	}
	var m Message
	switch {
	case len(lines) > 0:
		m = Message{Text: twin(p.T("ask.ai.text", nil)), Blocks: []slack.Block{section(strings.Join(lines, "\n"))}}
	case t.Halted:
		m = Say(p.T("ask.ai.halted", nil))
	default:
		m = Say(p.T("ask.ai.busy", nil))
	}
	notes := toldNotes(p, t)
	if len(lines) > 0 && t.Halted {
		notes = append([]string{p.T("ask.ai.halted", nil)}, notes...)
	}
	for _, note := range notes {
		m.Blocks = append(m.Blocks, context(note))
	}
	var buttons []slack.BlockElement
	for _, b := range t.Buttons {
		buttons = append(buttons, button(b.Label, b.Action, b.Value))
	}
	if t.Stop != "" {
		buttons = append(buttons, button(p.T("ask.ai.stop", nil), "ask.stop.v1", t.Stop))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	if t.Whole && t.Question != "" && len(lines) > 0 {
		m.Blocks = append(m.Blocks, answerVerdict(p, AnswerScreen{Question: t.Question, told: true})...)
	}
	return m
}

// toldNotes say what it rests on and who wrote it.
func toldNotes(p *locale.Printer, t Told) []string {
	if len(t.Clauses) == 0 {
		return nil
	}
	var notes []string
	if len(t.Sources) > 0 {
		notes = append(notes, p.T("ask.ai.sources", analysis.Args{"sources": strings.Join(t.Sources, "; ")}))
	}
	return append(notes, p.T("ask.ai.check", nil))
}

// ToldText is the same for a terminal; what is proposed is done in Slack.
func ToldText(p *locale.Printer, t Told) string {
	var b strings.Builder
	for _, c := range t.Clauses {
		b.WriteString(terminal(c.words()) + "\n")
	}
	for _, note := range toldNotes(p, t) {
		b.WriteString("  " + terminal(note) + "\n")
	}
	for _, one := range t.Buttons {
		b.WriteString("  " + terminal(p.T("ask.ai.proposed", analysis.Args{"what": one.Label})) + "\n")
	}
	return b.String()
}

// Without adds to an answer without a model why there is none with it.
func Without(p *locale.Printer, m Message, why string) Message {
	m.Blocks = append(m.Blocks, context(WithoutWords(p, why)))
	return m
}

// WithoutWords says so.
func WithoutWords(p *locale.Printer, why string) string {
	key := "ask.ai.without." + callKey(why)
	switch why {
	case "nothing said", "gate", "schema", "steps", "json":
		key = "ask.ai.without.gate"
	}
	if !locale.Has(p.Lang(), key) {
		return p.T("ask.ai.without", analysis.Args{"why": p.T("survey.fallback."+callKey(why), nil)})
	}
	return p.T(key, nil)
}
