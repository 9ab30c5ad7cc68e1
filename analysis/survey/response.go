package survey

import "klantbot/analysis"

// Wave is one round of questions to one audience. Waves of one name are one
// survey (onderzoek), which a report shows side by side.
type Wave struct {
	ID         analysis.WaveID
	Name       string
	Audience   analysis.Audience
	Disclosure analysis.Disclosure
	Scale      int          // what its scores go up to: 5 or 10; 0: it has none
	Day        analysis.Day // of its last answer, else of its import: which came before which
	Responses  int          // answers that count
}

// Guarded reports whether nobody may be recognised in what is shown of the wave:
// when it was anonymous, and always for employees.
func (w Wave) Guarded() bool {
	return w.Disclosure != analysis.ByName || w.Audience == analysis.AskedEmployees
}

// Response is what one person answered.
type Response struct {
	ID      analysis.ResponseID
	Wave    analysis.WaveID
	Day     analysis.Day       // NoDay: not said
	Client  analysis.ClientID  // 0 in anonymous waves, or not found
	Group   analysis.GroupID   // of Client now
	Contact analysis.ContactID // 0: not known
	Market  string             // focus market; may be empty
	analysis.SurveyAnswers
}

// performance returns the person's mean performance, and false where they scored
// none.
func (r *Response) performance() (float64, bool) {
	var given []float64
	for _, s := range r.Scores {
		if s.Kind == analysis.ThemeScore && s.Performance != analysis.NotSaid {
			given = append(given, s.Performance)
		}
	}
	return Estimated(given).Mean, len(given) > 0
}

// theme returns what the person scored a theme.
func (r *Response) theme(name string) (importance, performance float64) {
	for _, s := range r.Scores {
		if s.Kind == analysis.ThemeScore && s.Name == name {
			return s.Importance, s.Performance
		}
	}
	return analysis.NotSaid, analysis.NotSaid
}
