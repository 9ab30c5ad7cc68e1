package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// ThreadPointKind is what a message of a thread contributes.
type ThreadPointKind string

// The kinds, in the order in which they are shown.
const (
	ThreadDecision ThreadPointKind = "decision"
	ThreadAction   ThreadPointKind = "action"
	ThreadQuestion ThreadPointKind = "question"
)

// ThreadPoint is a sentence somebody wrote.
type ThreadPoint struct {
	Kind ThreadPointKind
	Text string
	Link string // to the message; may be empty
	Day  analysis.Day
	// Owner is who does it, or who asks; OwnerName is used where there is no Owner.
	Owner     analysis.UserID
	OwnerName string
}

// ThreadDigest is what a thread came to.
type ThreadDigest struct {
	Points   []ThreadPoint // in the order of the thread
	Messages int           // that were read
	More     bool          // there were more
	Offline  bool          // no model had a part in it
	AsOf     analysis.Day  // today: days of this year are said without it
}

const (
	// mostThreadPoints is how many of one kind are shown: the newest, for what was
	// agreed last counts.
	mostThreadPoints = 12
	maxThreadPoint   = 220
)

// ThreadDigestMessage shows decisions, actions and open questions, each with a link to
// where it was said; what there is none of is said.
func ThreadDigestMessage(p *locale.Printer, d ThreadDigest) Message {
	read := p.N("thread.read", d.Messages, nil)
	if len(d.Points) == 0 {
		none := p.T("thread.none", nil)
		return Message{Text: twin(none + " " + read), Blocks: []slack.Block{section(none), context(threadNote(p, d, read))}}
	}
	blocks := []slack.Block{header(p.T("thread.title", nil))}
	counts := []any{}
	for _, kind := range []ThreadPointKind{ThreadDecision, ThreadAction, ThreadQuestion} {
		var points []ThreadPoint
		for _, point := range d.Points {
			if point.Kind == kind {
				points = append(points, point)
			}
		}
		counts = append(counts, p.N("thread."+string(kind), len(points), nil))
		blocks = append(blocks, threadBlock(p, d.AsOf, kind, points))
	}
	sentence := p.T("thread.sentence", analysis.Args{"decisions": counts[0], "actions": counts[1], "questions": counts[2]})
	return Message{Text: twin(sentence + " " + read), Blocks: append(blocks, context(threadNote(p, d, read)))}
}

// threadNote says what was read, how, and that nobody else sees it.
func threadNote(p *locale.Printer, d ThreadDigest, read string) string {
	if d.More {
		read = p.N("thread.more", d.Messages, nil)
	}
	if d.Offline {
		read += " " + p.T("thread.offline", nil)
	}
	return read + " " + p.T("thread.alone", nil)
}

// threadBlock is one kind with its points under each other.
func threadBlock(p *locale.Printer, asOf analysis.Day, kind ThreadPointKind, points []ThreadPoint) slack.Block {
	title := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(p.T("thread."+string(kind)+".title", nil), &slack.RichTextSectionTextStyle{Bold: true}))
	if len(points) == 0 {
		return slack.NewRichTextBlock("", title, slack.NewRichTextSection(text(p.T("thread."+string(kind)+".none", nil))))
	}
	var items []slack.RichTextElement
	hidden := max(0, len(points)-mostThreadPoints)
	for _, point := range points[hidden:] {
		items = append(items, threadItem(p, asOf, point))
	}
	parts := []slack.RichTextElement{title, slack.NewRichTextList(slack.RTEListBullet, 0, items...)}
	if hidden > 0 {
		parts = append(parts, slack.NewRichTextSection(text(p.N("thread.hidden", hidden, nil))))
	}
	return slack.NewRichTextBlock("", parts...)
}

func threadItem(p *locale.Printer, asOf analysis.Day, point ThreadPoint) slack.RichTextElement {
	var parts []slack.RichTextSectionElement
	switch {
	case point.Owner != "":
		parts = append(parts, slack.NewRichTextSectionUserElement(string(point.Owner), nil), text(": "))
	case point.OwnerName != "":
		parts = append(parts, text(brief(point.OwnerName)+": "))
	}
	parts = append(parts, text(cut(point.Text, maxThreadPoint)+"  "))
	if point.Link != "" {
		parts = append(parts, slack.NewRichTextSectionLinkElement(point.Link, p.T("thread.link", analysis.Args{"day": p.Near(point.Day, asOf)}), nil))
	} else {
		parts = append(parts, text("("+p.Near(point.Day, asOf)+")"))
	}
	return slack.NewRichTextSection(parts...)
}
