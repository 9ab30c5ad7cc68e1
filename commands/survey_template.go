package commands

import (
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// SurveyApproach is how people are asked, which follows their segment: an A
// client is visited, a D client gets a form of a minute.
type SurveyApproach string

// The approaches.
const (
	Interview SurveyApproach = "interview" // A: a guide for a conversation
	FullForm  SurveyApproach = "formulier" // B and C: all questions
	ShortForm SurveyApproach = "kort"      // D: what takes a minute
)

// ApproachOf returns the approach of a segment; without one the full form.
func ApproachOf(s analysis.Segment) SurveyApproach {
	switch s {
	case analysis.SegmentA:
		return Interview
	case analysis.SegmentD:
		return ShortForm
	}
	return FullForm
}

// SurveyQuestion is one question to paste into a form.
type SurveyQuestion struct {
	Text string `json:"text"`
	// Kind is score, choice, choices, open or ask: something to talk about.
	Kind    string   `json:"kind"`
	Low     int      `json:"low,omitempty"` // of a score
	High    int      `json:"high,omitempty"`
	Options []string `json:"options,omitempty"`
}

// SurveyTemplate is a questionnaire whose answers are recognised when they come
// back.
type SurveyTemplate struct {
	Audience   analysis.Audience   `json:"audience"`
	Approach   SurveyApproach      `json:"approach"`
	Disclosure analysis.Disclosure `json:"disclosure"`
	Title      string              `json:"title"`
	// Statement is what respondents are told about their names, to be put above
	// the first question.
	Statement string           `json:"statement"`
	Questions []SurveyQuestion `json:"questions"`
}

// templating is a template being made.
type templating struct {
	p *locale.Printer
	t *SurveyTemplate
}

func (w templating) add(key, kind string, args analysis.Args, low, high int, options ...string) {
	w.t.Questions = append(w.t.Questions, SurveyQuestion{Text: w.p.T(key, args), Kind: kind, Low: low, High: high, Options: options})
}

// NewSurveyTemplate words the questions for an audience. Employees always answer
// anonymously: by name is analysis.Invalid.
func NewSurveyTemplate(p *locale.Printer, c survey.Choices, audience analysis.Audience, approach SurveyApproach, disclosure analysis.Disclosure) (SurveyTemplate, error) {
	if audience == analysis.AskedEmployees && disclosure == analysis.ByName {
		return SurveyTemplate{}, analysis.Fail(analysis.Invalid, "survey.employees_anonymous", nil)
	}
	t := SurveyTemplate{Audience: audience, Approach: approach, Disclosure: disclosure, Title: p.T("survey.template.title."+audienceKey(audience), nil)}
	t.Statement = p.T("survey.template.anonymous", analysis.Args{"fewest": c.Fewest})
	if disclosure == analysis.ByName {
		t.Statement = p.T("survey.template.by_name", nil)
	}
	w := templating{p, &t}
	switch approach {
	case Interview:
		w.interview(c)
	case ShortForm:
		w.short()
	default:
		w.full(c)
	}
	return t, nil
}

// audienceKey ends the keys of what differs by audience.
func audienceKey(a analysis.Audience) string {
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

// interview is a guide: what to talk about, in an order that begins with the
// client's own business.
func (w templating) interview(c survey.Choices) {
	w.add("survey.ask.now", "ask", nil, 0, 0)
	for _, theme := range c.Themes {
		w.add("survey.ask.theme", "ask", analysis.Args{"theme": w.theme(theme.Name)}, 0, 0)
	}
	for _, key := range []string{"survey.ask.unaware", "survey.ask.why", "survey.ask.miss", "survey.ask.understood", "survey.ask.worth", "survey.ask.bring"} {
		w.add(key, "ask", nil, 0, 0)
	}
	w.nps()
}

func (w templating) short() {
	w.nps()
	w.understood()
	w.add("survey.question.better", "open", nil, 0, 0)
	w.contact()
}

func (w templating) full(c survey.Choices) {
	for _, theme := range c.Themes {
		w.add("survey.question.importance", "score", analysis.Args{"theme": w.theme(theme.Name)}, 1, 5)
	}
	for _, theme := range c.Themes {
		w.add("survey.question.performance", "score", analysis.Args{"theme": w.theme(theme.Name)}, 1, 5)
	}
	var words []string
	for _, s := range c.Ladder {
		words = append(words, s.Word)
	}
	w.add("survey.question.words", "choices", nil, 0, 0, words...)
	w.add("survey.question.why."+audienceKey(w.t.Audience), "open", nil, 0, 0)
	w.understood()
	if w.t.Audience == analysis.AskedClients || w.t.Audience == analysis.AskedFormer {
		for _, key := range []string{"survey.benefit.rest", "survey.benefit.money", "survey.benefit.insight"} {
			w.add("survey.question.benefit", "score", analysis.Args{"what": w.p.T(key, nil)}, 1, 5)
		}
		for _, key := range []string{"survey.sacrifice.fee", "survey.sacrifice.time", "survey.sacrifice.waiting"} {
			w.add("survey.question.sacrifice", "score", analysis.Args{"what": w.p.T(key, nil)}, 1, 5)
		}
	}
	w.nps()
	w.add("survey.question.grade", "score", nil, 1, 10)
	w.add("survey.question.miss", "open", nil, 0, 0)
	w.add("survey.question.better", "open", nil, 0, 0)
	w.contact()
}

// nps is asked of clients only: of others it is no net promoter score.
func (w templating) nps() {
	if w.t.Audience == analysis.AskedClients {
		w.add("survey.question.nps", "score", nil, 0, 10)
	}
}

func (w templating) understood() {
	w.add("survey.question.understood", "choice", nil, 0, 0, w.p.T("survey.understood.yes", nil), w.p.T("survey.understood.partly", nil),
		w.p.T("survey.understood.no", nil))
}

// contact is asked of prospects and ex-clients who said who they are.
func (w templating) contact() {
	outside := w.t.Audience == analysis.AskedProspects || w.t.Audience == analysis.AskedFormer
	if outside && w.t.Disclosure == analysis.ByName {
		w.add("survey.question.contact", "choice", nil, 0, 0, w.p.T("survey.contact.yes", nil), w.p.T("survey.contact.no", nil))
	}
}

// theme is the name of a theme with a capital, to begin a question with.
func (w templating) theme(name string) string { return view.ThemeWords(w.p, name) }

// Text is the template as plain text, to paste into a form.
func (t SurveyTemplate) Text(p *locale.Printer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", t.Title, t.Statement)
	for i, q := range t.Questions {
		fmt.Fprintf(&b, "%d. %s\n", i+1, q.Text)
		switch {
		case q.Kind == "score":
			fmt.Fprintf(&b, "   %s\n", p.T("survey.template.score", analysis.Args{"low": q.Low, "high": q.High}))
		case q.Kind == "open":
			fmt.Fprintf(&b, "   %s\n", p.T("survey.template.open", nil))
		}
		for _, o := range q.Options {
			fmt.Fprintf(&b, "   - %s\n", o)
		}
	}
	return b.String()
}
