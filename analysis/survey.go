package analysis

// Identifiers of surveys.
type (
	// WaveID identifies a Wave (meting) in the store: one round of questions to
	// one audience.
	WaveID int64
	// ResponseID identifies what one person answered in one wave. Later answers
	// have higher ids.
	ResponseID int64
)

// Audience is who was asked: one of the four perspectives on the office.
type Audience string

// The audiences (doelgroepen).
const (
	AskedClients   Audience = "klanten"
	AskedProspects Audience = "prospects"
	AskedFormer    Audience = "oud-klanten"
	AskedEmployees Audience = "medewerkers"
)

// Audiences lists them in the order in which a report shows them.
func Audiences() []Audience {
	return []Audience{AskedClients, AskedProspects, AskedFormer, AskedEmployees}
}

// Disclosure is what respondents were told about their names. It is fixed
// before the first answer and never changes.
type Disclosure string

// The disclosures.
const (
	Anonymous Disclosure = "anoniem" // names, numbers and e-mails are dropped on import
	ByName    Disclosure = "op naam" // the wave says who will see it
)

// Understanding is the answer to "voelde u zich begrepen?".
type Understanding string

// The answers; empty is not said.
const (
	Understood       Understanding = "ja"
	PartlyUnderstood Understanding = "deels"
	NotUnderstood    Understanding = "nee"
)

// NotSaid is a score that was not given. Every score that was is above it.
const NotSaid = -1

// ScoreKind is what a score is about.
type ScoreKind string

// The kinds.
const (
	ThemeScore     ScoreKind = "thema"
	BenefitScore   ScoreKind = "opbrengst"
	SacrificeScore ScoreKind = "investering"
)

// SurveyScore is what somebody scored one theme, benefit or sacrifice, on the
// scale of the wave: 1 to 5 or 1 to 10. Performance is NotSaid for benefits and
// sacrifices, which have only one score: Importance.
type SurveyScore struct {
	Kind        ScoreKind
	Name        string
	Importance  float64 // NotSaid: left open
	Performance float64 // NotSaid: left open
}

// SurveyComment is an answer in words to one open question.
type SurveyComment struct {
	Question string // as the file names it; may be empty
	Text     string
}

// SurveyAnswers is what one person answered.
type SurveyAnswers struct {
	NPS           int     // 0..10; NotSaid
	Grade         float64 // rapportcijfer, 1..10, as given; NotSaid
	Understanding Understanding
	ContactWanted bool     // asked to be contacted
	Words         []string // of appreciation, lower case
	Scores        []SurveyScore
	Comments      []SurveyComment
}

// ImportSurvey is an export of a survey.
const ImportSurvey ImportKind = "survey"

// StagedResponse is one row of such an export, read and checked but not yet held
// against the store, which drops what an anonymous wave must not keep.
type StagedResponse struct {
	Line       int
	Wave       string   // name; empty: as the import says
	Audience   Audience // empty: as the import says
	Respondent string   // how the survey tool calls them; may be empty
	Number     string   // client, debtor, KvK or btw number; may be empty
	Email      string   // lower case; may be empty
	Market     string   // focus market; may be empty
	Day        Day      // of answering; NoDay: not said
	Scale      int      // what the scores go up to: 5 or 10; 0: there are none
	SurveyAnswers
}
