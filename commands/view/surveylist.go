package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// SurveyHeld is a survey (onderzoek): the waves of one name.
type SurveyHeld struct {
	Name  string
	Waves []survey.Wave // by the order of analysis.Audiences
}

// Leading is the wave a report about audience begins with; without one the first
// that was answered, else the first. 0: nobody of audience was asked.
func (h SurveyHeld) Leading(audience analysis.Audience) analysis.WaveID {
	var first analysis.WaveID
	for _, w := range h.Waves {
		switch {
		case audience != "" && w.Audience != audience:
		case w.Responses > 0:
			return w.ID
		case first == 0:
			first = w.ID
		}
	}
	return first
}

// held is the day of its last answer.
func (h SurveyHeld) held() analysis.Day {
	day := h.Waves[0].Day
	for _, w := range h.Waves {
		day = max(day, w.Day)
	}
	return day
}

// SurveyList is a page of the surveys, the newest first.
type SurveyList struct {
	Surveys              []SurveyHeld
	Offset, Size, Listed int
	Others               []SurveyButton // under the list
	Form                 bool           // a button to a new questionnaire
}

// SurveysMessage lists the surveys with a button to the report of each.
func SurveysMessage(p *locale.Printer, page SurveyList) Message {
	title := p.T("survey.list.title", nil)
	m := Message{Text: twin(p.N("survey.list.text", page.Listed, nil)), Blocks: []slack.Block{header(title)}}
	if page.Listed == 0 {
		m.Blocks = append(m.Blocks, section(p.T("survey.list.empty", nil)))
	}
	for _, h := range page.Surveys {
		m.Blocks = append(m.Blocks, surveyRow(p, h))
	}
	var buttons []slack.BlockElement
	if page.Offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "survey.list.v1#1", id(int64(max(0, page.Offset-page.Size)))))
	}
	if rest := page.Listed - page.Offset - len(page.Surveys); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "survey.list.v1#2", id(int64(page.Offset+page.Size))))
	}
	if page.Form {
		buttons = append(buttons, button(p.T("survey.new", nil), "survey.form.v1", "0"))
	}
	for _, b := range page.Others {
		buttons = append(buttons, button(b.Label, b.Action, b.Value))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// surveyRow is one survey: its name, its day, and how many of whom answered.
func surveyRow(p *locale.Printer, h SurveyHeld) slack.Block {
	var who []string
	answers := 0
	for _, w := range h.Waves {
		answers += w.Responses
		who = append(who, p.T("survey.list.wave", analysis.Args{"audience": audienceWord(p, w.Audience), "n": w.Responses, "disclosure": disclosureWord(p, w.Disclosure)}))
	}
	line := brief(h.Name) + "\n" + p.Date(h.held()) + " · " + strings.Join(who, " · ")
	if answers == 0 {
		return section(line + "\n" + p.T("survey.list.waiting", nil))
	}
	return choice(line, button(p.T("survey.list.open", nil), "survey.open.v1", SurveySpot{Wave: h.Leading(""), Part: SurveyHead}.String()))
}

// audienceWord is a doelgroep in the reader's language.
func audienceWord(p *locale.Printer, a analysis.Audience) string {
	return p.T("survey.audience."+AudienceKey(a), nil)
}

// AudienceKey ends the catalogue's keys of what differs by audience.
func AudienceKey(a analysis.Audience) string {
	switch a {
	case analysis.AskedProspects:
		return "prospects"
	case analysis.AskedFormer:
		return "former"
	case analysis.AskedEmployees:
		return "employees"
	}
	return "clients"
}

func disclosureWord(p *locale.Printer, d analysis.Disclosure) string {
	if d == analysis.ByName {
		return p.T("survey.by_name", nil)
	}
	return p.T("survey.anonymous", nil)
}

// mostNamed is how many surveys are offered in place of one that is not there.
const mostNamed = 5

// SurveyUnknown says that what was typed is no survey, or more than one, and
// offers those that there are.
func SurveyUnknown(p *locale.Printer, typed string, found, all []SurveyHeld) Message {
	key := "survey.unknown"
	if len(found) > 0 {
		key, all = "survey.several", found
	}
	title := p.T(key, analysis.Args{"typed": brief(typed)})
	m := Message{Text: twin(title), Blocks: []slack.Block{section(title)}}
	for _, h := range all[:min(len(all), mostNamed)] {
		m.Blocks = append(m.Blocks, surveyRow(p, h))
	}
	example := p.T("survey.example", nil)
	if len(all) > 0 {
		example = all[0].Name
	}
	m.Blocks = append(m.Blocks, context(p.T("survey.usage", analysis.Args{"name": brief(example)})))
	return m
}
