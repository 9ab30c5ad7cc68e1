package view

import (
	"math"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// SurveyOrigin is where a choice comes from: the program, or the office.
type SurveyOrigin struct {
	Own bool
	At  time.Time // when the office chose it
}

// SurveyChosen is what an office chose of its surveys, with where it comes from.
type SurveyChosen struct {
	Choices                     survey.Choices
	Seeds                       []survey.Theme // with the words that count
	Themes, Ladder, Fewest, Cut SurveyOrigin
	AsOf                        analysis.Day
	MayChange                   bool // the themes and the words of appreciation
}

// seedsShown is how many words of a theme are named.
const seedsShown = 6

// SurveySettings shows what holds for surveys.
func SurveySettings(p *locale.Printer, c SurveyChosen) Message {
	title := p.T("survey.settings.title", nil)
	var themes, ladder []*slack.RichTextSection
	for _, t := range c.Seeds {
		words := t.Seeds[:min(len(t.Seeds), seedsShown)]
		themes = append(themes, row(brief(ThemeWords(p, t.Name)), text(cut(strings.Join(words, ", "), maxContext))))
	}
	for rung := 3; rung > 0; rung-- {
		ladder = append(ladder, row(p.T("survey.worth.rung."+id(int64(rung)), nil), text(cut(ladderWords(p, c.Choices.Ladder, rung), maxContext))))
	}
	cutAt := p.T("survey.settings.cut_mean", nil)
	if i, w := c.Choices.Cut.Importance, c.Choices.Cut.Performance; !math.IsNaN(i) && !math.IsNaN(w) {
		cutAt = p.T("survey.settings.cut_own", analysis.Args{"importance": p.Score(i), "performance": p.Score(w)})
	}
	borders := sheet(row(p.T("survey.settings.fewest", nil), text(p.T("survey.settings.people", analysis.Args{"n": c.Choices.Fewest})+" "+c.Fewest.words(p, c.AsOf))),
		row(p.T("survey.settings.cut", nil), text(cutAt+" "+c.Cut.words(p, c.AsOf))))
	var buttons []slack.BlockElement
	if c.MayChange {
		buttons = append(buttons, button(p.T("survey.words.change", nil), "survey.words.v1", "0"))
	}
	return Message{Text: twin(title), Blocks: []slack.Block{header(title),
		context(p.T("survey.settings.themes", nil) + " " + c.Themes.words(p, c.AsOf)), sheet(themes...),
		context(p.T("survey.settings.ladder", nil) + " " + c.Ladder.words(p, c.AsOf)), sheet(ladder...),
		context(p.T("survey.settings.borders", nil)), borders,
		slack.NewActionBlock("", append(buttons, button(p.T("survey.back.list", nil), "survey.list.v1", "0"))...)}}
}

// ladderWords are the words of a rung, with the office's ambition.
func ladderWords(p *locale.Printer, ladder []survey.Step, rung int) string {
	var words []string
	for _, s := range ladder {
		word := brief(s.Word)
		if s.Ambition {
			word = p.T("survey.settings.ambition", analysis.Args{"word": word})
		}
		if s.Rung == rung {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// words say where a choice comes from.
func (o SurveyOrigin) words(p *locale.Printer, asOf analysis.Day) string {
	if !o.Own {
		return p.T("survey.settings.default", nil)
	}
	return p.T("survey.settings.own", analysis.Args{"when": p.Moment(o.At, asOf)})
}
