package main

import (
	"fmt"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/prompts"
	"klantbot/prompts/offline"
)

type summarizeCmd struct {
	File  string `arg:"positional,required" help:"CSV or XLSX with an answer a row, also as .gz."`
	Text  string `arg:"--text,required" placeholder:"TEXT-COLUMN" help:"The column that holds the answers."`
	Words int    `arg:"--words" default:"100" placeholder:"N" help:"The most words the summary may have."`
}

// Run prints the sentences that say most of what was answered, word for word.
func (c *summarizeCmd) Run(s *session) error {
	if c.Words < 1 {
		return analysis.Fail(analysis.Invalid, "summarize.words", nil)
	}
	texts, err := readColumn(c.File, c.Text)
	if err != nil {
		return err
	}
	ask := prompts.Request{Answers: prompts.Number(texts), Words: c.Words}
	summary, err := offline.Summarizer{}.Summarize(s.ctx, ask)
	if err != nil {
		return fmt.Errorf("summarize: %w", err)
	}
	found := summarized(ask, summary)
	if s.json {
		return printJSON(s.out, found)
	}
	_, err = fmt.Fprint(s.out, summaryText(s.printer(), found))
	return err
}

// summaryJSON is CLI.md's promise, and what was left out beside it.
type summaryJSON struct {
	Mode    prompts.Mode  `json:"mode"`
	Read    int           `json:"read"`  // rows
	Empty   int           `json:"empty"` // of which blank
	Quotes  []quoteJSON   `json:"quotes"`
	Text    string        `json:"text"` // the quotes, a line each
	LeftOut []leftOutJSON `json:"left_out"`
	Flagged []prompts.ID  `json:"flagged,omitempty"` // look like instructions to a machine
}

type quoteJSON struct {
	ID       prompts.ID       `json:"id"`
	Text     string           `json:"text"`
	Polarity prompts.Polarity `json:"polarity"`
}

type leftOutJSON struct {
	ID     prompts.ID     `json:"id"`
	Reason prompts.Reason `json:"reason"`
	Like   prompts.ID     `json:"like,omitempty"`
}

func summarized(ask prompts.Request, summary prompts.Summary) summaryJSON {
	sources := prompts.SourcesOf(ask.Answers)
	j := summaryJSON{Mode: summary.Mode, Read: len(ask.Answers), Quotes: []quoteJSON{}, LeftOut: []leftOutJSON{}, Flagged: summary.Flagged}
	var lines []string
	for _, q := range summary.Quotes {
		text, _ := sources.Text(q)
		j.Quotes = append(j.Quotes, quoteJSON{q.ID, text, q.Polarity})
		lines = append(lines, text)
	}
	j.Text = strings.Join(lines, "\n")
	for _, l := range summary.LeftOut {
		if l.Reason == prompts.Empty {
			j.Empty++
		}
		j.LeftOut = append(j.LeftOut, leftOutJSON(l))
	}
	return j
}

// summaryText is for a terminal, so control characters do not reach it.
func summaryText(p *locale.Printer, j summaryJSON) string {
	var b strings.Builder
	for _, q := range j.Quotes {
		fmt.Fprintf(&b, "%-5s %s\n", q.ID, strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				return ' '
			}
			return r
		}, q.Text))
	}
	if len(j.Quotes) == 0 {
		b.WriteString(p.T("summarize.nothing", nil) + "\n")
	}
	b.WriteString(p.N("summarize.account", j.Read, analysis.Args{"empty": j.Empty, "quotes": len(j.Quotes)}) + "\n")
	if len(j.Flagged) > 0 {
		b.WriteString(p.T("summarize.flagged", analysis.Args{"ids": j.Flagged}) + "\n")
	}
	return b.String()
}
