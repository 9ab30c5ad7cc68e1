package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Explanation is how the value and the potential on a card came about.
type Explanation struct {
	Card Card
	// AsOf is the day of the office's figures, NoDay where they are not worked
	// out: then nothing below is known.
	AsOf   analysis.Day
	Score  value.Explanation
	Scored bool
	// Border is the potential from which a group of this kind counts as high,
	// where Bordered: the median of its kind, or what the office Chose.
	Border   analysis.Cents
	Bordered bool
	Chose    bool
	Remark   analysis.Remark // beside the judgements; without words: none
}

// ExplainMessage is what *Toelichting* shows in place of the card.
func ExplainMessage(p *locale.Printer, e Explanation) Message {
	top := []slack.Block{header(p.T("client.explain.title", analysis.Args{"name": e.Card.Client.Name}))}
	bottom := []slack.Block{slack.NewActionBlock("", button(p.T("word.back", nil), "client.open.v1", id(e.Card.Client.ID)))}
	m := Message{Text: twin(p.T("client.explain.text", analysis.Args{"name": e.Card.Client.Name}))}
	if !e.AsOf.Known() {
		m.Blocks = concat(top, []slack.Block{section(p.T("client.explain.not_yet", nil))}, bottom)
		return m
	}
	top = append(top, context(explainContext(p, e)))
	bottom = concat(remarkSheet(p, e.Remark), []slack.Block{section(strings.Join(potentialLines(p, e), "\n"))}, approachInFull(p, e), []slack.Block{lifetimeSheet(p, e.Card.Lifetime)}, bottom)
	if !e.Scored {
		m.Blocks = concat(top, []slack.Block{section(p.T("client.explain.no_score", nil))}, bottom)
		return m
	}
	top = append(top, section(scoreSentence(p, e)))
	m.Blocks = concat(top, []slack.Block{elementTable(p, e.Score)}, bottom)
	m.Plain = concat(top, []slack.Block{section(strings.Join(elementLines(p, e.Score), "\n"))}, bottom)
	return m
}

// Windowed is a message in a window, where there is no conversation to stand in.
func Windowed(p *locale.Printer, m Message) Modal {
	return Modal{Title: p.T("bot.title", nil), Close: p.T("word.close", nil), Blocks: m.Blocks, Plain: m.Plain}
}

// CardWindow is m, which stands in place of a card, in a window.
func CardWindow(p *locale.Printer, m Message) Modal {
	return Modal{Title: p.T("client.modal.title", nil), Close: p.T("word.close", nil), Blocks: m.Blocks, Plain: m.Plain}
}

func explainContext(p *locale.Printer, e Explanation) string {
	parts := []string{p.T("client.explain.asof", analysis.Args{"day": e.AsOf})}
	if e.Scored {
		parts = append(parts, p.T("client.explain.coverage", analysis.Args{"percent": percent(p, 100*e.Score.Coverage)}))
		if e.Score.Provisional {
			parts = append(parts, p.T("client.segment.provisional", nil))
		}
	}
	return strings.Join(parts, " · ")
}

// scoreSentence says the value of today, and that of the segmentation where it
// was another.
func scoreSentence(p *locale.Printer, e Explanation) string {
	args := analysis.Args{"value": p.Points(e.Score.Score.Points()), "n": e.Score.Groups, "kind": e.Score.Kind}
	key := "client.explain.score"
	if e.Score.Kind == "" {
		key = "client.explain.score_no_kind"
	}
	said := p.T(key, args)
	s := e.Card.Segment
	if s != nil && s.Item.Segment != "" && value.ScoreOf(s.Item.Score) != e.Score.Score {
		said += " " + p.T("client.explain.final", analysis.Args{"version": int64(s.Version.ID), "day": s.Version.AsOf,
			"value": p.Points(s.Item.Score)})
	}
	return said
}

// elementWords is a criterion as people read it.
type elementWords struct{ criterion, value, weight, points, known string }

func wordElement(p *locale.Printer, e value.Element, groups int) elementWords {
	w := elementWords{criterion: criterionName(p, e.Criterion),
		known: p.T("client.explain.among", analysis.Args{"n": e.Among, "all": groups})}
	if e.Dropped {
		w.value, w.weight, w.points = p.T("client.explain.nobody", nil), "–", "–"
		return w
	}
	w.value, w.weight, w.points = rawInWords(p, e.Criterion, e.Raw), p.Percent(e.Share), p.Points(e.Points)
	if !e.Known {
		w.value = p.T("client.explain.unknown", analysis.Args{"raw": w.value})
	}
	return w
}

// mostElements is how many criteria a set has at most: they stand on one page.
const mostElements = 12

func elementTable(p *locale.Printer, e value.Explanation) slack.Block {
	cell := func(s string) slack.DataTableCell { return slack.NewDataTableRawTextCell(cut(s, maxButton)) }
	words := func(key string) slack.DataTableCell { return cell(p.T(key, nil)) }
	table := slack.NewDataTableBlock(p.T("client.explain.caption", nil)).WithPageSize(mostElements)
	table.AddRow(words("client.explain.criterion"), words("client.explain.points"), words("client.explain.weight"),
		words("client.explain.value"), words("client.explain.known"))
	for _, element := range e.Elements {
		w := wordElement(p, element, e.Groups)
		table.AddRow(cell(w.criterion), slack.NewDataTableRawNumberCell(element.Points).WithText(w.points),
			slack.NewDataTableRawNumberCell(element.Share).WithText(w.weight), cell(w.value),
			slack.NewDataTableRawNumberCell(float64(element.Among)).WithText(w.known))
	}
	return table
}

// elementLines is the table as text.
func elementLines(p *locale.Printer, e value.Explanation) []string {
	var lines []string
	for _, element := range e.Elements {
		w := wordElement(p, element, e.Groups)
		lines = append(lines, p.T("client.explain.line", analysis.Args{"criterion": w.criterion, "value": w.value,
			"weight": w.weight, "points": w.points, "known": w.known}))
	}
	return lines
}
