package view

import (
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// QuotesLetter is the kind of ledger entry that shares quotes.
const QuotesLetter = "quotes.shared"

// FieldQuotes begins the names of the blocks in which quotes are ticked; a number
// follows, from 0 on.
const FieldQuotes = "quotes.chosen."

// QuoteOption is a quote to choose, its words masked.
type QuoteOption struct {
	SurveyQuote
	Value string // ids only
}

// QuoteChoice is what can be shared of a wave.
type QuoteChoice struct {
	Name     string // of the survey
	Audience analysis.Audience
	Channel  string // name of where it goes
	Quotes   []QuoteOption
	Chosen   []string // values that are ticked
	Most     int      // that can be shared at once
	Value    string   // of the form
}

// Bounds of the form: what is not in it is in the report.
const (
	quotesOffered = 40
	quotesABlock  = 5    // checkboxes of one block; Slack takes ten
	longestQuote  = 1500 // characters; who said more is read in the report
	// QuoteBlocks is how many blocks have them at most.
	QuoteBlocks = quotesOffered / quotesABlock
)

// QuoteChoosing shows every quote in full, with a box to tick under each few.
func QuoteChoosing(p *locale.Printer, c QuoteChoice) Modal {
	m := Modal{Title: cut(p.T("quotes.title", nil), maxTitle), Close: p.T("word.close", nil)}
	if len(c.Quotes) == 0 {
		m.Blocks = []slack.Block{section(p.T("quotes.none", nil))}
		return m
	}
	m.Submit, m.Callback, m.Private = p.T("quotes.look", nil), "quotes.preview.v1", c.Value
	m.Blocks = []slack.Block{section(p.T("quotes.intro", analysis.Args{"name": brief(c.Name), "audience": audienceWord(p, c.Audience), "channel": c.Channel, "most": c.Most}))}
	offered := c.Quotes[:min(len(c.Quotes), quotesOffered)]
	for n := 0; n*quotesABlock < len(offered); n++ {
		few := offered[n*quotesABlock : min(len(offered), (n+1)*quotesABlock)]
		boxes := slack.NewCheckboxGroupsBlockElement("quotes")
		for i, q := range few {
			number := strconv.Itoa(n*quotesABlock + i + 1)
			m.Blocks = append(m.Blocks, sheet(row(number+".", text(quoteAbout(p, q.SurveyQuote))), quoteWords(q.SurveyQuote)))
			o := slack.NewOptionBlockObject(q.Value, plain(p.T("quotes.box", analysis.Args{"n": number, "about": quoteAbout(p, q.SurveyQuote)}), maxOption), nil)
			boxes.Options = append(boxes.Options, o)
			if slices.Contains(c.Chosen, q.Value) {
				boxes.InitialOptions = append(boxes.InitialOptions, o)
			}
		}
		label := p.T("quotes.which", analysis.Args{"from": n*quotesABlock + 1, "to": n*quotesABlock + len(few)})
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldQuotes+strconv.Itoa(n), plain(label, maxHeader), nil, boxes).WithOptional(true), slack.NewDividerBlock())
	}
	if rest := len(c.Quotes) - len(offered); rest > 0 {
		m.Blocks = append(m.Blocks, context(p.N("quotes.rest", rest, nil)))
	}
	return m
}

// quoteAbout is the theme of a quote, and the side it takes.
func quoteAbout(p *locale.Printer, q SurveyQuote) string {
	theme := p.T("quotes.other", nil)
	if q.Theme != "overig" {
		theme = ThemeWords(p, q.Theme)
	}
	switch q.Polarity {
	case "positive":
		return theme + " · " + p.T("quotes.positive", nil)
	case "negative":
		return theme + " · " + p.T("quotes.negative", nil)
	}
	return theme
}

func quoteWords(q SurveyQuote) *slack.RichTextSection {
	slanted := &slack.RichTextSectionTextStyle{Italic: true}
	return slack.NewRichTextSection(slack.NewRichTextSectionTextElement("“"+cut(q.Text, longestQuote)+"”", slanted))
}

// SharedQuotes is what goes into a channel.
type SharedQuotes struct {
	Name       string // of the survey
	Audience   analysis.Audience
	Disclosure analysis.Disclosure
	Answers    int // in the whole wave
	Held       analysis.Day
	Model      bool          // a model had a part in choosing
	Quotes     []SurveyQuote // masked
	By         analysis.UserID
}

// QuotesMessage is the message in the channel; key names it for who takes it away.
func QuotesMessage(p *locale.Printer, s SharedQuotes, key string) Message {
	m := Message{Text: twin(p.T("quotes.twin", analysis.Args{"name": brief(s.Name)})), Blocks: quoteBlocks(p, s)}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("quotes.withdraw", nil), "quotes.withdraw.v1", key)))
	return m
}

// quoteBlocks are what stands there: of what survey, chosen how, the words with
// their sources, and who shared them.
func quoteBlocks(p *locale.Printer, s SharedQuotes) []slack.Block {
	label := "quotes.without_model"
	if s.Model {
		label = "quotes.with_model"
	}
	args := analysis.Args{"name": brief(s.Name), "audience": audienceWord(p, s.Audience)}
	blocks := []slack.Block{header(p.T("quotes.header", args)),
		context(p.N("quotes.of", s.Answers, analysis.Args{"month": p.Month(s.Held), "disclosure": disclosureWord(p, s.Disclosure), "label": p.T(label, nil)}))}
	for _, q := range s.Quotes {
		about := row(quoteAbout(p, q))
		if s.Disclosure == analysis.ByName && s.Audience != analysis.AskedEmployees {
			// Elsewhere one number under two quotes would say that one person said both.
			about.Elements = append(about.Elements, slack.NewRichTextSectionTextElement("  "+p.T("quotes.source", analysis.Args{"n": id(q.Response)}), &slack.RichTextSectionTextStyle{Code: true}))
		}
		blocks = append(blocks, sheet(about, quoteWords(q)))
	}
	by := slack.NewRichTextSection(text(p.T("client.shared.by", nil) + " "))
	by.Elements = append(by.Elements, slack.NewRichTextSectionUserElement(string(s.By), nil), text(" · "+p.T("quotes.masked", nil)))
	return append(blocks, slack.NewRichTextBlock("", by))
}

// QuotePreview shows, in the channel's own language, what will stand there.
func QuotePreview(p, channel *locale.Printer, s SharedQuotes, name, value string) Modal {
	m := Modal{Title: cut(p.T("quotes.preview", nil), maxTitle), Submit: cut(p.T("quotes.post", nil), maxTitle), Close: p.T("word.close", nil),
		Callback: "quotes.post.v1", Private: value}
	m.Blocks = []slack.Block{section(p.T("quotes.ask", analysis.Args{"channel": name})), slack.NewDividerBlock()}
	m.Blocks = append(m.Blocks, quoteBlocks(channel, s)...)
	m.Blocks = append(m.Blocks, slack.NewDividerBlock(), back(p, "quotes.back.v1", "-"))
	return m
}

// QuotesPosted says where they stand, with the way to take them away.
func QuotesPosted(p *locale.Printer, channel, key string) Modal {
	said := Outcome{Said: p.T("quotes.posted", analysis.Args{"channel": channel}), Undo: key}
	return Modal{Title: cut(p.T("quotes.title", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, said, "quotes.withdraw.v1")}
}

// QuotesWithdrawn says that they stand there no more.
func QuotesWithdrawn(p *locale.Printer) Modal {
	return Modal{Title: cut(p.T("quotes.title", nil), maxTitle), Close: p.T("word.close", nil),
		Blocks: outcome(p, Outcome{Said: p.T("quotes.withdrawn", nil)}, "")}
}
