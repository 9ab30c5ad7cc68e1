package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// SurveyClientPage is what the people of one relatiegroep answered by name, the
// newest first.
type SurveyClientPage struct {
	Client  analysis.Client // who was chosen
	Group   analysis.Group
	Answers []SurveyClientAnswer
	All     int // answers there are
	AsOf    analysis.Day
}

// SurveyClientAnswer is what one of them answered once.
type SurveyClientAnswer struct {
	Wave survey.Wave
	survey.Response
}

// SurveyClient shows what one client answered by name.
func SurveyClient(p *locale.Printer, page SurveyClientPage) Message {
	title := p.T("survey.client.title", analysis.Args{"name": brief(page.Group.Name)})
	m := Message{Text: twin(title), Blocks: []slack.Block{header(title)}}
	if page.All == 0 {
		m.Blocks = append(m.Blocks, section(p.T("survey.client.none", nil)))
	}
	for _, a := range page.Answers {
		m.Blocks = append(m.Blocks, context(answerFacts(p, a, page.AsOf)))
		rows := shortfalls(p, a)
		for _, c := range a.Comments[:min(len(a.Comments), mostComments)] {
			rows = append(rows, row(brief(orQuestion(p, c.Question)), text(cut(strings.Join(strings.Fields(c.Text), " "), 500))))
		}
		if len(rows) > 0 {
			m.Blocks = append(m.Blocks, sheet(rows...))
		}
	}
	if rest := page.All - len(page.Answers); rest > 0 {
		m.Blocks = append(m.Blocks, context(p.N("survey.client.more", rest, nil)))
	}
	var buttons []slack.BlockElement
	if page.Client.ID != 0 {
		buttons = append(buttons, button(p.T("survey.client.card", nil), "client.open.v1", id(page.Client.ID)))
	}
	if len(page.Answers) > 0 {
		back := SurveySpot{Wave: page.Answers[0].Wave.ID, Part: SurveyCuts}
		buttons = append(buttons, button(p.T("word.back", nil), "survey.open.v1", back.String()))
	} else {
		buttons = append(buttons, button(p.T("survey.back.list", nil), "survey.list.v1", "0"))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	return m
}

// mostComments is how many open answers of a person are shown.
const mostComments = 4

func orQuestion(p *locale.Printer, question string) string {
	if question == "" {
		return p.T("survey.source.question", nil)
	}
	return question
}

// answerFacts are the survey, the day and the marks of one answer.
func answerFacts(p *locale.Printer, a SurveyClientAnswer, asOf analysis.Day) string {
	facts := []string{brief(a.Wave.Name), audienceWord(p, a.Wave.Audience), p.Near(a.Day, asOf)}
	if a.NPS != analysis.NotSaid {
		facts = append(facts, p.T("survey.source.nps", analysis.Args{"score": a.NPS}))
	}
	if a.Grade != analysis.NotSaid {
		facts = append(facts, p.T("survey.source.grade", analysis.Args{"grade": p.Points(a.Grade)}))
	}
	if a.Understanding != "" {
		facts = append(facts, p.T("survey.client.understood."+string(a.Understanding), nil))
	}
	return strings.Join(facts, " · ")
}

// shortfalls name the themes that matter most to this person beyond what we do.
func shortfalls(p *locale.Printer, a SurveyClientAnswer) []*slack.RichTextSection {
	var scored []analysis.SurveyScore
	for _, s := range a.Scores {
		if s.Kind == analysis.ThemeScore && s.Importance != analysis.NotSaid && s.Performance != analysis.NotSaid && s.Importance > s.Performance {
			scored = append(scored, s)
		}
	}
	analysis.Sort(scored, func(x, y analysis.SurveyScore) int {
		return int((y.Importance - y.Performance) - (x.Importance - x.Performance))
	})
	var words []string
	for _, s := range scored[:min(len(scored), themesNamed+1)] {
		words = append(words, p.T("survey.theme_scores", analysis.Args{"theme": ThemeWords(p, s.Name), "importance": p.Points(s.Importance), "performance": p.Points(s.Performance)}))
	}
	if len(words) == 0 {
		return nil
	}
	return []*slack.RichTextSection{row(p.T("survey.client.short", nil), text(p.List(words)))}
}
