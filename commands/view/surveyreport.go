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

// SurveyScreen is one screen of a report.
type SurveyScreen struct {
	SurveyReport
	Spot   SurveySpot
	AsOf   analysis.Day
	Others []SurveyButton // under the headline
	Title  string         // of the cut, as people read it; empty: everybody
	Sent   bool           // it stands in a message for good: no buttons
	// Outside is what clients said outside the waves; no figure has it.
	Outside FeedbackCount
	// Whom it may be narrowed to, with SurveyCuts.
	All     bool               // also those that are not the asker's
	Own     analysis.ManagerID // the asker's portfolio; 0: none
	Holders []SurveyHolder     // by name
}

// SurveyHolder is somebody with a portfolio.
type SurveyHolder struct {
	ID   analysis.ManagerID
	Name string
}

// SurveyButton is a button of another registered action.
type SurveyButton struct {
	Label string
	// Action is its action_id, with "#n" where others of that action stand beside it.
	Action, Value string
}

// SurveyMessage shows the part of the report that its spot names.
func SurveyMessage(p *locale.Printer, s SurveyScreen) Message {
	m := Message{Text: twin(surveyTitle(p, s))}
	top := []slack.Block{header(surveyTitle(p, s)), context(surveyWho(p, s))}
	body, plainly := surveyPart(p, s)
	foot := surveyFoot(p, s)
	m.Blocks = concat(top, body, foot)
	if plainly != nil {
		m.Plain = concat(top, plainly, foot)
	}
	return m
}

// surveyPart is the body of a screen, and in plain blocks where it has newer ones.
func surveyPart(p *locale.Printer, s SurveyScreen) (blocks, plainly []slack.Block) {
	if s.Leading().Wave.Responses == 0 && s.Spot.Part != SurveyCuts {
		return []slack.Block{section(p.T("survey.head.nobody", nil))}, nil
	}
	switch s.Spot.Part {
	case SurveySides:
		return surveySides(p, s)
	case SurveyThemes:
		return surveyThemes(p, s)
	case SurveyTheme:
		return surveyTheme(p, s), nil
	case SurveySaid:
		return surveySaid(p, s), nil
	case SurveyQuotes:
		return surveyQuotes(p, s), nil
	case SurveyWorth:
		return surveyWorth(p, s), nil
	case SurveyCuts:
		return surveyCuts(p, s), nil
	}
	return surveyHead(p, s), nil
}

// surveyFoot leads to the other parts, and back.
func surveyFoot(p *locale.Printer, s SurveyScreen) []slack.Block {
	if s.Sent {
		return nil
	}
	to := func(key string, n int64, spot SurveySpot) slack.BlockElement {
		return button(p.T(key, nil), "survey.open.v1#"+id(n), spot.String())
	}
	var foot []slack.Block
	var buttons []slack.BlockElement
	switch s.Spot.Part {
	case SurveyTheme:
		buttons = append(buttons, to("survey.part.themes", 8, s.Spot.To(SurveyThemes, "")))
	case SurveyQuotes:
		buttons = append(buttons, to("survey.part.said", 8, s.Spot.To(SurveySaid, "")))
	}
	if s.Spot.Part != SurveyHead {
		buttons = append(buttons, to("survey.back", 7, s.Spot.To(SurveyHead, "")))
	}
	if whole := s.Spot.To(SurveyHead, ""); !s.Spot.Cut.Whole() {
		whole.Cut = SurveyCut{}
		buttons = append(buttons, to("survey.back.whole", 6, whole))
	}
	if s.Spot.Part == SurveyHead {
		foot = append(foot, surveyNav(p, s))
		for _, b := range s.Others {
			buttons = append(buttons, button(b.Label, b.Action, b.Value))
		}
		buttons = append(buttons, button(p.T("survey.back.list", nil), "survey.list.v1", "0"))
	}
	return append(foot, slack.NewActionBlock("", buttons...))
}

func surveyTitle(p *locale.Printer, s SurveyScreen) string {
	args := analysis.Args{"name": brief(s.Name), "audience": audienceWord(p, s.Leading().Wave.Audience), "cut": s.Title}
	if s.Title != "" {
		return p.T("survey.title.cut", args)
	}
	return p.T("survey.title", args)
}

// surveyWho says when, how many of whom answered, and what they were told.
func surveyWho(p *locale.Printer, s SurveyScreen) string {
	w := s.Leading().Wave
	parts := []string{p.Date(w.Day), disclosureWord(p, w.Disclosure)}
	for _, a := range s.Audiences {
		parts = append(parts, p.T("survey.who", analysis.Args{"n": a.Wave.Responses, "audience": audienceWord(p, a.Wave.Audience)}))
	}
	if s.Refused > 0 {
		parts = append(parts, p.N("survey.refused", s.Refused, nil))
	}
	return strings.Join(parts, " · ")
}

// surveyHead is what is read in five seconds: one figure and four lines.
func surveyHead(p *locale.Printer, s SurveyScreen) []slack.Block {
	blocks := []slack.Block{slack.NewSectionBlock(mark("*"+escape(surveyHeadline(p, s))+"*"), nil, nil)}
	if rows := surveyLines(p, s); len(rows) > 0 {
		blocks = append(blocks, sheet(rows...))
	}
	if words := outsideWords(p, s.Outside); words != "" {
		blocks = append(blocks, context(words))
	}
	return blocks
}

// surveyHeadline is the figure of the audience the report is about: NPS of clients,
// the rapportcijfer of others.
func surveyHeadline(p *locale.Printer, s SurveyScreen) string {
	a := s.Leading()
	switch {
	case a.Wave.Responses == 0:
		return p.T("survey.head.nobody", nil)
	case a.NPS != nil:
		return p.T("survey.head.nps", analysis.Args{"score": signed(p, a.NPS.Score), "low": signed(p, a.NPS.Low), "high": signed(p, a.NPS.High), "n": a.NPS.N()})
	case a.Grade != nil:
		return p.T("survey.head.grade", analysis.Args{"mean": p.Score(a.Grade.Mean), "n": a.Grade.N})
	case a.Figures.Wave.Guarded() && len(a.Suppressed) > 0:
		return p.T("survey.head.too_few", nil)
	}
	return p.N("survey.head.answers", a.Wave.Responses, nil)
}

// signed writes a whole figure that may be below zero, with a minus.
func signed(p *locale.Printer, v float64) string {
	n := int64(math.Round(v))
	if n < 0 {
		return "−" + p.Number(-n)
	}
	return p.Number(n)
}

// plusSigned is signed with a plus.
func plusSigned(p *locale.Printer, v float64) string {
	if math.Round(v) > 0 {
		return "+" + signed(p, v)
	}
	return signed(p, v)
}

// movedBy writes a difference with its sign.
func movedBy(p *locale.Printer, v float64) string {
	switch s := p.Score(math.Abs(v)); {
	case s == p.Score(0):
		return s
	case v < 0:
		return "−" + s
	default:
		return "+" + s
	}
}

// surveyLines are the four lines under the headline: what goes well, what to work
// on, what changed, and where colleagues see it differently.
func surveyLines(p *locale.Printer, s SurveyScreen) []*slack.RichTextSection {
	var rows []*slack.RichTextSection
	add := func(key, words string) {
		if words != "" {
			rows = append(rows, row(p.T(key, nil), text(words)))
		}
	}
	add("survey.line.well", p.List(bestThemes(p, s)))
	add("survey.line.work", p.List(worstThemes(p, s)))
	add("survey.line.changed", changedWords(p, s))
	add("survey.line.gap", gapWords(p, s))
	return rows
}

// themesNamed is how many themes a line of the headline names.
const themesNamed = 2

func bestThemes(p *locale.Printer, s SurveyScreen) []string {
	return namedThemes(p, s, survey.Keep, func(t survey.ThemeFigures) float64 { return t.Performance.Mean })
}

func worstThemes(p *locale.Printer, s SurveyScreen) []string {
	return namedThemes(p, s, survey.Concentrate, func(t survey.ThemeFigures) float64 { return t.Importance.Mean - t.Performance.Mean })
}

func namedThemes(p *locale.Printer, s SurveyScreen, in survey.Quadrant, by func(survey.ThemeFigures) float64) []string {
	themes := slices.Clone(s.Leading().Themes)
	themes = slices.DeleteFunc(themes, func(t survey.ThemeFigures) bool { return t.Quadrant != in })
	analysis.Sort(themes, func(a, b survey.ThemeFigures) int {
		if d := by(b) - by(a); d != 0 {
			return int(math.Copysign(1, d))
		}
		return strings.Compare(a.Name, b.Name)
	})
	var words []string
	for _, t := range themes[:min(len(themes), themesNamed)] {
		words = append(words, p.T("survey.theme_scores", analysis.Args{"theme": ThemeWords(p, t.Name),
			"importance": p.Score(t.Importance.Mean), "performance": p.Score(t.Performance.Mean)}))
	}
	return words
}

// changedWords says what is more than chance since the wave before.
func changedWords(p *locale.Printer, s SurveyScreen) string {
	c := s.Leading().Changes
	if c == nil {
		return ""
	}
	var parts []string
	if c.NPS != nil && c.NPS.Clear() {
		parts = append(parts, "NPS "+plusSigned(p, c.NPS.Value))
	}
	type moved struct {
		name string
		by   float64
	}
	var themes []moved
	for name, d := range c.Themes {
		if d.Clear() {
			themes = append(themes, moved{name, d.Value})
		}
	}
	analysis.Sort(themes, func(a, b moved) int {
		if d := math.Abs(b.by) - math.Abs(a.by); d != 0 {
			return int(math.Copysign(1, d))
		}
		return strings.Compare(a.name, b.name)
	})
	for _, t := range themes[:min(len(themes), themesNamed+1)] {
		parts = append(parts, ThemeWords(p, t.name)+" "+movedBy(p, t.by))
	}
	args := analysis.Args{"previous": brief(c.Previous.Name)}
	if len(parts) == 0 {
		return p.T("survey.changed.nothing", args)
	}
	args["what"] = p.List(parts)
	return p.T("survey.changed", args)
}

// gapWords says where colleagues and clients differ most, beyond chance.
func gapWords(p *locale.Printer, s SurveyScreen) string {
	if len(s.Gap) == 0 {
		return ""
	}
	widest := slices.MaxFunc(s.Gap, func(a, b survey.PerceptionGap) int {
		return int(math.Copysign(1, math.Abs(clearValue(a))-math.Abs(clearValue(b))))
	})
	if !widest.Clear() {
		return p.T("survey.gap.none", nil)
	}
	return p.T("survey.gap.widest", analysis.Args{"theme": ThemeWords(p, widest.Theme), "employees": p.Score(widest.Employees), "clients": p.Score(widest.Clients)})
}

// clearValue is a difference, or nothing where it may be chance.
func clearValue(g survey.PerceptionGap) float64 {
	if !g.Clear() {
		return 0
	}
	return g.Value
}

// surveyNav are the buttons to the other parts.
func surveyNav(p *locale.Printer, s SurveyScreen) slack.Block {
	var buttons []slack.BlockElement
	for i, part := range []SurveyPart{SurveySides, SurveyThemes, SurveySaid, SurveyWorth, SurveyCuts} {
		buttons = append(buttons, button(p.T("survey.part."+string(part), nil), "survey.open.v1#"+id(int64(i+1)), s.Spot.To(part, "").String()))
	}
	return slack.NewActionBlock("", buttons...)
}
