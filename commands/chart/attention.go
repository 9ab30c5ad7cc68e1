package chart

import (
	"fmt"
	"image/color"
	"io"
	"slices"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Attended is planned against done, by segment and quarter.
type Attended struct {
	Quarters []AttendedQuarter // in any order
	// GroupsA are the groups of segment A, Reached those of them that had any
	// contact.
	Reached, GroupsA int
}

// AttendedQuarter is one segment in one quarter.
type AttendedQuarter struct {
	Segment       analysis.Segment
	Year, Quarter int
	Planned, Done int // moments; more done than planned counts as planned
}

// Attention draws a row of quarters for each segment as PNG: what was planned
// as an empty bar, what was had as the filled part of it. It fails only when w
// does.
func Attention(w io.Writer, p *locale.Printer, a Attended, o Options) error {
	return drawAttention(p, a, o).write(w)
}

// Where the parts of the picture stand.
const (
	rowsTop    = 232
	rowsFoot   = 776
	rowsLeft   = 260
	rowsRight  = paperWidth - margin
	mostShown  = 8 // quarters; the newest
	quarterRow = 812
)

// attendedSentence is what to remember.
func attendedSentence(p *locale.Printer, a Attended) string {
	planned, done := a.sums("")
	if planned == 0 {
		return p.T("chart.attention.empty", nil)
	}
	args := analysis.Args{"share": percent(p, float64(done)/float64(planned)), "done": done}
	sentence := p.N("chart.attention.sentence", planned, args)
	if a.GroupsA > 0 {
		sentence += "; " + p.T("chart.attention.covered", analysis.Args{"share": percent(p, float64(a.Reached)/float64(a.GroupsA))})
	}
	return sentence
}

// sums adds up a segment, or all of them.
func (a Attended) sums(s analysis.Segment) (planned, done int) {
	for _, q := range a.Quarters {
		if s == "" || q.Segment == s {
			planned, done = planned+max(q.Planned, 0), done+q.had()
		}
	}
	return planned, done
}

// had is what is drawn of Done.
func (q AttendedQuarter) had() int { return max(0, min(q.Done, q.Planned)) }

// label names the quarter.
func (q AttendedQuarter) label() string { return fmt.Sprintf("%d-Q%d", q.Year, q.Quarter) }

// columns are the newest quarters, oldest first.
func (a Attended) columns() []string {
	var labels []string
	for _, q := range a.Quarters {
		labels = append(labels, q.label())
	}
	slices.Sort(labels)
	labels = slices.Compact(labels)
	return labels[max(0, len(labels)-mostShown):]
}

// rows are the segments that have anything planned, A first.
func (a Attended) rows() []analysis.Segment {
	var rows []analysis.Segment
	for _, s := range analysis.Segments() {
		if planned, _ := a.sums(s); planned > 0 {
			rows = append(rows, s)
		}
	}
	return rows
}

func drawAttention(p *locale.Printer, a Attended, o Options) *slide {
	s := newSlide()
	s.frame(p, p.T("chart.attention.title", nil), attendedSentence(p, a), p.T("chart.attention.source", nil), o, p.T("chart.attention.note", nil))
	rows, columns := a.rows(), a.columns()
	if len(rows) == 0 || len(columns) == 0 {
		return s
	}
	height := float64(rowsFoot-rowsTop) / float64(len(rows))
	width := float64(rowsRight-rowsLeft) / float64(len(columns))
	for i, segment := range rows {
		top := rowsTop + float64(i)*height
		s.attendedRow(p, a, segment, columns, top, min(height, 190), width, blues[min(i, 2)])
		if i > 0 {
			s.rule(hair, margin, rowsRight, top-1, 1)
		}
	}
	for j, label := range columns {
		s.fitted(rowsLeft+(float64(j)+.5)*width, quarterRow, width-8, centre, plain, label)
	}
	return s
}

// attendedRow draws one segment: its bars share one scale, so that quarters
// compare; segments differ too much for that.
func (s *slide) attendedRow(p *locale.Printer, a Attended, segment analysis.Segment, columns []string, top, height, width float64, shade color.RGBA) {
	planned, done := a.sums(segment)
	middle := top + height/2
	s.fitted(margin, middle-2, rowsLeft-margin-20, left, heading, p.T("chart.attention.segment", analysis.Args{"segment": string(segment)}))
	s.fitted(margin, middle+26, rowsLeft-margin-20, left, caption, percent(p, float64(done)/float64(planned)))
	most := 1
	for _, q := range a.Quarters {
		if q.Segment == segment && slices.Contains(columns, q.label()) {
			most = max(most, q.Planned)
		}
	}
	foot := top + height - 14
	full := height - 62 // room for the words above
	for j, label := range columns {
		i := slices.IndexFunc(a.Quarters, func(q AttendedQuarter) bool { return q.Segment == segment && q.label() == label })
		x := rowsLeft + (float64(j)+.5)*width
		if i < 0 || a.Quarters[i].Planned <= 0 {
			s.fitted(x, foot-4, width-8, centre, caption, "–")
			continue
		}
		q, bar := a.Quarters[i], min(96, width*.5)
		y := foot - full*float64(q.Planned)/float64(most)
		s.rect(hair, box{x - bar/2, y, x + bar/2, foot})
		s.rect(slateTint, box{x - bar/2 + 2, y + 2, x + bar/2 - 2, foot - 2})
		if had := full * float64(q.had()) / float64(most); had > 0 {
			s.rect(shade, box{x - bar/2, foot - had, x + bar/2, foot})
		}
		s.fitted(x, y-12, width-8, centre, strong, p.T("chart.attention.of", analysis.Args{"done": q.had(), "planned": q.Planned}))
	}
}

// AttentionText says in words what Attention draws, at most 2000 characters.
func AttentionText(p *locale.Printer, a Attended, o Options) string {
	var rows []string
	for _, segment := range a.rows() {
		for _, label := range a.columns() {
			for _, q := range a.Quarters {
				if q.Segment == segment && q.label() == label && q.Planned > 0 {
					rows = append(rows, p.T("chart.attention.row", analysis.Args{"segment": string(segment), "quarter": label, "done": q.had(), "planned": q.Planned}))
				}
			}
		}
	}
	return twin(p, p.T("chart.attention.title", nil), attendedSentence(p, a), o, rows)
}
