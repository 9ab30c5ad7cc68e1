package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// TypesFigures are the client types of the office.
type TypesFigures struct {
	AsOf    analysis.Day
	Version *analysis.SegmentVersion // whose segments these are; nil: none yet
	Rows    []TypeRow                // by type, nog te bepalen last
	Groups  int
	Revenue analysis.Cents
}

// TypeRow is one client type and how the office approaches it.
type TypeRow struct {
	Type     analysis.ClientType // empty: nog te bepalen
	Groups   int
	Revenue  analysis.Cents // a year
	Strategy value.Strategy // zero where Type is empty
	Themes   []TypeTheme    // most important to these clients; empty: not measured
}

// TypeTheme is a theme as the clients of a type rate it, on the scale they were asked.
type TypeTheme struct {
	Name        string
	Importance  float64
	Performance float64
}

// TypesMessage shows the client types as a table, and under it the strategy of
// each in a line.
func TypesMessage(p *locale.Printer, f TypesFigures, actions PyramidActions) Message {
	title := p.T("types.title", nil)
	m := Message{Text: twin(title)}
	if f.Version == nil {
		m.Blocks = []slack.Block{header(title), section(p.T("pyramid.unsegmented", nil))}
		return m
	}
	top := []slack.Block{header(title), context(segmentedAsOf(p, *f.Version))}
	bottom := []slack.Block{sheet(strategies(p, f)...), context(themesNote(p, f))}
	if buttons := pyramidButtons(p, actions); len(buttons) > 0 {
		bottom = append(bottom, slack.NewActionBlock("", buttons...))
	}
	m.Blocks = concat(top, []slack.Block{typeTable(p, f)}, bottom)
	m.Plain = concat(top, []slack.Block{section(strings.Join(typeLines(p, f), "\n"))}, bottom)
	return m
}

func typeTable(p *locale.Printer, f TypesFigures) slack.Block {
	table := figureTable(p, "types.caption", "types.type", "pyramid.groups", "pyramid.share", "pyramid.revenue", "pyramid.part")
	for _, r := range f.Rows {
		if r.Type == "" && r.Groups == 0 {
			continue
		}
		groups, part := shareOf(analysis.Cents(r.Groups), analysis.Cents(f.Groups)), shareOf(r.Revenue, f.Revenue)
		table.AddRow(slack.NewDataTableRawTextCell(capital(p.T(value.TypeKey(r.Type), nil))),
			numberCell(float64(r.Groups), p.Number(int64(r.Groups))), numberCell(groups, percent(p, groups)),
			moneyCell(p, r.Revenue), partCell(p, part))
	}
	return table
}

// typeLines is the table as text.
func typeLines(p *locale.Printer, f TypesFigures) []string {
	var lines []string
	for _, r := range f.Rows {
		if r.Type == "" && r.Groups == 0 {
			continue
		}
		lines = append(lines, p.N("types.line", r.Groups, analysis.Args{"type": p.T(value.TypeKey(r.Type), nil), "revenue": r.Revenue,
			"part": part100(p, shareOf(r.Revenue, f.Revenue))}))
	}
	return lines
}

// strategies are the strategy of each type in a line, with what its clients find
// important.
func strategies(p *locale.Printer, f TypesFigures) []*slack.RichTextSection {
	var rows []*slack.RichTextSection
	for _, r := range f.Rows {
		if r.Type == "" {
			continue
		}
		lines := r.Strategy.Lines()
		said := lineWords(p, lines[0]) + " " + lineWords(p, lines[1])
		if len(r.Themes) > 0 {
			said += " " + p.T("types.themes", analysis.Args{"themes": p.List(themeWords(p, r.Themes))})
		}
		rows = append(rows, row(capital(p.T(value.TypeKey(r.Type), nil)), text(said)))
	}
	return rows
}

// themeWords are themes with how important they are and how the office does.
func themeWords(p *locale.Printer, themes []TypeTheme) []string {
	words := make([]string, len(themes))
	for i, t := range themes {
		words[i] = p.T("survey.theme_scores", analysis.Args{"theme": strings.ToLower(ThemeWords(p, brief(t.Name))), "importance": p.Points(t.Importance), "performance": p.Points(t.Performance)})
	}
	return words
}

// themesNote says whose idea the strategies are, and that nobody was asked yet
// what they find important.
func themesNote(p *locale.Printer, f TypesFigures) string {
	note := p.T("client.explain.ours", nil)
	for _, r := range f.Rows {
		if len(r.Themes) > 0 {
			return note
		}
	}
	return p.T("types.no_themes", nil) + " " + note
}

// capital begins s with a capital letter.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
