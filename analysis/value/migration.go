package value

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Movement is what became of a group between two final versions.
type Movement string

// The movements. Lost is yearly revenue before and none now; won the other way
// round.
const (
	Up   Movement = "omhoog"
	Same Movement = "gelijk"
	Down Movement = "omlaag"
	Lost Movement = "verloren"
	Won  Movement = "gewonnen"
)

// Migration is who moved through the pyramid.
type Migration struct {
	Flows []Flow[analysis.Layer] // from the top down, groups that stayed included
	Moved []Moved                // by group; those that stayed are left out
	Count map[Movement]int
}

// Flow is how many groups went from one place to another.
type Flow[T comparable] struct {
	From, To T
	Groups   int
}

// Moved is a group that changed its layer.
type Moved struct {
	Group    analysis.GroupID
	From, To analysis.Layer
	Movement Movement
}

// Migrate compares the pyramids of two segmentations, each with the layers of
// its own day, so that one office's growth does not lift everybody. A group
// that one of them lacks was, or is, nog geen relatie. Who never earned in
// either is left out.
func Migrate(before, after []analysis.SegmentItem) Migration {
	from, to := layersByGroup(before), layersByGroup(after)
	m := Migration{Count: map[Movement]int{}}
	counts := map[[2]analysis.Layer]int{}
	for group := range union(from, to) {
		was, is := cmp.Or(from[group], analysis.LayerNone), cmp.Or(to[group], analysis.LayerNone)
		if !was.Earns() && !is.Earns() {
			continue
		}
		movement := movementOf(was, is)
		m.Count[movement]++
		counts[[2]analysis.Layer{was, is}]++
		if was != is {
			m.Moved = append(m.Moved, Moved{group, was, is, movement})
		}
	}
	slices.SortFunc(m.Moved, func(a, b Moved) int { return cmp.Compare(a.Group, b.Group) })
	for _, was := range analysis.Layers() {
		for _, is := range analysis.Layers() {
			if n := counts[[2]analysis.Layer{was, is}]; n > 0 {
				m.Flows = append(m.Flows, Flow[analysis.Layer]{was, is, n})
			}
		}
	}
	return m
}

func movementOf(was, is analysis.Layer) Movement {
	rank := func(l analysis.Layer) int { return slices.Index(analysis.Layers(), l) }
	switch {
	case was == is:
		return Same
	case !is.Earns():
		return Lost
	case !was.Earns():
		return Won
	case rank(is) < rank(was):
		return Up
	}
	return Down
}

func layersByGroup(items []analysis.SegmentItem) map[analysis.GroupID]analysis.Layer {
	yearly := make([]Yearly, len(items))
	for i, item := range items {
		yearly[i] = Yearly{Amount: item.Yearly, Known: item.Known}
	}
	layers := LayersOf(yearly, nil)
	byGroup := make(map[analysis.GroupID]analysis.Layer, len(items))
	for i, item := range items {
		byGroup[item.Group] = layers[i]
	}
	return byGroup
}

func union[V any](a, b map[analysis.GroupID]V) map[analysis.GroupID]struct{} {
	all := make(map[analysis.GroupID]struct{}, max(len(a), len(b)))
	for group := range a {
		all[group] = struct{}{}
	}
	for group := range b {
		all[group] = struct{}{}
	}
	return all
}
