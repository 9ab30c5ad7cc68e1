package view

import (
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// answerQuotes is how many quotes stand in an answer.
const answerQuotes = 3

// AnswerSurvey answers one question about a survey, by the name of its intent.
func AnswerSurvey(p *locale.Printer, intent, theme string, r SurveyReport) string {
	lead := r.Leading()
	title := p.N("ask.survey.title", lead.Wave.Responses, analysis.Args{"name": r.Name, "audience": string(lead.Wave.Audience)})
	var lines []string
	switch intent {
	case "survey.nps":
		lines = []string{npsLine(p, *lead)}
	case "survey.theme":
		lines = themeAnswer(p, *lead, theme)
	case "survey.gap":
		lines = gapAnswer(p, r.Gap, theme)
	default:
		lines = append(lines, npsLine(p, *lead))
		for _, t := range lead.Themes {
			lines = append(lines, themeLine(p, t))
		}
		lines = append(lines, quoted(lead.Summary.Quotes, "")...)
	}
	return AnswerLines(p, title, lines, 0)
}

func npsLine(p *locale.Printer, a SurveyAudience) string {
	if a.NPS == nil {
		return p.T("ask.nps.none", nil)
	}
	return p.T("ask.nps", analysis.Args{"score": p.Points(a.NPS.Score), "low": p.Points(a.NPS.Low), "high": p.Points(a.NPS.High),
		"promoters": a.NPS.Promoters, "detractors": a.NPS.Detractors})
}

func themeLine(p *locale.Printer, t survey.ThemeFigures) string {
	part := func(e survey.Estimate) string {
		if e.N == 0 {
			return "–"
		}
		return p.Points(e.Mean)
	}
	return p.N("ask.theme.line", t.N(), analysis.Args{"theme": ThemeWords(p, t.Name), "importance": part(t.Importance), "performance": part(t.Performance)})
}

// themeAnswer are the figures of a theme and what was said about it. Of a theme that
// was not asked for by itself only the words that name it are found.
func themeAnswer(p *locale.Printer, a SurveyAudience, theme string) []string {
	for _, t := range a.Themes {
		if strings.EqualFold(t.Name, theme) {
			return append([]string{themeLine(p, t)}, quoted(a.Summary.Quotes, t.Name)...)
		}
	}
	var lines []string
	for _, q := range a.Summary.Quotes {
		if theme != "" && len(lines) < answerQuotes && strings.Contains(strings.ToLower(q.Text), strings.ToLower(theme)) {
			lines = append(lines, "“"+q.Text+"”")
		}
	}
	if len(lines) == 0 {
		return []string{p.T("ask.theme.nothing", analysis.Args{"theme": theme})}
	}
	return append([]string{p.T("ask.theme.unasked", analysis.Args{"theme": theme})}, lines...)
}

// quoted are the first quotes about a theme; of all where it is empty.
func quoted(all []SurveyQuote, theme string) []string {
	var lines []string
	for _, q := range all {
		if (theme == "" || strings.EqualFold(q.Theme, theme)) && len(lines) < answerQuotes {
			lines = append(lines, "“"+q.Text+"”")
		}
	}
	return lines
}

// gapAnswer are the gaps; of the one theme that was named where it was asked about.
func gapAnswer(p *locale.Printer, gaps []survey.PerceptionGap, theme string) []string {
	if theme != "" {
		gaps = slices.DeleteFunc(slices.Clone(gaps), func(g survey.PerceptionGap) bool { return !strings.EqualFold(g.Theme, theme) })
	}
	if len(gaps) == 0 {
		return []string{p.T("ask.gap.none", nil)}
	}
	var lines []string
	for _, g := range gaps {
		lines = append(lines, p.T("ask.gap.line", analysis.Args{"theme": ThemeWords(p, g.Theme), "employees": p.Points(g.Employees), "clients": p.Points(g.Clients)}))
	}
	return lines
}
