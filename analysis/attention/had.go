package attention

import "klantbot/analysis"

// spoken counts what people had already in the week that is planned, by the
// segment of the group.
type spoken struct {
	by    map[analysis.GroupID][]analysis.ManagerID
	count map[analysis.ManagerID]*[5]int
}

func (r Request) had() spoken {
	s := spoken{map[analysis.GroupID][]analysis.ManagerID{}, map[analysis.ManagerID]*[5]int{}}
	for m, groups := range r.Had {
		s.count[m] = &[5]int{}
		for _, g := range groups {
			s.by[g] = append(s.by[g], m)
		}
	}
	return s
}

// see notes g, if somebody spoke to it.
func (s spoken) see(g *Group) {
	for _, m := range s.by[g.ID] {
		s.count[m][rank(g.Segment)]++
	}
}

// of is what m had, all in all: what was not seen, because it concerns others
// now, counts as of no segment.
func (s spoken) of(m analysis.ManagerID, all int) (had [5]int) {
	if s.count[m] == nil {
		return had
	}
	had = *s.count[m]
	for _, n := range had {
		all -= n
	}
	had[len(had)-1] += all
	return had
}
