package view

import (
	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// SurveyReport is what a survey says, the audiences side by side.
type SurveyReport struct {
	Name      string
	Audiences []SurveyAudience // in the order of analysis.Audiences; only those who answered
	Lead      int              // place of the audience the report is about
	Gap       []survey.PerceptionGap
	Refused   int // rows of the imports that were refused
}

// SurveyAudience is one wave of a survey.
type SurveyAudience struct {
	survey.Figures
	AllMarkets []survey.Figures // of the wave, also where Figures is one of them
	Changes    *survey.Changes  // since the wave before; nil: there is none
	Summary    SurveySummary
}

// SurveySummary is what the open answers of a wave say.
type SurveySummary struct {
	Mode    string // offline or SurveyByModel
	Themes  []SurveyFinding
	Clauses []SurveyClause
	Quotes  []SurveyQuote
	Why     []SurveyQuote // answers to "waarom wij?"
	LeftOut []SurveyLeftOut
	// Sources finds whose words an answer of the summary is.
	Sources  map[string]analysis.ResponseID
	Places   map[string]int // which of that person's answers
	Answers  int            // comments in all
	Flagged  []string       // look like instructions to a machine; a person should look
	Pending  bool           // a model is writing a better one
	Fallback string         // why a model was asked and did not answer; empty otherwise
}

// SurveyByModel is the mode of a summary that a language model wrote sentences of.
const SurveyByModel = "model"

// SurveyOther is the theme of what belongs to none.
const SurveyOther = "overig"

// SurveyFinding counts the answers under a theme.
type SurveyFinding struct {
	Theme                       string
	Positive, Neutral, Negative int
	// Dissent is the polarity of the smaller side where that is 20% or more of
	// those with an opinion; empty: it is less.
	Dissent string
}

func (f SurveyFinding) n() int { return f.Positive + f.Neutral + f.Negative }

// SurveyClause is a sentence with the answers it rests on.
type SurveyClause struct {
	Theme, Text string
	Citations   []string
}

// SurveyQuote is somebody's own words. Text is a byte-exact slice of the stored
// answer, in which of a guarded wave names and numbers are placeholders.
type SurveyQuote struct {
	ID       string
	Response analysis.ResponseID
	Place    int // of the answer among those of the person
	// Start and End are its bytes of that answer.
	Start, End int
	Question   string
	Why        bool   // it answers "waarom wij?"
	Who        string // the relatiegroep, where it may be named; else empty
	Theme      string
	Polarity   string // positive, neutral or negative
	// Scored is the recommendation of who said it where that says the opposite of
	// the words; else analysis.NotSaid.
	Scored int
	Text   string
}

// SurveyLeftOut is an answer that is not quoted, and why: a prompts.Reason, or
// LeftOutAnonymity.
type SurveyLeftOut struct{ ID, Reason string }

// LeftOutAnonymity is the reason of answers that would say whose they are.
const LeftOutAnonymity = "anonymity"

// LeftOutNotToldYou is the reason of answers by name that respondents were not
// told the reader would see.
const LeftOutNotToldYou = "not_told_you"

// Leading is the audience the report is about.
func (r SurveyReport) Leading() *SurveyAudience { return &r.Audiences[r.Lead] }

// Suppressed lists what is not shown of all audiences, the leading one first.
func (r SurveyReport) Suppressed() []survey.Suppressed {
	var all []survey.Suppressed
	add := func(f survey.Figures) {
		all = append(all, f.Suppressed...)
		for _, m := range f.Markets {
			all = append(all, m.Suppressed...)
		}
	}
	add(r.Leading().Figures)
	for i := range r.Audiences {
		if i != r.Lead {
			add(r.Audiences[i].Figures)
		}
	}
	return all
}
