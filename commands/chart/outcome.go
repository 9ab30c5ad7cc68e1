package chart

import (
	"image/color"
	"io"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Horizon is when something is relevant for the client.
type Horizon int8

// The horizons, in the order of the rows.
const (
	Now Horizon = iota
	InThreeYears
)

// Course is what to do with it.
type Course int8

// The courses, in the order of the columns.
const (
	Keep Course = iota
	Start
	Stop
)

// OutcomeTable is what a session "nu en over 3 jaar" ended in.
type OutcomeTable struct {
	Items []OutcomeItem
	// Actions is how many actions were agreed on, Voters how many persons voted;
	// both are mentioned when above zero.
	Actions, Voters int
}

// OutcomeItem is one group of cards with the votes it got.
type OutcomeItem struct {
	Text    string
	Horizon Horizon
	Course  Course
	Votes   int
}

// Where the outcome stands.
const (
	outcomeLeft  = margin + 148
	outcomeRight = paperWidth - margin
	outcomeTop   = 190
	outcomeHead  = 52
	outcomeFoot  = 826
	outcomeGap   = 8
	badge        = 18 // radius of the votes
	itemLine     = 26
	itemGap      = 18
)

// Outcome draws the table now and in three years x keep, start and stop as PNG,
// most votes first. It fails only when w does.
func Outcome(w io.Writer, p *locale.Printer, t OutcomeTable, o Options) error {
	return drawOutcome(p, t, o).write(w)
}

// cell returns the items of one cell, most votes first, equals as they were given.
func (t OutcomeTable) cell(h Horizon, c Course) (items []OutcomeItem) {
	for _, i := range t.Items {
		if i.Horizon == h && i.Course == c && strings.TrimSpace(i.Text) != "" {
			items = append(items, i)
		}
	}
	analysis.Sort(items, func(a, b OutcomeItem) int { return b.Votes - a.Votes })
	return items
}

func outcomeWords(p *locale.Printer) (rows, columns []string) {
	return []string{p.T("chart.outcome.now", nil), p.T("chart.outcome.later", nil)},
		[]string{p.T("chart.outcome.keep", nil), p.T("chart.outcome.start", nil), p.T("chart.outcome.stop", nil)}
}

func drawOutcome(p *locale.Printer, t OutcomeTable, o Options) *slide {
	s := newSlide()
	var notes []string
	if t.Voters > 0 {
		notes = append(notes, p.N("chart.outcome.voters", t.Voters, nil))
	}
	if t.Actions > 0 {
		notes = append(notes, p.N("chart.outcome.actions", t.Actions, nil))
	}
	s.frame(p, p.T("chart.outcome.title", nil), outcomeSentence(p, t), p.T("chart.outcome.source", nil), o, notes...)
	rows, columns := outcomeWords(p)
	tones := []struct{ tone, tint color.RGBA }{{navy, navyTint}, {blue, blueTint}, {orange, orangeTint}}
	signs := []string{"=", "+", "–"}
	width := float64(outcomeRight-outcomeLeft+outcomeGap) / 3
	height := float64(outcomeFoot-outcomeTop-outcomeHead+outcomeGap) / 2
	for c, name := range columns {
		x := outcomeLeft + float64(c)*width
		s.rect(tones[c].tone, box{x, outcomeTop, x + width - outcomeGap, outcomeTop + outcomeHead - outcomeGap})
		s.text(x+18, outcomeTop+32, left, heading.in(white), signs[c])
		s.fitted(x+44, outcomeTop+31, width-70, left, heading.in(white), name)
	}
	for r, name := range rows {
		y := outcomeTop + outcomeHead + float64(r)*height
		for i, line := range heading.wrap(name, outcomeLeft-margin-16, 3) {
			s.text(margin, y+38+float64(i)*32, left, heading, line)
		}
		for c := range columns {
			x := outcomeLeft + float64(c)*width
			b := box{x, y, x + width - outcomeGap, y + height - outcomeGap}
			s.rect(tones[c].tint, b)
			s.outcomeCell(p, b, t.cell(Horizon(r), Course(c)), tones[c].tone)
		}
	}
	return s
}

// outcomeCell writes what fits of items, each with its votes in a disc; how many
// did not fit is said.
func (s *slide) outcomeCell(p *locale.Printer, b box, items []OutcomeItem, tone color.RGBA) {
	if len(items) == 0 {
		s.text(b.x0+20, b.y0+38, left, plain.in(faded), "–")
		return
	}
	l, lines := plain, 3
	if len(items) > 3 {
		l.size, lines = 20, 2
	}
	y := b.y0 + 16
	for i, item := range items {
		text := written(p, l, item.Text)
		wrapped := l.wrap(text, b.x1-b.x0-84, lines)
		height := float64(max(len(wrapped), 2))*itemLine + itemGap
		rest := 0.
		if i+1 < len(items) {
			rest = itemLine // the word that says how many more there are
		}
		if y+height+rest > b.y1 {
			s.text(b.x0+62, b.y1-12, left, caption, p.N("chart.journey.hidden", len(items)-i, nil))
			return
		}
		first := y + 22
		if len(wrapped) == 1 {
			first += itemLine / 2
		}
		s.dot(b.x0+34, y+28, badge, tone, 1)
		s.fitted(b.x0+34, y+34, 2*badge-8, centre, strong16.in(white), votes(p, item.Votes))
		for k, line := range wrapped {
			if runsLeft(text) {
				s.text(b.x1-18, first+float64(k)*itemLine, right, l, line)
			} else {
				s.text(b.x0+62, first+float64(k)*itemLine, left, l, line)
			}
		}
		y += height
	}
}

// outcomeSentence names what got most votes for later, where the talk was about.
func outcomeSentence(p *locale.Printer, t OutcomeTable) string {
	var best OutcomeItem
	for _, h := range []Horizon{InThreeYears, Now} {
		for c := Keep; c <= Stop; c++ {
			if items := t.cell(h, c); len(items) > 0 && items[0].Votes > best.Votes {
				best = items[0]
			}
		}
		if best.Votes > 0 {
			break
		}
	}
	if best.Votes <= 0 {
		return p.T("chart.outcome.plain", nil)
	}
	key := map[Course]string{Keep: "chart.outcome.sentence.keep", Start: "chart.outcome.sentence.start", Stop: "chart.outcome.sentence.stop"}[best.Course]
	when, _ := outcomeWords(p)
	return p.T(key, analysis.Args{"when": when[best.Horizon], "text": strings.TrimRight(written(p, headline, best.Text), ".")})
}

// votes is a count as it fits in its disc; more than a session can give is cut.
func votes(p *locale.Printer, n int) string {
	const most = 99
	if n > most {
		return p.Number(most) + "+"
	}
	return p.Number(int64(max(n, 0)))
}
