package survey

import "klantbot/analysis"

// Perceived is value as the client sees it: what working with the office brings
// against what it takes, on one scale.
type Perceived struct {
	Benefits, Sacrifices Estimate
	// Difference is benefits - sacrifices per person, with its spread among them.
	Difference Estimate
}

// weighed returns a person's mean benefit and mean sacrifice, and false where
// they did not score both.
func (r *Response) weighed() (benefit, sacrifice float64, ok bool) {
	var given, taken []float64
	for _, s := range r.Scores {
		switch {
		case s.Importance == analysis.NotSaid:
		case s.Kind == analysis.BenefitScore:
			given = append(given, s.Importance)
		case s.Kind == analysis.SacrificeScore:
			taken = append(taken, s.Importance)
		}
	}
	if len(given) == 0 || len(taken) == 0 {
		return 0, 0, false
	}
	return Estimated(given).Mean, Estimated(taken).Mean, true
}

func perceived(responses []*Response) Perceived {
	var benefits, sacrifices, differences []float64
	for _, r := range responses {
		if b, s, ok := r.weighed(); ok {
			benefits, sacrifices, differences = append(benefits, b), append(sacrifices, s), append(differences, b-s)
		}
	}
	return Perceived{Estimated(benefits), Estimated(sacrifices), Estimated(differences)}
}

// Listening is the answer to "voelde u zich begrepen?".
type Listening struct{ Yes, Partly, No int }

// N is how many answered.
func (l Listening) N() int { return l.Yes + l.Partly + l.No }

func listening(responses []*Response) (l Listening) {
	for _, r := range responses {
		switch r.Understanding {
		case analysis.Understood:
			l.Yes++
		case analysis.PartlyUnderstood:
			l.Partly++
		case analysis.NotUnderstood:
			l.No++
		}
	}
	return l
}
