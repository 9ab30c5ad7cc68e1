package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// SurveyAnswerRef names one answer: whose, and which of theirs.
type SurveyAnswerRef struct {
	Response analysis.ResponseID
	Place    int
}

// SurveySource is what a source button names: some answers, and where to go back
// to. It is not trusted.
type SurveySource struct {
	Spot    SurveySpot
	Answers []SurveyAnswerRef
}

// mostSources is how many answers a clause rests on.
const mostSources = 5

// String is the source as a button's value.
func (s SurveySource) String() string {
	var refs []string
	for _, a := range s.Answers[:min(len(s.Answers), mostSources)] {
		refs = append(refs, id(a.Response)+"."+strconv.Itoa(a.Place))
	}
	return s.Spot.String() + "|" + strings.Join(refs, ",")
}

// ParseSurveySource reads what String wrote; false where it is something else.
func ParseSurveySource(value string) (SurveySource, bool) {
	at, refs, found := strings.Cut(value, "|")
	spot, ok := ParseSurveySpot(at)
	s := SurveySource{Spot: spot}
	for ref := range strings.SplitSeq(refs, ",") {
		response, place, _ := strings.Cut(ref, ".")
		n, err := strconv.ParseInt(response, 10, 64)
		m, wrong := strconv.Atoi(place)
		if err != nil || wrong != nil || m < 0 || len(s.Answers) == mostSources {
			return s, false
		}
		s.Answers = append(s.Answers, SurveyAnswerRef{analysis.ResponseID(n), m})
	}
	return s, ok && found && len(s.Answers) > 0
}

// SurveyAnswer is one whole answer, with who gave it where that may be said.
type SurveyAnswer struct {
	Wave     string // name of the survey
	Audience analysis.Audience
	Day      analysis.Day // NoDay: not said, or not to be said
	Month    analysis.Day // of the wave, where the day is not to be said
	Question string
	Text     string
	// By name only; of the others they are zero.
	Who    string
	Client analysis.ClientID
	NPS    int     // analysis.NotSaid
	Grade  float64 // analysis.NotSaid
}

// SurveySources shows whole answers.
func SurveySources(p *locale.Printer, answers []SurveyAnswer, hidden int, asOf analysis.Day, back SurveySpot) Message {
	m := Message{Text: twin(p.N("survey.sources.title", len(answers), nil))}
	m.Blocks = []slack.Block{header(p.N("survey.sources.title", len(answers), nil))}
	for i, a := range answers {
		m.Blocks = append(m.Blocks, answerBlocks(p, a, asOf, i)...)
	}
	if hidden > 0 {
		m.Blocks = append(m.Blocks, context(p.N("survey.sources.hidden", hidden, nil)))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("word.back", nil), "survey.open.v1", back.String())))
	return m
}

// answerShown is how much of an answer is shown, so that five stay within a
// message.
const answerShown = 2400

func answerBlocks(p *locale.Printer, a SurveyAnswer, asOf analysis.Day, i int) []slack.Block {
	who := a.Who
	if who == "" {
		who = p.T("survey.source.nobody."+AudienceKey(a.Audience), nil)
	}
	when := p.Near(a.Day, asOf)
	if !a.Day.Known() {
		when = p.Month(a.Month)
	}
	facts := []string{brief(a.Wave), when}
	if a.NPS != analysis.NotSaid {
		facts = append(facts, p.T("survey.source.nps", analysis.Args{"score": a.NPS}))
	}
	if a.Grade != analysis.NotSaid {
		facts = append(facts, p.T("survey.source.grade", analysis.Args{"grade": p.Points(a.Grade)}))
	}
	line := brief(who) + "\n" + strings.Join(facts, " · ")
	head := section(line)
	if a.Client != 0 {
		head = choice(line, button(p.T("client.open", nil), "client.open.v1#"+strconv.Itoa(i), id(a.Client)))
	}
	return []slack.Block{head, sheet(row(brief(orQuestion(p, a.Question)))), section(cut(a.Text, answerShown))}
}
