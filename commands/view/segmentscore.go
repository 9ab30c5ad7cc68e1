package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// ScoreExplained is a group with what its score is made of.
type ScoreExplained struct {
	Row         SegmentRow
	AsOf        analysis.Day
	Explanation value.Explanation
	Known       bool // Explanation holds: the group has a score
}

// ExplainScore says of each criterion what is known, how much it weighs and
// how many points it gives.
func ExplainScore(p *locale.Printer, e ScoreExplained) Modal {
	m := Modal{Title: cut(p.T("segment.explain", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, sheet(row(called(p, e.Row.Name, e.Row.Number), text("\n"+standingLine(p, e.Row)))))
	if !e.Known {
		m.Blocks = append(m.Blocks, section(p.T("segment.explain_none", nil)), back(p, "segment.open.v1", e.Row.Value))
		return m
	}
	x := e.Explanation
	m.Blocks = append(m.Blocks, section(p.N("segment.explain_total", x.Groups, analysis.Args{"score": p.Points(x.Score.Points()), "kind": kindOr(p, x.Kind),
		"coverage": percent(p, 100*x.Coverage), "day": e.AsOf})))
	if x.Provisional {
		m.Blocks = append(m.Blocks, context(p.T("segment.explain_provisional", nil)))
	}
	if x.Score != value.ScoreOf(e.Row.Item.Score) {
		m.Blocks = append(m.Blocks, context(p.T("segment.explain_changed", analysis.Args{"score": p.Points(e.Row.Item.Score)})))
	}
	var rows []*slack.RichTextSection
	var nobody []string
	for _, element := range x.Elements {
		if element.Dropped {
			nobody = append(nobody, criterionName(p, element.Criterion))
			continue
		}
		rows = append(rows, row(criterionName(p, element.Criterion), text("\n"+elementLine(p, element))))
	}
	if len(nobody) > 0 {
		rows = append(rows, row(p.T("segment.explain_dropped", nil), text("\n"+p.List(nobody))))
	}
	m.Blocks = append(m.Blocks, sheet(rows...), back(p, "segment.open.v1", e.Row.Value))
	return m
}

func kindOr(p *locale.Printer, kind string) string {
	if kind == "" {
		return p.T("segment.no_kind", nil)
	}
	return kind
}

func criterionName(p *locale.Printer, c value.Criterion) string {
	if c.Name != "" {
		return cut(c.Name, maxHeader)
	}
	return p.T(c.NameKey(), nil)
}

// elementLine is what one criterion does to the score.
func elementLine(p *locale.Printer, e value.Element) string {
	known := rawInWords(p, e.Criterion, e.Raw)
	if !e.Known {
		known = p.T("segment.explain_unknown", analysis.Args{"median": known})
	}
	return known + "\n" + p.N("segment.explain_points", e.Among, analysis.Args{"points": p.Points(e.Points), "most": p.Points(100 * e.Share)})
}

// rawInWords is a value on its criterion's own scale.
func rawInWords(p *locale.Printer, c value.Criterion, raw float64) string {
	switch c.Scale {
	case value.Ranked:
		if c.Source == value.FromRevenue || c.Source == value.FromMargin {
			return p.T("portfolio.yearly", analysis.Args{"amount": analysis.Cents(raw)})
		}
	case value.Percent:
		return percent(p, raw)
	case value.Marks:
		if whole := int(raw); float64(whole) == raw && whole >= 0 && whole < value.Levels {
			return p.T("segment.explain_mark", analysis.Args{"mark": whole, "meaning": meaning(p, c, whole)})
		}
	}
	return p.Points(raw)
}

func meaning(p *locale.Printer, c value.Criterion, mark int) string {
	if len(c.Meanings) == value.Levels {
		return cut(c.Meanings[mark], maxHeader)
	}
	return p.T(c.MeaningKey(mark), nil)
}
