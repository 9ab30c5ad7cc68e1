package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Preparation is one page to take to a talk with a client.
type Preparation struct {
	Card
	Quotes    []PrepareQuote // what its people said, for who may read it, the newest first
	Actions   []string       // what was agreed on and is still to be done
	Questions []GoodQuestion // three, each with its reason
}

// PrepareQuote is something a client said.
type PrepareQuote struct {
	Day   analysis.Day
	About string // the question, the survey or the theme; may be empty
	Words string
}

// GoodQuestion is a question to ask a client, by what is known of this one: Key and
// Args say the question, Key with ".why" the reason.
type GoodQuestion struct {
	Key  string
	Args analysis.Args
}

// Words are the question as it is asked.
func (q GoodQuestion) Words(p *locale.Printer) string { return p.T(q.Key, q.worded(p)) }

// Why is what in the data the question comes from.
func (q GoodQuestion) Why(p *locale.Printer) string { return p.T(q.Key+".why", q.worded(p)) }

// worded are the arguments as people read them.
func (q GoodQuestion) worded(p *locale.Printer) analysis.Args {
	args := analysis.Args{}
	for name, v := range q.Args {
		switch value := v.(type) {
		case string:
			v = brief(value)
			if name == "theme" {
				v = ThemeWords(p, value)
			}
		case float64:
			v = p.Points(value)
		}
		args[name] = v
	}
	return args
}

// prepareSections are the parts of the page: a label and its lines.
func (v Preparation) sections(p *locale.Printer) []labelled {
	c := v.Card
	who := contactLines(p, c)
	all := []labelled{
		{p.T("prepare.who", nil), append(who[:min(len(who), shownContacts)], p.T("word.manager", nil)+": "+nameOr(p, c.Manager.Name))},
		{p.T("prepare.worth", nil), nonEmpty(segmentLine(p, c), p.T("client.rating", nil)+": "+orNotAsked(p, c), p.T("client.approach", nil)+": "+approachLine(p, c), revenueLine(p, c))},
	}
	var said []string
	for _, q := range v.Quotes {
		about := ""
		if q.About != "" {
			about = strings.TrimRight(brief(q.About), "?:") + ": "
		}
		said = append(said, p.Near(q.Day, c.AsOf)+" · "+about+"“"+brief(q.Words)+"”")
	}
	if words := sharpestWords(p, c); words != "" {
		said = append(said, p.T("client.sharpest", nil)+": "+words)
	}
	all = append(all, labelled{p.T("prepare.said", nil), orLine(said, p.T("prepare.said.none", nil))})
	stage := p.T("prepare.stage.none", nil)
	if c.Client.Stage != "" {
		stage = c.Client.Stage
	}
	all = append(all, labelled{p.T("prepare.stage", nil), []string{stage}})
	last := []string{p.T("client.last_contact", nil) + ": " + lastLine(p, c)}
	if c.Next != nil {
		last = append(last, p.T("client.next", nil)+": "+NextWords(p, *c.Next, c.AsOf))
	}
	return append(all, labelled{p.T("prepare.contact", nil), last},
		labelled{p.T("prepare.actions", nil), orLine(v.Actions, p.T("ask.actions.none", nil))},
		labelled{p.T("client.unused", nil), []string{unusedLine(p, c)}})
}

// labelled is a part of a page.
type labelled struct {
	label string
	lines []string
}

func orLine(lines []string, none string) []string {
	if len(lines) == 0 {
		return []string{none}
	}
	return lines
}

func revenueLine(p *locale.Printer, c Card) string {
	yearly, _ := amounts(p, c)
	return p.T("client.revenue.yearly", nil) + ": " + yearly
}

// PrepareText is the page for a terminal, and the text behind the one in Slack.
func PrepareText(p *locale.Printer, v Preparation) string {
	var lines []string
	for _, part := range v.sections(p) {
		lines = append(lines, part.label+": "+strings.Join(part.lines, "; "))
	}
	lines = append(lines, p.T("ask.prepare.questions", nil))
	for _, q := range v.Questions {
		lines = append(lines, "– "+q.Words(p)+" ("+q.Why(p)+")")
	}
	return AnswerLines(p, p.T("prepare.title", analysis.Args{"name": RelationTitle(p, v.Card)})+" · "+identity(p, v.Card), lines, 0)
}

// PrepareBlocks is the page in Slack.
func PrepareBlocks(p *locale.Printer, v Preparation) []slack.Block {
	blocks := []slack.Block{header(p.T("prepare.title", analysis.Args{"name": brief(RelationTitle(p, v.Card))})), context(identity(p, v.Card))}
	var rows []*slack.RichTextSection
	for _, part := range v.sections(p) {
		words := part.lines[0]
		if len(part.lines) > 1 {
			words = "\n• " + strings.Join(part.lines, "\n• ")
		}
		rows = append(rows, row(part.label, text(cut(words, 900))))
	}
	blocks = append(blocks, sheet(rows...))
	asked := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(p.T("ask.prepare.questions", nil), &slack.RichTextSectionTextStyle{Bold: true}))
	var items []slack.RichTextElement
	for _, q := range v.Questions {
		items = append(items, slack.NewRichTextSection(text(q.Words(p)+"\n"),
			slack.NewRichTextSectionTextElement(cut(q.Why(p), maxSection), &slack.RichTextSectionTextStyle{Italic: true})))
	}
	return append(blocks, slack.NewRichTextBlock("", asked, slack.NewRichTextList(slack.RTEListOrdered, 0, items...)))
}
