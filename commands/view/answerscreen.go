package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// AnswerLetter is the kind of ledger entry that is an answer in a DM.
const AnswerLetter = "ask.answer"

// AnswerScreen is an answer in Slack, with what can be done with it.
type AnswerScreen struct {
	Question   string // id of what was asked, which its buttons name
	Text       string // a title and lines
	Blocks     []slack.Block
	Understood string // what the question was taken for; empty: it is not said
	Asks       bool   // Text asks back, so nobody is asked whether it is good
	Chips      []AnswerChip
	Buttons    []AnswerButton
	Verdict    int // of the asker: 1 good, -1 not good, 0 not said

	told bool // a language model wrote it, so it can not be drawn again
}

// AnswerChip is something of a question that can be changed; then it is answered
// anew in place.
type AnswerChip struct {
	What    string
	Asks    string   // what an empty one says
	Options []Option // of the client only the one that is chosen: the list is sought in
	Now     int      // which of them is so
}

// AnswerButton leads on from an answer.
type AnswerButton struct {
	Label, Action, Value string
	Primary              bool
}

// AnswerMessage shows an answer: what it says, what it was taken for with what can be
// changed of that, where it leads, and whether it was any good.
func AnswerMessage(p *locale.Printer, a AnswerScreen) Message {
	title, rest, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	m := Say(title)
	if lines := strings.Split(rest, "\n"); rest != "" {
		for i := range lines {
			lines[i] = "• " + strings.TrimSpace(lines[i])
		}
		m = Say(title, strings.Join(lines, "\n"))
	}
	if a.Blocks != nil {
		m.Blocks = a.Blocks
	}
	if a.Understood != "" {
		m.Blocks = append(m.Blocks, context(a.Understood))
	}
	if chips := answerChips(p, a); len(chips) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", chips...))
	}
	if len(a.Buttons) > 0 {
		var buttons []slack.BlockElement
		for _, b := range a.Buttons {
			one := button(b.Label, b.Action, b.Value)
			if b.Primary {
				one = primary(one)
			}
			buttons = append(buttons, one)
		}
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	if !a.Asks {
		m.Blocks = append(m.Blocks, answerVerdict(p, a)...)
	}
	return m
}

func answerChips(p *locale.Printer, a AnswerScreen) (all []slack.BlockElement) {
	for _, c := range a.Chips {
		if c.What == "client" {
			pick := clientSelect(p, "ask.which.v1#"+a.Question)
			if len(c.Options) > 0 {
				pick.InitialOption = slackOption(c.Options[0])
			} else {
				pick.Placeholder = plain(c.Asks, maxPlaceholder)
			}
			all = append(all, pick)
			continue
		}
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(c.Asks, maxPlaceholder), "ask.change.v1#"+c.What)
		for i, o := range c.Options {
			pick.Options = append(pick.Options, slackOption(o))
			if i == c.Now {
				pick.InitialOption = pick.Options[i]
			}
		}
		all = append(all, pick)
	}
	return all
}

func slackOption(o Option) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(o.Value, plain(o.Label, maxOption), nil)
}

// answerVerdict asks whether an answer was good, or says what the asker found.
func answerVerdict(p *locale.Printer, a AnswerScreen) []slack.Block {
	switch {
	case a.Verdict > 0:
		return []slack.Block{context(p.T("ask.judged.good", nil))}
	case a.Verdict < 0:
		return []slack.Block{context(p.T("ask.judged.bad", nil))}
	}
	good, bad, by := p.T("ask.good", nil), p.T("ask.bad", nil), ""
	if a.told {
		by = ";" + ToldBy
	}
	buttons := slack.NewFeedbackButtonsBlockElement("ask.judge.v1",
		slack.NewFeedbackButton(plain(good, maxButton), a.Question+";1"+by).WithAccessibilityLabel(good),
		slack.NewFeedbackButton(plain(bad, maxButton), a.Question+";-1"+by).WithAccessibilityLabel(bad))
	return []slack.Block{slack.NewContextActionsBlock("", buttons)}
}

// ToldBy stands in the value of a verdict on what a language model wrote.
const ToldBy = "ai"

// WhichClient asks which client was meant; the question stays what it was.
func WhichClient(p *locale.Printer, a AnswerScreen, found []Candidate, nearest, more bool) Message {
	title, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	blocks := []slack.Block{section(title)}
	if more {
		found = nil
		blocks = append(blocks, slack.NewActionBlock("", clientSelect(p, "ask.which.v1#"+a.Question)))
	}
	for i, c := range found {
		pick := button(p.T("ask.choose", nil), fmt.Sprintf("ask.which.v1#c%d", i), a.Question+";"+id(c.Client))
		blocks = append(blocks, choice(brief(c.Name)+"\n"+c.details(p), pick))
	}
	if nearest {
		blocks = append(blocks, slack.NewActionBlock("", clientSelect(p, "ask.which.v1#"+a.Question)))
	}
	return Message{Text: twin(title), Blocks: blocks}
}

// WhichMeaning asks what was meant, the likeliest first.
func WhichMeaning(p *locale.Printer, a AnswerScreen, meanings []Option) Message {
	title := p.T("ask.meaning", nil)
	var buttons []slack.BlockElement
	for i, o := range meanings {
		buttons = append(buttons, button(o.Label, fmt.Sprintf("ask.mean.v1#%d", i), a.Question+";"+o.Value))
	}
	return Message{Text: twin(title), Blocks: []slack.Block{section(title), slack.NewActionBlock("", buttons...), context(p.T("ask.meaning.else", nil))}}
}

// WhoseRevenue asks of which client, or of the whole office, which is the meaning office.
func WhoseRevenue(p *locale.Printer, a AnswerScreen, office string) Message {
	title := p.T("ask.whose_revenue", nil)
	pick := clientSelect(p, "ask.which.v1#"+a.Question)
	pick.Placeholder = plain(p.T("ask.chip.client", nil), maxPlaceholder)
	return Message{Text: twin(title), Blocks: []slack.Block{section(title), slack.NewActionBlock("", pick,
		button(p.T("ask.whose_revenue.office", nil), "ask.mean.v1#0", a.Question+";"+office))}}
}

// Examples says what can be asked, with examples as buttons.
func Examples(p *locale.Printer, said string, examples []string) Message {
	m := Say(said)
	var buttons []slack.BlockElement
	for i, e := range examples {
		buttons = append(buttons, button(e, fmt.Sprintf("ask.example.v1#%d", i), fmt.Sprint(i)))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	return m
}

// Blocks of the form about an answer.
const FieldAnswerRemark = "ask.remark"

// LongestRemark is how many characters somebody writes about an answer.
const LongestRemark = 1000

// AnswerRemark asks what was wrong with an answer, which is nobody's duty: only what
// is written here is kept.
func AnswerRemark(p *locale.Printer, question, intent string) Modal {
	input := slack.NewPlainTextInputBlockElement(plain(p.T("ask.remark.example", nil), maxPlaceholder), "words")
	input.Multiline, input.MaxLength = true, LongestRemark
	field := slack.NewInputBlock(FieldAnswerRemark, plain(p.T("ask.remark.field", nil), maxHeader), plain(p.T("ask.remark.kept", nil), maxContext), input).WithOptional(true)
	return Modal{Title: cut(p.T("ask.remark.title", nil), maxTitle), Submit: p.T("ask.remark.send", nil), Close: p.T("word.close", nil),
		Callback: "ask.remark.v1", Private: question,
		Blocks: []slack.Block{section(p.T("ask.remark.text", analysis.Args{"intent": p.T("ask.intent."+intent, nil)})), field}}
}

// AnswerCounts is what was asked and what people thought of the answers.
type AnswerCounts struct {
	Weeks   int
	Rows    []AnswerCount
	Remarks []AnswerNote
	AsOf    analysis.Day
}

// AnswerCount is one intent.
type AnswerCount struct {
	Intent               string
	Asked, Good, NotGood int
}

// AnswerNote is what somebody wrote of an answer on purpose.
type AnswerNote struct {
	Intent, Words string
	Good          bool
	Day           analysis.Day
}

const (
	shownCounts = 20
	shownNotes  = 10
)

// AnswerStatus shows administrators what was asked, by intent, and what people
// thought of it; never who, and no words but those sent on purpose.
func AnswerStatus(p *locale.Printer, c AnswerCounts) Message {
	asked := 0
	for _, r := range c.Rows {
		asked += r.Asked
	}
	title := p.N("ask.status", asked, analysis.Args{"weeks": c.Weeks})
	if asked == 0 {
		return Say(title)
	}
	var lines []string
	for _, r := range c.Rows[:min(shownCounts, len(c.Rows))] {
		lines = append(lines, "• "+p.N("ask.status.line", r.Asked, analysis.Args{"intent": intentWords(p, r.Intent), "good": r.Good, "bad": r.NotGood}))
	}
	if rest := len(c.Rows) - len(lines); rest > 0 {
		lines = append(lines, p.N("ask.status.more", rest, nil))
	}
	blocks := []slack.Block{section(title), section(strings.Join(lines, "\n"))}
	if len(c.Remarks) > 0 {
		rows := []*slack.RichTextSection{row(p.T("ask.status.remarks", nil))}
		for _, n := range c.Remarks[:min(shownNotes, len(c.Remarks))] {
			rows = append(rows, row(p.Near(n.Day, c.AsOf), text(intentWords(p, n.Intent)+": “"+brief(n.Words)+"”")))
		}
		blocks = append(blocks, sheet(rows...))
	}
	return Message{Text: twin(title), Blocks: append(blocks, context(p.T("ask.status.note", nil)))}
}

func intentWords(p *locale.Printer, intent string) string {
	if key := "ask.intent." + intent; locale.Has(p.Lang(), key) {
		return p.T(key, nil)
	}
	return intent
}
