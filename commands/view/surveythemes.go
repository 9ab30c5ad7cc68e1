package view

import (
	"cmp"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// quadrantKeys name the quadrants in the catalogue.
var quadrantKeys = map[survey.Quadrant]string{survey.Concentrate: "survey.quadrant.concentrate", survey.Keep: "survey.quadrant.keep",
	survey.LowPriority: "survey.quadrant.low", survey.Overdone: "survey.quadrant.overdone"}

func quadrantWord(p *locale.Printer, q survey.Quadrant) string {
	if key := quadrantKeys[q]; key != "" {
		return p.T(key, nil)
	}
	return none
}

// shownThemes are the themes of the leading audience that have a figure, the most
// important first.
func shownThemes(s SurveyScreen) []survey.ThemeFigures {
	var themes []survey.ThemeFigures
	for _, t := range s.Leading().Themes {
		if t.N() > 0 && len(themes) < mostThemeRows {
			themes = append(themes, t)
		}
	}
	analysis.Sort(themes, func(a, b survey.ThemeFigures) int { return cmp.Compare(b.Importance.Mean, a.Importance.Mean) })
	return themes
}

// surveyThemes is a table of the themes, with a list to look at one of them.
func surveyThemes(p *locale.Printer, s SurveyScreen) (blocks, plainly []slack.Block) {
	themes := shownThemes(s)
	if len(themes) == 0 {
		blocks = []slack.Block{section(p.T("survey.themes.none", nil))}
		return blocks, blocks
	}
	table := figureTable(p, "survey.themes.caption", "survey.themes.theme", "survey.themes.importance", "survey.themes.performance", "survey.themes.n",
		"survey.themes.change", "survey.themes.quadrant").WithPageSize(mostThemeRows)
	var lines []string
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("survey.themes.pick", nil), maxPlaceholder), "survey.open.v1#9")
	for _, t := range themes {
		table.AddRow(slack.NewDataTableRawTextCell(brief(ThemeWords(p, t.Name))), meanCell(p, t.Importance), meanCell(p, t.Performance),
			numberCell(float64(t.N()), p.Number(int64(t.N()))), slack.NewDataTableRawTextCell(changeWord(p, s, t.Name)), slack.NewDataTableRawTextCell(quadrantWord(p, t.Quadrant)))
		lines = append(lines, p.T("survey.themes.line", analysis.Args{"theme": brief(ThemeWords(p, t.Name)), "importance": meanWord(p, t.Importance),
			"performance": meanWord(p, t.Performance), "n": t.N(), "change": changeWord(p, s, t.Name), "quadrant": quadrantWord(p, t.Quadrant)}))
		pick.Options = append(pick.Options, slack.NewOptionBlockObject(s.Spot.To(SurveyTheme, SurveyMark(t.Name)).String(), plain(ThemeWords(p, t.Name), maxOption), nil))
	}
	tail := []slack.Block{context(p.T("survey.themes.note", analysis.Args{"scale": s.Leading().Wave.Scale}))}
	actions := []slack.BlockElement{pick}
	if s.Leading().Cut != nil {
		actions = append(actions, button(p.T("pyramid.send", nil), "survey.send.v1", s.Spot.String()))
	}
	if !s.Sent {
		tail = append(tail, slack.NewActionBlock("", actions...))
	}
	return concat([]slack.Block{table}, tail), concat([]slack.Block{section(strings.Join(lines, "\n"))}, tail)
}

func meanCell(p *locale.Printer, e survey.Estimate) slack.DataTableCell {
	if e.N == 0 {
		return slack.NewDataTableRawTextCell(none)
	}
	return numberCell(e.Mean, p.Score(e.Mean))
}

// changeWord is what a theme's performance moved since the wave before, with what
// may be chance: "+0,6 (±0,3)"; a dash where there is none to compare with.
func changeWord(p *locale.Printer, s SurveyScreen, theme string) string {
	c := s.Leading().Changes
	if c == nil {
		return none
	}
	d, ok := c.Themes[theme]
	if !ok {
		return none
	}
	return movedBy(p, d.Value) + " (±" + p.Points(2*d.StandardError) + ")"
}

// themeAt is the theme of the leading audience that a mark stands for.
func themeAt(s SurveyScreen, mark string) (survey.ThemeFigures, bool) {
	for _, name := range themeNames(s) {
		if SurveyMark(name) == mark {
			return themeIn(s.Leading().Figures, name), true
		}
	}
	return survey.ThemeFigures{}, false
}

// surveyTheme is one theme: its figures of every audience, what moved, and what
// people say of it, dissent included.
func surveyTheme(p *locale.Printer, s SurveyScreen) []slack.Block {
	t, ok := themeAt(s, s.Spot.About)
	if !ok {
		return []slack.Block{section(p.T("survey.theme.gone", nil))}
	}
	rows := []*slack.RichTextSection{row(ThemeWords(p, t.Name), text(quadrantWord(p, t.Quadrant)))}
	for _, a := range s.Audiences {
		if of := themeIn(a.Figures, t.Name); of.N() > 0 {
			rows = append(rows, row(audienceWord(p, a.Wave.Audience), text(p.T("survey.theme.scores", analysis.Args{"importance": meanWord(p, of.Importance),
				"performance": meanWord(p, of.Performance), "n": of.N()}))))
		}
	}
	if word := changeWord(p, s, t.Name); word != none {
		rows = append(rows, row(p.T("survey.themes.change", nil), text(p.T("survey.theme.change", analysis.Args{"change": word, "previous": brief(s.Leading().Changes.Previous.Name)}))))
	}
	blocks := []slack.Block{sheet(rows...)}
	sum := s.Leading().Summary
	for _, f := range sum.Themes {
		if survey.ThemeName(f.Theme) == survey.ThemeName(t.Name) {
			blocks = append(blocks, findingBlocks(p, s, f)...)
		}
	}
	if len(blocks) == 1 {
		blocks = append(blocks, context(p.T("survey.theme.silent", nil)))
	}
	return append(blocks, modeBlocks(p, sum)...)
}

// findingBlocks count what people say under a theme and quote them.
func findingBlocks(p *locale.Printer, s SurveyScreen, f SurveyFinding) []slack.Block {
	blocks := []slack.Block{section(p.N("survey.finding", f.Positive+f.Neutral+f.Negative, analysis.Args{"positive": f.Positive, "neutral": f.Neutral, "negative": f.Negative}))}
	sum := s.Leading().Summary
	for _, c := range sum.Clauses {
		if c.Theme == f.Theme && sum.Mode == SurveyByModel { // else they are the quotes themselves
			blocks = append(blocks, clauseBlock(p, s, c, len(blocks)))
		}
	}
	for _, q := range sum.Quotes {
		if q.Theme == f.Theme {
			blocks = append(blocks, quoteBlock(p, s, q, q.Polarity == f.Dissent, len(blocks)))
		}
	}
	return blocks[:min(len(blocks), 12)]
}
