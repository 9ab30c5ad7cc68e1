package view

import (
	"math"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// sideRow is one line of the four perspectives: a figure of each audience.
type sideRow struct {
	name  string
	cells []string
}

// none stands where an audience has no figure.
const none = "–"

// surveySides lays the audiences side by side: how many, their figures, and each
// theme with importance and performance.
func surveySides(p *locale.Printer, s SurveyScreen) (blocks, plainly []slack.Block) {
	rows := sideRows(p, s)
	table := slack.NewDataTableBlock(p.T("survey.sides.caption", nil)).WithPageSize(20)
	head := []slack.DataTableCell{slack.NewDataTableRawTextCell(p.T("survey.sides.figure", nil))}
	for _, a := range s.Audiences {
		head = append(head, slack.NewDataTableRawTextCell(audienceWord(p, a.Wave.Audience)))
	}
	table.AddRow(head...)
	var lines []string
	for _, r := range rows {
		cells := []slack.DataTableCell{slack.NewDataTableRawTextCell(cut(r.name, maxName))}
		var parts []string
		for i, c := range r.cells {
			cells = append(cells, slack.NewDataTableRawTextCell(c))
			if c != none {
				parts = append(parts, audienceWord(p, s.Audiences[i].Wave.Audience)+" "+c)
			}
		}
		table.AddRow(cells...)
		lines = append(lines, r.name+": "+strings.Join(parts, " · "))
	}
	note := context(p.T("survey.sides.note", analysis.Args{"scale": s.Leading().Wave.Scale}))
	tail := gapBlocks(p, s)
	return concat([]slack.Block{table, note}, tail), concat([]slack.Block{section(strings.Join(lines, "\n")), note}, tail)
}

func sideRows(p *locale.Printer, s SurveyScreen) []sideRow {
	var rows []sideRow
	add := func(name string, of func(a SurveyAudience) string) {
		r := sideRow{name: name}
		some := false
		for _, a := range s.Audiences {
			c := of(a)
			some = some || c != none
			r.cells = append(r.cells, c)
		}
		if some {
			rows = append(rows, r)
		}
	}
	add(p.T("survey.sides.answers", nil), func(a SurveyAudience) string { return p.Number(int64(a.Wave.Responses)) })
	add("NPS", func(a SurveyAudience) string {
		if a.NPS == nil {
			return none
		}
		return signed(p, a.NPS.Score)
	})
	add(p.T("survey.sides.grade", nil), func(a SurveyAudience) string {
		if a.Grade == nil {
			return none
		}
		return p.Score(a.Grade.Mean)
	})
	add(p.T("survey.sides.understood", nil), func(a SurveyAudience) string {
		if a.Listening == nil {
			return none
		}
		return wholePercent(p, a.Listening.Yes, a.Listening.N())
	})
	add(p.T("survey.sides.perceived", nil), func(a SurveyAudience) string {
		if a.Perceived == nil {
			return none
		}
		return movedBy(p, a.Perceived.Difference.Mean)
	})
	for _, name := range themeNames(s) {
		add(ThemeWords(p, name), func(a SurveyAudience) string { return bothMeans(p, themeIn(a.Figures, name)) })
	}
	return rows
}

// themeNames are the themes of all audiences, by name.
func themeNames(s SurveyScreen) []string {
	var names []string
	for _, a := range s.Audiences {
		for _, t := range a.Themes {
			if !slices.Contains(names, t.Name) {
				names = append(names, t.Name)
			}
		}
	}
	slices.Sort(names)
	return names[:min(len(names), mostThemeRows)]
}

// mostThemeRows keeps a table within what Slack takes; an office asks about at
// most nine, but a file may name any number.
const mostThemeRows = 12

func themeIn(f survey.Figures, name string) survey.ThemeFigures {
	for _, t := range f.Themes {
		if t.Name == name {
			return t
		}
	}
	return survey.ThemeFigures{Name: name}
}

// bothMeans is "4,6 / 3,3": importance and performance.
func bothMeans(p *locale.Printer, t survey.ThemeFigures) string {
	if t.N() == 0 {
		return none
	}
	return meanWord(p, t.Importance) + " / " + meanWord(p, t.Performance)
}

func meanWord(p *locale.Printer, e survey.Estimate) string {
	if e.N == 0 {
		return none
	}
	return p.Score(e.Mean)
}

// wholePercent is a share without decimals: of some hundred people a decimal says
// nothing.
func wholePercent(p *locale.Printer, part, whole int) string {
	if whole == 0 {
		return none
	}
	return p.Percent(math.Round(100*float64(part)/float64(whole)) / 100)
}

// gapsNamed is how many differences between colleagues and clients are named.
const gapsNamed = 3

// gapBlocks says where colleagues see it otherwise than clients, beyond chance,
// and what is not shown.
func gapBlocks(p *locale.Printer, s SurveyScreen) []slack.Block {
	gaps := slices.DeleteFunc(slices.Clone(s.Gap), func(g survey.PerceptionGap) bool { return !g.Clear() })
	analysis.Sort(gaps, func(a, b survey.PerceptionGap) int {
		if d := math.Abs(b.Value) - math.Abs(a.Value); d != 0 {
			return int(math.Copysign(1, d))
		}
		return strings.Compare(a.Theme, b.Theme)
	})
	var words []string
	for _, g := range gaps[:min(len(gaps), gapsNamed)] {
		words = append(words, p.T("survey.gap.theme", analysis.Args{"theme": ThemeWords(p, g.Theme), "difference": movedBy(p, g.Value),
			"uncertainty": p.Score(2 * g.StandardError)}))
	}
	var blocks []slack.Block
	switch {
	case len(s.Gap) == 0:
	case len(words) == 0:
		blocks = append(blocks, sheet(row(p.T("survey.gap", nil), text(p.T("survey.gap.none", nil)))))
	default:
		blocks = append(blocks, sheet(row(p.T("survey.gap", nil), text(p.List(words)))))
	}
	if hidden := len(s.Suppressed()); hidden > 0 {
		blocks = append(blocks, context(p.N("survey.text.hidden", hidden, nil)))
	}
	return blocks
}
