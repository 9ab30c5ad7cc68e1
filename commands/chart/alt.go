package chart

import (
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// altLimit is how many characters Slack takes as alt_text of an image.
const altLimit = 2000

// twin joins a picture's headline and its rows, a line each, and cuts at a
// whole line when there is too much.
func twin(p *locale.Printer, title, sentence string, o Options, rows []string) string {
	if o.Headline != "" {
		sentence = o.Headline
	}
	var b strings.Builder
	used := 0
	for i, line := range append([]string{strings.Join(o.above(p, title), ", ") + ". " + strings.TrimRight(sentence, ".") + "."}, rows...) {
		letters := []rune(line)
		if used+len(letters)+2 > altLimit {
			if i == 0 { // a headline without end
				b.WriteString(string(letters[:altLimit-1]))
			}
			b.WriteString("…")
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		used += len(letters) + 1
	}
	return b.String()
}

// PyramidText says in words what Pyramid draws, at most 2000 characters.
func PyramidText(p *locale.Printer, layers []PyramidLayer, o Options) string {
	tiers, base := splitLayers(layers)
	var rows []string
	for _, t := range tiers {
		args := analysis.Args{"layer": t.Name, "share": percent(p, t.ShareGroups), "nominal": nominal(p, t),
			"revenue": t.Revenue, "part": part(p, t.ShareRevenue)}
		key := "chart.pyramid.row"
		if t.Nominal <= 0 {
			key = "chart.pyramid.row_plain"
		}
		rows = append(rows, p.N(key, t.Groups, args))
	}
	for _, b := range base {
		rows = append(rows, p.N("chart.pyramid.row_base", b.Groups, analysis.Args{"layer": b.Name}))
	}
	groups, revenue := sums(tiers)
	rows = append(rows, p.N("chart.row", groups, analysis.Args{"name": p.T("chart.pyramid.total", nil), "revenue": revenue}))
	sentence := pyramidSentence(p, tiers)
	if len(tiers) == 0 {
		sentence = p.T("chart.pyramid.empty", nil)
	}
	return twin(p, p.T("chart.pyramid.title", nil), sentence, o, rows)
}

// MatrixText says in words what Matrix draws, at most 2000 characters.
func MatrixText(p *locale.Printer, r Ratings, o Options) string {
	all := r.all()
	var rows []string
	if r.rated().Groups > 0 {
		rows = []string{
			cellRow(p, p.T("chart.cherish", nil), r.Cells[analysis.Cherish], all),
			cellRow(p, p.T("chart.recover", nil), r.Cells[analysis.Recover], all),
			cellRow(p, p.T("chart.grow", nil), r.Cells[analysis.Grow], all),
			cellRow(p, p.T("chart.efficient", nil), r.Cells[analysis.Efficient], all),
		}
	}
	rows = append(rows, cellRow(p, p.T("chart.unrated", nil), r.Cells[analysis.NotMeasured], all))
	if share, known := r.measured(p); known {
		rows = append(rows, p.T("chart.measured", analysis.Args{"share": share})+".")
	}
	return twin(p, p.T("chart.matrix.title", nil), matrixSentence(p, r), o, rows)
}

// ClientTypesText says in words what ClientTypes draws, at most 2000 characters.
func ClientTypesText(p *locale.Printer, t Types, o Options) string {
	all := t.all()
	var rows []string
	if t.determined().Groups > 0 {
		rows = []string{
			cellRow(p, p.T("chart.strategic", nil), t.Cells[analysis.Strategic], all),
			cellRow(p, p.T("chart.large", nil), t.Cells[analysis.Large], all),
			cellRow(p, p.T("chart.developing", nil), t.Cells[analysis.Developing], all),
			cellRow(p, p.T("chart.transactional", nil), t.Cells[analysis.Transactional], all),
		}
	}
	rows = append(rows, cellRow(p, p.T("chart.undetermined", nil), t.Cells[""], all),
		p.T("chart.ours", nil)+".")
	return twin(p, p.T("chart.types.title", nil), typesSentence(p, t), o, rows)
}

// cellRow is one line: name, groups, revenue and its share of all.
func cellRow(p *locale.Printer, name string, c, all Cell) string {
	row := p.N("chart.row", c.Groups, analysis.Args{"name": name, "revenue": c.Revenue})
	if all.Revenue <= 0 {
		return row
	}
	share := part(p, c.Revenue.Euros()/all.Revenue.Euros())
	return row + " (" + p.T("chart.share_revenue", analysis.Args{"share": share}) + ")"
}
