package chart

import (
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Options is what stands around a picture. Everything may be empty.
type Options struct {
	// Scope is whose picture it is: the office, a manager, a soort klant.
	Scope string
	// AsOf is the day the figures are of; zero and analysis.NoDay leave it out.
	AsOf analysis.Day
	// Headline replaces the sentence that the picture makes of its figures.
	Headline string
	// Source replaces the source line: where the figures come from.
	Source string
}

// above is what stands over the headline: what it is, of whom, and when.
func (o Options) above(p *locale.Printer, title string) []string {
	parts := []string{title}
	if o.Scope != "" {
		parts = append(parts, o.Scope)
	}
	if o.AsOf.Known() && o.AsOf != 0 {
		parts = append(parts, p.Date(o.AsOf))
	}
	return parts
}

// between parts what stands on one line.
const between = " \u00a0·\u00a0 "

// frame draws what every picture has: what it is, of whom and when; the
// sentence to remember; the notes and the source.
func (s *slide) frame(p *locale.Printer, title, sentence, source string, o Options, notes ...string) {
	s.fitted(margin, 80, paperWidth-2*margin, left, kicker, strings.Join(o.above(p, title), between))
	if o.Headline != "" {
		sentence = o.Headline
	}
	l := headline
	lines := l.wrap(sentence, paperWidth-2*margin, 2)
	if len(lines) > 1 {
		l.size = 32
		lines = l.wrap(sentence, paperWidth-2*margin, 2)
	}
	for i, line := range lines {
		s.text(margin, 130-float64(len(lines)-1)*6+float64(i)*40, left, l, line)
	}
	if o.Source != "" {
		source = o.Source
	}
	notes = append(notes, source)
	below := caption.wrap(strings.Join(notes, between), paperWidth-2*margin, 2)
	for i, line := range below {
		s.text(margin, 862+float64(2*i-len(below)+1)*12, left, caption, line)
	}
}
