package survey

import (
	"cmp"

	"klantbot/analysis"
)

// Shortfall is a theme that matters more to a group than the office does about
// it, in the words of the group's own people. The zero Shortfall is none.
type Shortfall struct {
	Theme                   string
	Importance, Performance float64 // means over the persons who scored both
	Scale                   int     // what both go up to: 5 or 10
	N                       int     // persons
	Day                     analysis.Day
}

// Gap is by how much importance exceeds performance, in points of the scale.
func (d Shortfall) Gap() float64 { return d.Importance - d.Performance }

// sharp is the smallest gap worth a line, as part of the scale: a point of five,
// two of ten. Our choice: less is within what one person scores from day to day.
const sharp = .2

// sharpest returns the theme with the largest gap between importance and
// performance in answers to one wave; of equal gaps the more important theme.
func sharpest(answers []*Response, w Wave) Shortfall {
	type both struct{ importance, performance []float64 }
	of := map[string]*both{}
	for _, r := range answers {
		for _, s := range r.Scores {
			if s.Kind != analysis.ThemeScore || s.Importance == analysis.NotSaid || s.Performance == analysis.NotSaid {
				continue
			}
			if of[s.Name] == nil {
				of[s.Name] = &both{}
			}
			of[s.Name].importance = append(of[s.Name].importance, s.Importance)
			of[s.Name].performance = append(of[s.Name].performance, s.Performance)
		}
	}
	var most Shortfall
	for theme, b := range of {
		d := Shortfall{Theme: theme, Importance: Estimated(b.importance).Mean, Performance: Estimated(b.performance).Mean,
			Scale: w.Scale, N: len(b.importance), Day: w.Day}
		if d.Gap() < sharp*float64(w.Scale)-margin {
			continue
		}
		more := cmp.Or(cmp.Compare(d.Gap(), most.Gap()), cmp.Compare(d.Importance, most.Importance), -cmp.Compare(d.Theme, most.Theme))
		if most.Theme == "" || more > 0 {
			most = d
		}
	}
	return most
}
