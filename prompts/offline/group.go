package offline

import (
	"context"
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"klantbot/prompts"
)

//go:embed subjects.txt
var subjectsText string

var subjects = sync.OnceValue(func() (found []prompts.Theme) {
	for line := range strings.Lines(subjectsText) {
		if name, seeds, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && !strings.HasPrefix(name, "#") {
			found = append(found, prompts.Theme{Name: name, Seeds: strings.Fields(seeds)})
		}
	}
	return found
})

// Grouper fulfils prompts.Grouper by common stems, compounds and subjects. The zero
// value is ready and may be used by several goroutines.
type Grouper struct{}

// The numbers below were chosen on testdata/cards/session1.txt and session2.txt; group_test.go
// measures it on heldout.txt, which had no part in it.
const (
	// firmBand is from which score a card counts as praise or blame: a wish on a card
	// holds faint words of both.
	firmBand = 1.3
	// nearEnough is from which mean likeness (0..1) two groups become one.
	nearEnough = .2
	// partWeight and subjectWeight are what a piece of a compound and a common
	// subject count, against 1 for a common stem.
	partWeight    = .8
	subjectWeight = 2.5
	// loneWeight is what a word that no other card has takes off.
	loneWeight = .3
	// shortestPart is the least number of bytes of a stem that is looked for in
	// longer ones.
	shortestPart = 5
	// oftenShare is from which share of the cards a word tells nothing.
	oftenShare = .35
)

// Group proposes at most prompts.MostGroups groups: cards that share stems, pieces of
// compounds or subjects are joined while they are alike enough, but never praise with
// blame, nor what one card denies with what another states (stance.go). What stays alone goes to prompts.Other, which comes last.
func (Grouper) Group(ctx context.Context, ask prompts.GroupRequest) (prompts.Grouping, error) {
	cards := ask.Cards
	g := prompts.Grouping{Mode: prompts.Offline, Polarity: map[prompts.ID]prompts.Polarity{}}
	if err := ctx.Err(); err != nil {
		return prompts.Grouping{}, err
	}
	read := readCards(cards)
	for i, c := range read.cards {
		if c.polarity != prompts.Neutral {
			g.Polarity[cards[i].ID] = c.polarity
		}
		for j := range i {
			if c.stances.oppose(read.cards[j].stances) {
				g.Apart = append(g.Apart, [2]prompts.ID{cards[j].ID, cards[i].ID})
			}
		}
	}
	named, rest := read.choose(read.join())
	taken := map[string]bool{prompts.Other: true}
	for _, members := range named {
		group := prompts.CardGroup{Name: read.name(cards, members, taken)}
		taken[strings.ToLower(group.Name)] = true
		for _, i := range members {
			group.Cards = append(group.Cards, cards[i].ID)
		}
		g.Groups = append(g.Groups, group)
	}
	if len(rest) > 0 {
		other := prompts.CardGroup{Name: prompts.Other}
		for _, i := range rest {
			other.Cards = append(other.Cards, cards[i].ID)
		}
		g.Groups = append(g.Groups, other)
	}
	return g, nil
}

// choose keeps the largest groups, Other's place left free, in the order of their
// first card; the rest are what stands alone.
func (r *cardReading) choose(clusters [][]int) (named [][]int, rest []int) {
	for _, members := range clusters {
		if len(members) > 1 {
			named = append(named, members)
		} else {
			rest = append(rest, members...)
		}
	}
	slices.SortStableFunc(named, func(a, b []int) int { return len(b) - len(a) })
	most := prompts.MostGroups
	if len(rest) > 0 || len(named) > most {
		most--
	}
	for len(named) > most {
		rest = append(rest, named[most]...)
		named = slices.Delete(named, most, most+1)
	}
	slices.Sort(rest)
	slices.SortFunc(named, func(a, b []int) int { return a[0] - b[0] })
	return named, rest
}

// join merges the two groups that are most alike, again and again, until none are
// alike enough (average linkage). Groups of which two cards are opposed never become
// one, also not by way of a third. Equals: those of the first cards.
func (r *cardReading) join() [][]int {
	n := len(r.cards)
	clusters, sum, apart := make([][]int, n), make([][]float64, n), make([][]bool, n)
	for i := range n {
		clusters[i], sum[i], apart[i] = []int{i}, make([]float64, n), make([]bool, n)
		for j := range n {
			sum[i][j], apart[i][j] = r.likeness(i, j), r.opposed(i, j)
		}
	}
	for {
		best, a, b := nearEnough, -1, -1
		for i := range clusters {
			for j := i + 1; j < n && clusters[i] != nil; j++ {
				if clusters[j] == nil || apart[i][j] {
					continue
				}
				if mean := sum[i][j] / float64(len(clusters[i])*len(clusters[j])); mean > best {
					best, a, b = mean, i, j
				}
			}
		}
		if a < 0 {
			break
		}
		clusters[a] = append(clusters[a], clusters[b]...)
		slices.Sort(clusters[a])
		clusters[b] = nil
		for k := range n {
			sum[a][k] += sum[b][k]
			sum[k][a] = sum[a][k]
			apart[a][k] = apart[a][k] || apart[b][k]
			apart[k][a] = apart[a][k]
		}
	}
	return slices.DeleteFunc(clusters, func(c []int) bool { return c == nil })
}

// likeness is the cosine of two cards, 0..1.
func (r *cardReading) likeness(i, j int) float64 {
	dot := 0.
	for _, f := range r.cards[i].order { // in one order, so that rounding is the same
		if w, ok := r.cards[j].weights[f]; ok {
			dot += r.cards[i].weights[f] * w
		}
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(r.cards[i].norm*r.cards[j].norm)
}
