package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// Digest is somebody's weekly digest as it is now.
type Digest struct {
	Week  attention.Week
	Value string          // of the buttons about the digest as a whole
	Asked int             // how much is asked in all
	Rows  []AttentionItem // at most 18
	// Rest and Batch are what stands behind *meer*: what is over, and the groups of
	// the monthly batch. Waiting are due as well, for who has time.
	Rest, Batch, Waiting int
	// Overdue are A groups of others that a partner answers for, and OverdueCount
	// how many there are in all.
	Overdue      []AttentionItem
	OverdueCount int
	Unfit        []string      // that the plan does not fit, and the ways out
	Last         *DigestResult // what became of the one before; nil: this is the first
}

// DigestResult is what became of a digest.
type DigestResult struct {
	Week                                  attention.Week
	Asked, Done, Later, Handed, NotNeeded int
}

// DigestMessage is the digest as its reader gets it. Its text names nobody: it
// stands on lock screens.
func DigestMessage(p *locale.Printer, d Digest) Message {
	m := Message{Text: twin(p.T("digest.twin_none", nil)), Blocks: []slack.Block{header(WeekWords(p, d.Week))}}
	if d.Asked > 0 {
		m.Text = twin(p.N("digest.twin", d.Asked, nil))
	}
	add := func(b ...slack.Block) { m.Blocks = append(m.Blocks, b...) }
	if d.Last == nil {
		add(section(p.T("digest.first", nil)))
	} else if said := resultWords(p, *d.Last); said != "" {
		add(context(said))
	}
	if len(d.Unfit) > 0 {
		add(section("⚠️ " + strings.Join(d.Unfit, "\n• ")))
	}
	for _, row := range d.Rows {
		add(AttentionItemBlocks(p, row)...)
	}
	if rest := restWords(p, d); rest != "" {
		add(slack.NewDividerBlock(), choice(rest, button(p.T("digest.more", nil), "digest.more.v1", d.Value)))
	}
	if len(d.Overdue) > 0 {
		add(section(overdueWords(p, d)))
	}
	if d.Waiting > 0 {
		add(context(p.N("attention.waiting", d.Waiting, nil)))
	}
	add(slack.NewActionBlock("", button(p.T("digest.settings", nil), "digest.settings.v1", d.Value)))
	return m
}

// resultWords is the week before in one line.
func resultWords(p *locale.Printer, r DigestResult) string {
	if r.Asked == 0 {
		return ""
	}
	parts := []string{p.T("digest.result", analysis.Args{"week": r.Week.Number, "done": r.Done, "asked": r.Asked})}
	for _, part := range []struct {
		key string
		n   int
	}{{"digest.result_later", r.Later}, {"digest.result_handed", r.Handed}, {"digest.result_not_needed", r.NotNeeded}} {
		if part.n > 0 {
			parts = append(parts, p.T(part.key, analysis.Args{"n": part.n}))
		}
	}
	return strings.Join(parts, ", ") + "."
}

func restWords(p *locale.Printer, d Digest) string {
	var parts []string
	if d.Rest > 0 {
		parts = append(parts, p.N("digest.rest", d.Rest, nil))
	}
	if d.Batch > 0 {
		parts = append(parts, p.N("digest.batch", d.Batch, nil))
	}
	return strings.Join(parts, " ")
}

// overdueWords tells a partner which A groups of others are long overdue.
func overdueWords(p *locale.Printer, d Digest) string {
	lines := []string{p.N("digest.overdue", d.OverdueCount, nil)}
	for _, i := range d.Overdue {
		if i.State != AttentionOpen {
			lines = append(lines, settledWords(p, i)) // somebody saw to it since
			continue
		}
		line := "• " + brief(i.Name) + ": " + p.T("attention.reason.late", analysis.Args{"activity": ActivityWords(p, i.Activity), "days": i.DaysLate})
		if i.Holder != "" {
			line += " (" + brief(i.Holder) + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// DigestRest is the window with what a digest does not show.
func DigestRest(p *locale.Printer, w attention.Week, rows []AttentionItem) Modal {
	m := Modal{Title: cut(p.T("digest.rest_title", analysis.Args{"week": w.Number}), maxTitle), Close: p.T("word.close", nil)}
	for _, row := range rows {
		blocks := AttentionItemBlocks(p, row)
		if len(m.Blocks)+len(blocks) > maxModalBlocks {
			break
		}
		m.Blocks = append(m.Blocks, blocks...)
	}
	if len(m.Blocks) == 0 {
		m.Blocks = []slack.Block{section(p.T("digest.rest_none", nil))}
	}
	return m
}

// maxModalBlocks is Slack's limit.
const maxModalBlocks = 100

// Stub is what stands where content about clients gave way.
func Stub(p *locale.Printer, kind string) Message {
	key := "digest.stub"
	switch kind {
	case QuotesLetter:
		key = "quotes.stub"
	case AnswerLetter:
		key = "ask.answer.stub"
	}
	said := p.T(key, nil)
	return Message{Text: twin(said), Blocks: []slack.Block{context(said)}}
}
