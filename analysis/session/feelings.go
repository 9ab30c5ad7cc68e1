package session

import (
	"cmp"
	"math"
	"slices"

	"klantbot/analysis"
)

// Feelings is what may be said of how the client feels in one step.
type Feelings struct {
	Step  Step
	N, Of int // who gave one, of who takes part
	Own   int // the viewer's, 1..5; 0: none yet
	// Shown: everybody was in, or the phase is over. Before it nothing follows.
	Shown bool
	// Few: fewer than Fewest distinct persons gave one, and it was not said
	// beforehand that answers are visible, so that none of it is shown.
	Few bool
	// Median, and Low to High, the middle half (quartiles, type 7), 1..5; 0 where
	// Shown is false or Few is true, or nobody gave one.
	Median, Low, High float64
	// Named are the answers by name, only with State.NamedFeelings.
	Named []NamedFeeling
}

// NamedFeeling is one person's.
type NamedFeeling struct {
	User    analysis.UserID
	Feeling int
}

// Feelings returns them for every step, in the order of the steps.
func (s *State) Feelings(viewer analysis.UserID) []Feelings {
	all := make([]Feelings, len(s.Steps))
	for i, x := range s.Steps {
		given := s.felt[x.ID]
		f := Feelings{Step: x, N: len(given), Of: len(s.Active()), Own: given[viewer], Shown: s.shown[x.ID]}
		f.Few = !s.NamedFeelings && len(given) < Fewest
		if f.Shown && !f.Few && len(given) > 0 {
			f.Low, f.Median, f.High = quartiles(given)
			if s.NamedFeelings {
				f.Named = named(given)
			}
		}
		all[i] = f
	}
	return all
}

func named(given map[analysis.UserID]int) []NamedFeeling {
	var all []NamedFeeling
	for user, feeling := range given {
		all = append(all, NamedFeeling{user, feeling})
	}
	analysis.Sort(all, func(a, b NamedFeeling) int { return cmp.Compare(a.User, b.User) })
	return all
}

// quartiles are those of type 7: with h = (n-1)p, x[floor h] + (h - floor h) times
// the step to the next, x sorted and counted from zero. given is not empty.
func quartiles(given map[analysis.UserID]int) (low, median, high float64) {
	var x []float64
	for _, feeling := range given {
		x = append(x, float64(feeling))
	}
	slices.Sort(x)
	at := func(p float64) float64 {
		whole, part := math.Modf(float64(len(x)-1) * p)
		i := int(whole)
		return x[i] + part*(x[min(i+1, len(x)-1)]-x[i])
	}
	return at(.25), at(.5), at(.75)
}
