package chart

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// MostPhases is how many phases a journey map has room for.
const MostPhases = 7

// JourneyMap is a klantreis as a team made it.
type JourneyMap struct {
	Phases []JourneyPhase // what is past MostPhases is counted, not drawn
	// Experience is what the client should feel, in the words of the office; it
	// stands under the picture. It may be empty.
	Experience string
}

// JourneyPhase is one column.
type JourneyPhase struct {
	Name    string
	Feeling Feeling
	// What the client does and thinks, through which channel, who of the office is
	// there, how we should behave, and the chance that lies in it.
	Does, Thinks, Channel, Owner, Behaviour, Opportunity []JourneyEntry
}

// Basis is what an entry rests on.
type Basis int8

// The bases.
const (
	Unmarked   Basis = iota // what we want, not what is: behaviour, opportunity, owner
	Fact                    // clients said or did it
	Assumption              // the team thinks so
)

// JourneyEntry is one text in a cell. The first of a cell gets most room.
type JourneyEntry struct {
	Text  string
	Basis Basis
}

// Feeling is how the client feels in a phase, as the participants gave it: 1 (bad)
// to 5 (good).
type Feeling struct {
	Persons int // who answered
	// Median and the spread Low..High are drawn from FewestFeelings persons up.
	Median, Low, High float64
	// Visible holds the answers one by one where fewer answered and it was said
	// beforehand that they would be seen. It is not looked at from FewestFeelings up.
	Visible []int
}

// FewestFeelings is from how many persons a median is shown; below it what one
// person feels could be told.
const FewestFeelings = 5

// measured says whether there is a median to draw.
func (f Feeling) measured() bool {
	return f.Persons >= FewestFeelings && f.Median >= 1 && f.Median <= 5
}

// spread is the band, within the scale and around the median.
func (f Feeling) spread() (low, high float64) {
	within := func(v float64) float64 {
		if math.IsNaN(v) {
			return f.Median
		}
		return min(max(v, 1), 5)
	}
	return min(within(f.Low), f.Median), max(within(f.High), f.Median)
}

// shown are the answers that may be seen one by one.
func (f Feeling) shown() (answers []int) {
	if f.Persons >= FewestFeelings || f.Persons <= 0 {
		return nil
	}
	for _, a := range f.Visible {
		if a >= 1 && a <= 5 && len(answers) < FewestFeelings-1 {
			answers = append(answers, a)
		}
	}
	return answers
}

// journeyRow is one row of cells under the curve.
type journeyRow struct {
	key   string
	lines int // of text
	of    func(JourneyPhase) []JourneyEntry
	quote bool
}

var journeyRows = []journeyRow{
	{"chart.journey.does", 4, func(p JourneyPhase) []JourneyEntry { return p.Does }, false},
	{"chart.journey.thinks", 4, func(p JourneyPhase) []JourneyEntry { return p.Thinks }, true},
	{"chart.journey.channel", 2, func(p JourneyPhase) []JourneyEntry { return p.Channel }, false},
	{"chart.journey.owner", 2, func(p JourneyPhase) []JourneyEntry { return p.Owner }, false},
	{"chart.journey.behaviour", 4, func(p JourneyPhase) []JourneyEntry { return p.Behaviour }, false},
	{"chart.journey.opportunity", 4, func(p JourneyPhase) []JourneyEntry { return p.Opportunity }, false},
}

// Where the parts of the journey map stand.
const (
	journeyLeft  = margin + 128 // of the first column
	journeyRight = paperWidth - margin
	journeyTop   = 184
	chevron      = 50 // height of the names of the phases
	chevronPoint = 14
	curveTop     = journeyTop + chevron + 4
	curveFoot    = curveTop + 148
	cellsTop     = curveFoot + 4
	lineHeight   = 19
	rowPad       = 10
	columnPad    = 8
)

// small is what stands in the cells.
var small = lettering{size: smallest, ink: ink}

// Journey draws the klantreis as PNG: a column a phase, the feeling as a curve with
// its spread, and rows of what the client does and thinks and what we do about it.
// It fails only when w does.
func Journey(w io.Writer, p *locale.Printer, j JourneyMap, o Options) error {
	return drawJourney(p, j, o).write(w)
}

// columns are the phases that are drawn.
func (j JourneyMap) columns() []JourneyPhase { return j.Phases[:min(len(j.Phases), MostPhases)] }

func drawJourney(p *locale.Printer, j JourneyMap, o Options) *slide {
	s := newSlide()
	phases := j.columns()
	notes := []string{p.T("chart.journey.legend", nil), p.T("chart.journey.line", nil)}
	if more := len(j.Phases) - len(phases); more > 0 {
		notes = append(notes, p.N("chart.journey.more", more, nil))
	}
	if e := written(p, small, j.Experience); e != "" {
		notes = append([]string{p.T("chart.journey.experience", analysis.Args{"text": e})}, notes...)
	}
	s.frame(p, p.T("chart.journey.title", nil), journeySentence(p, j), p.T("chart.journey.source", nil), o, notes...)
	width := float64(journeyRight-journeyLeft) / float64(max(len(phases), 1))
	s.curve(p, phases, width)
	y := float64(cellsTop)
	for _, row := range journeyRows {
		height := float64(row.lines*lineHeight + rowPad)
		if row.key == "chart.journey.opportunity" {
			s.rect(blueTint, box{margin - 8, y, journeyRight, y + height})
		} else {
			s.rule(hair, margin, journeyRight, y+height, 1)
		}
		for i, line := range strong16.wrap(p.T(row.key, nil), journeyLeft-margin-12, 2) {
			s.text(margin, y+20+float64(i)*lineHeight, left, strong16, line)
		}
		for i, phase := range phases {
			x := journeyLeft + float64(i)*width
			s.cell(p, box{x + columnPad, y, x + width - columnPad, y + height}, row.of(phase), row.lines, row.quote)
		}
		y += height
	}
	for i, phase := range phases {
		s.phaseName(p, phase.Name, i, width)
	}
	return s
}

var strong16 = lettering{size: smallest, bold: true, ink: ink}

// worstPhase is the first phase with the lowest median, -1 without any.
func worstPhase(phases []JourneyPhase) int {
	worst := -1
	for i, phase := range phases {
		if phase.Feeling.measured() && (worst < 0 || phase.Feeling.Median < phases[worst].Feeling.Median) {
			worst = i
		}
	}
	return worst
}

// journeySentence says where the client feels worst.
func journeySentence(p *locale.Printer, j JourneyMap) string {
	worst := worstPhase(j.columns())
	switch {
	case len(j.Phases) == 0:
		return p.T("chart.journey.empty", nil)
	case worst < 0:
		return p.N("chart.journey.unmeasured", len(j.Phases), nil)
	}
	return p.T("chart.journey.sentence", analysis.Args{"phase": written(p, headline, j.Phases[worst].Name), "median": p.Points(j.Phases[worst].Feeling.Median)})
}

// phaseName draws the arrow of column i with its name.
func (s *slide) phaseName(p *locale.Printer, name string, i int, width float64) {
	x0 := journeyLeft + float64(i)*width
	x1, y0, y1 := x0+width-4, float64(journeyTop), float64(journeyTop+chevron)
	s.fill(navy, [2]float64{x0, y0}, [2]float64{x1 - chevronPoint, y0}, [2]float64{x1, (y0 + y1) / 2},
		[2]float64{x1 - chevronPoint, y1}, [2]float64{x0, y1}, [2]float64{x0 + chevronPoint*.8, (y0 + y1) / 2})
	l := lettering{size: 18, bold: true, ink: white}
	room := width - 2*chevronPoint - 16
	if name = written(p, l, name); name == "" {
		name = "–"
	}
	lines := l.wrap(name, room, 2)
	if len(lines) > 1 {
		l.size = smallest
		lines = l.wrap(name, room, 2)
	}
	for k, line := range lines {
		s.text(x0+chevronPoint*.8+8, (y0+y1)/2+6+(float64(k)-float64(len(lines)-1)/2)*20, left, l, line)
	}
}

// written is a text as a picture can hold it: of one that has no letters the font
// knows, a word says that it is written in another script.
func written(p *locale.Printer, l lettering, text string) string {
	kept := strings.Join(strings.Fields(l.clean(text)), " ")
	letters := func(s string) (n int) {
		for _, r := range s {
			if unicode.IsLetter(r) {
				n++
			}
		}
		return n
	}
	if had := letters(text); had > 0 && 2*letters(kept) < had {
		return p.T("chart.otherscript", nil)
	}
	return kept
}

// mark is what stands before an entry, so that fact and assumption differ in shape
// and not only in colour.
func (b Basis) mark() string {
	switch b {
	case Fact:
		return "●"
	case Assumption:
		return "○"
	}
	return ""
}

// indent is the room for the mark.
func (b Basis) indent() float64 {
	if b.mark() == "" {
		return 0
	}
	return 15
}

// cell writes the entries of one cell in b, at most lines lines; how many did not
// fit is said.
func (s *slide) cell(p *locale.Printer, b box, entries []JourneyEntry, lines int, quote bool) {
	entries = filled(entries)
	if len(entries) == 0 {
		s.text(b.x0, b.y0+20, left, small.in(faded), "–")
		return
	}
	shown := min(len(entries), max(1, lines/2))
	if needed := s.linesOf(p, b, entries, quote); needed <= lines {
		shown = len(entries)
	}
	hidden := len(entries) - shown
	if hidden > 0 && lines == 2 { // no line to spare: it stands behind the text
		entries[0].Text = fmt.Sprintf("%s (+%d)", entries[0].Text, hidden)
		hidden = 0
	}
	free := lines
	if hidden > 0 {
		free--
	}
	y := b.y0 + 20
	for i, e := range entries[:shown] {
		room := free
		if rest := shown - i - 1; rest > 0 && shown <= lines/2 {
			room = max(1, min(free-rest, (free+1)/2))
		} else if rest > 0 {
			room = free - rest
		}
		used := s.entry(p, b, y, e, room, quote)
		free -= used
		y += float64(used) * lineHeight
	}
	if hidden > 0 {
		s.text(b.x0, y, left, small.in(faded), p.N("chart.journey.hidden", hidden, nil))
	}
}

// filled leaves out what is empty.
func filled(entries []JourneyEntry) []JourneyEntry {
	var kept []JourneyEntry
	for _, e := range entries {
		if strings.TrimSpace(e.Text) != "" {
			kept = append(kept, e)
		}
	}
	return kept
}

// linesOf is how many lines entries take when each gets all it wants.
func (s *slide) linesOf(p *locale.Printer, b box, entries []JourneyEntry, quote bool) (n int) {
	for _, e := range entries {
		n += max(1, len(small.wrap(said(p, e, quote), b.x1-b.x0-e.Basis.indent(), 9)))
	}
	return n
}

// said is the text of e as a cell holds it.
func said(p *locale.Printer, e JourneyEntry, quote bool) string {
	text := written(p, small, e.Text)
	if quote {
		return "“" + strings.Trim(text, `"“”„' `) + "”"
	}
	return text
}

// entry writes one text from y down and returns how many lines it took.
func (s *slide) entry(p *locale.Printer, b box, y float64, e JourneyEntry, lines int, quote bool) int {
	text := said(p, e, quote)
	x := b.x0 + e.Basis.indent()
	s.text(b.x0, y, left, small.in(accent), e.Basis.mark())
	wrapped := small.wrap(text, b.x1-x, lines)
	for i, line := range wrapped {
		if runsLeft(text) {
			s.text(b.x1, y+float64(i)*lineHeight, right, small, line)
		} else {
			s.text(x, y+float64(i)*lineHeight, left, small, line)
		}
	}
	return max(len(wrapped), 1)
}
