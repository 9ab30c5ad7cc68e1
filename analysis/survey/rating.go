package survey

import (
	"cmp"

	"klantbot/analysis"
)

// Basis is what a rating was taken from.
type Basis string

// The bases, the first that anybody of the group answered counts.
const (
	ByNPS         Basis = "nps"           // 0 to 10
	ByGrade       Basis = "rapportcijfer" // 1 to 10
	ByPerformance Basis = "prestatie"     // mean over the themes, on the scale of the wave
)

// Rating is klantwaardering: what the office is worth to a group, in the words
// of its own people.
type Rating struct {
	Group analysis.GroupID
	Wave  analysis.WaveID
	Basis Basis
	Mean  float64
	N     int          // persons
	Day   analysis.Day // of the newest answer in it; that of the wave where answers do not say
	// Contact is who answered, where that was one known person; else 0.
	Contact analysis.ContactID
	// High is a mean of at least 8 for NPS and rapportcijfer, and of at least four
	// fifths of the scale for performance. Our choice: an 8 is what Dutch people
	// give for good.
	High bool
	// Sharpest is where the office does least of what matters to the group, in the
	// same answers; zero: nothing stands out.
	Sharpest Shortfall
}

// Stale is after how many months a rating no longer says what a group thinks.
const Stale = 24

// Ratings returns a rating for every group whose people answered by name, from
// the newest wave of clients they answered, not older than Stale at asOf. Groups
// without any score in it have none. Responses of other waves are not looked at.
func Ratings(waves []Wave, responses []Response, asOf analysis.Day) map[analysis.GroupID]Rating {
	when := map[analysis.WaveID]Wave{}
	for _, w := range waves {
		if w.Audience == analysis.AskedClients && !w.Guarded() && w.Day <= asOf && w.Day > asOf.AddMonths(-Stale) {
			when[w.ID] = w
		}
	}
	of := map[analysis.GroupID][]*Response{}
	for i := range responses {
		r := &responses[i]
		if w, counts := when[r.Wave]; r.Group != 0 && counts {
			if had := of[r.Group]; len(had) > 0 && had[0].Wave != r.Wave {
				if earlier(w, when[had[0].Wave]) {
					continue
				}
				of[r.Group] = nil
			}
			of[r.Group] = append(of[r.Group], r)
		}
	}
	ratings := map[analysis.GroupID]Rating{}
	for group, answers := range of {
		wave := when[answers[0].Wave]
		if rating, ok := rate(answers, wave.Scale); ok {
			rating.Group, rating.Wave, rating.Day = group, wave.ID, wave.Day
			if day := newest(answers); day.Known() {
				rating.Day = min(day, asOf)
			}
			rating.Sharpest = sharpest(answers, wave)
			if len(answers) == 1 {
				rating.Contact = answers[0].Contact
			}
			ratings[group] = rating
		}
	}
	return ratings
}

// newest is the newest day on which anybody answered, NoDay where none is known.
func newest(answers []*Response) analysis.Day {
	day := analysis.NoDay
	for _, r := range answers {
		day = max(day, r.Day)
	}
	return day
}

// earlier reports whether a was held before b.
func earlier(a, b Wave) bool { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) < 0 }

func rate(answers []*Response, scale int) (Rating, bool) {
	var nps, grades, performance []float64
	for _, r := range answers {
		if r.NPS != analysis.NotSaid {
			nps = append(nps, float64(r.NPS))
		}
		if r.Grade != analysis.NotSaid {
			grades = append(grades, r.Grade)
		}
		if p, ok := r.performance(); ok {
			performance = append(performance, p)
		}
	}
	for _, m := range []struct {
		basis  Basis
		values []float64
		high   float64
	}{{ByNPS, nps, 8}, {ByGrade, grades, 8}, {ByPerformance, performance, .8 * float64(scale)}} {
		if e := Estimated(m.values); e.N > 0 {
			return Rating{Basis: m.basis, Mean: e.Mean, N: e.N, High: e.Mean >= m.high-margin}, true
		}
	}
	return Rating{}, false
}
