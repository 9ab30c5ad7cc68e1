package analysis

import "slices"

// Visibility is the office's choice of whose amounts and notes a colleague sees.
// Partners and administrators decide about segments and hand out figures, so they
// see them all.
type Visibility string

// The choices, from open to closed. Segments and names are seen in each.
const (
	SeesAll      Visibility = ""          // amounts and notes of every client
	SeesOwn      Visibility = "eigen"     // of the clients they hold or answer for
	SeesSegments Visibility = "segmenten" // of none
)

// Visibilities lists them.
func Visibilities() []Visibility { return []Visibility{SeesAll, SeesOwn, SeesSegments} }

// discreet are the permissions that Visibility narrows.
var discreet = []Permission{ViewAmounts, ReadTouches, ReadAnswers}

// withheld reports whether the office's choice keeps p about subject from actor.
func withheld(actor Actor, p Permission, subject Subject) bool {
	if actor.Sees == SeesAll || !slices.Contains(discreet, p) || actor.Roles.Without(ManagerRole, Employee) != 0 {
		return false
	}
	return actor.Sees != SeesOwn || !own(actor, subject)
}
