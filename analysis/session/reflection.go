package session

import (
	"maps"
	"slices"
	"time"

	"klantbot/analysis"
)

// Question is one of five quick questions after a talk with a client.
type Question string

// The questions. 5 is what one would wish, so of the fourth: not too early.
const (
	OwnLanguage  Question = "taal"      // did I speak the client's language, or jargon?
	Checked      Question = "nagegaan"  // did I check that I was understood?
	RealProblem  Question = "interesse" // was I interested in the real problem?
	NotTooEarly  Question = "oplossing" // did I come with a solution too early?
	BehindTheirs Question = "erachter"  // did I hear the question behind the question?
)

// Bounds of a reflection.
const (
	KeptDays      = 90 // after so many days it is removed
	LowestAnswer  = 1  // least like one would wish
	HighestAnswer = 5  // as one would wish
)

// Questions lists them in the order in which they are asked.
func Questions() []Question {
	return []Question{OwnLanguage, Checked, RealProblem, NotTooEarly, BehindTheirs}
}

// Reflection is what somebody thought of their own talk. Nobody else reads it,
// administrators neither.
type Reflection struct {
	ID     int64
	User   analysis.UserID // empty where it was read for a mean of the team
	Person int             // tells persons apart where User is empty
	Day    analysis.Day    // of the talk
	At     time.Time       // when it was written
	// Answers are LowestAnswer..HighestAnswer, by Questions; 0: left open.
	Answers [5]int
	Lesson  string // may be empty; theirs until they share it
}

// Check says what is wrong with r, as an analysis.Invalid error, or nil: at least
// one answer, on the scale, of a talk of the last KeptDays that has been.
func (r Reflection) Check(asOf analysis.Day) error {
	given := 0
	for _, a := range r.Answers {
		if a < 0 || a > HighestAnswer {
			return invalid("session.reflection.scale", analysis.Args{"lowest": LowestAnswer, "highest": HighestAnswer})
		}
		if a != 0 {
			given++
		}
	}
	switch {
	case given == 0:
		return invalid("session.reflection.empty", nil)
	case !r.Day.Known() || r.Day > asOf || r.Day < asOf-KeptDays:
		return invalid("session.reflection.day", analysis.Args{"days": KeptDays})
	}
	return written(r.Lesson, LongestText)
}

// recentTalks is how many talks count as lately in a trend.
const recentTalks = 5

// Trend is how one's own answers to one question go.
type Trend struct {
	Question     Question
	Lately, Then float64 // means of the last five talks and of those before; 0: none
	N            int     // answers in all
}

// Trends returns one for each question of somebody's own reflections.
func Trends(own []Reflection) []Trend {
	own = slices.Clone(own)
	analysis.Sort(own, func(a, b Reflection) int { return int(b.Day) - int(a.Day) })
	trends := make([]Trend, len(Questions()))
	for i, q := range Questions() {
		var given []int
		for _, r := range own {
			if r.Answers[i] != 0 {
				given = append(given, r.Answers[i])
			}
		}
		n := min(len(given), recentTalks)
		trends[i] = Trend{Question: q, N: len(given), Lately: meanOf(given[:n]), Then: meanOf(given[n:])}
	}
	return trends
}

// TeamMean is the mean of a team's answers to one question.
type TeamMean struct {
	Question Question
	Mean     float64
	Persons  int // distinct
}

// TeamMonth returns the month whose means may be shown on asOf: that of the
// reflections written in the last month that is over, whenever the talk was. So
// nothing is added to a month that was shown, and months are never mixed: the
// means of two stretches that overlap would tell, by their difference, what one
// person answered.
func TeamMonth(asOf analysis.Day) (from, to analysis.Day) {
	t := asOf.Time()
	return analysis.Date(t.Year(), t.Month()-1, 1), analysis.Date(t.Year(), t.Month(), 0)
}

// Team returns the means of a month over persons, each person counting once, for
// the questions that at least Fewest distinct persons answered; others are left
// out.
func Team(month []Reflection) []TeamMean {
	var means []TeamMean
	for i, q := range Questions() {
		of := map[int][]int{}
		for _, r := range month {
			if r.Answers[i] != 0 {
				of[r.Person] = append(of[r.Person], r.Answers[i])
			}
		}
		if len(of) < Fewest {
			continue
		}
		sum := 0.0
		for _, person := range slices.Sorted(maps.Keys(of)) {
			sum += meanOf(of[person])
		}
		means = append(means, TeamMean{Question: q, Mean: sum / float64(len(of)), Persons: len(of)})
	}
	return means
}

func meanOf(values []int) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0
	for _, v := range values {
		sum += v
	}
	return float64(sum) / float64(len(values))
}

// Lesson is the action that a lesson becomes when it is shared, in the session of
// kind Training: somebody trains it with colleagues before due. Nobody learns from
// which talk it came.
func Lesson(text string, owner analysis.UserID, due analysis.Day) Agreed {
	return Agreed{Owner: owner, Due: due, Then: text, Theme: "gesprek"}
}
