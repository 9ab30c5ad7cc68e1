package session

import "klantbot/analysis"

// Fold returns session id as events left it. They are in the order of their Seq,
// from 1 on. What was undone is left out, and what makes no sense any more without
// it (the name of a cluster that is not there) does nothing; Fold never fails.
//
// It does not ask who did something and when: that was asked before the event was
// added (Check). So what people contributed in a phase that was begun by accident
// survives the undo.
func Fold(id ID, events []Event) *State {
	s := &State{ID: id, ballots: map[analysis.UserID]map[Horizon][]Dot{}, weights: map[analysis.UserID]map[CardID]Weight{},
		felt: map[StepID]map[analysis.UserID]int{}, shown: map[StepID]bool{}, ready: map[Phase]map[analysis.UserID]bool{},
		decided: map[ClusterID]map[Horizon]Choice{}, keys: map[string]bool{}}
	gone, chains := undone(events)
	for i, e := range events {
		s.add(e, gone[i], chains[i])
	}
	return s
}

// Grow adds e, the event after the last, to s as Fold would; false, and nothing is done,
// for an Undone, which only Fold can do. The body of e holds nothing that is part of s.
func (s *State) Grow(e Event) bool {
	if isUndo(e) {
		return false
	}
	s.add(e, false, chainOf(e.Body))
	return true
}

// add is one event of Fold.
func (s *State) add(e Event, gone bool, c chain) {
	if e.Body != nil && !gone && (isUndo(e) || e.Body.check(s, e) == nil) {
		e.Body.apply(s, e)
		s.remember(e, c)
	}
	s.Seq, s.Last = e.Seq, e.At
	if e.Key != "" {
		s.keys[e.Key] = true
	}
}

// undone says which events do not count, and of which chain each is. From the last
// one back, each Undone that counts takes away the step it names; so an Undone of
// an Undone gives it back.
func undone(events []Event) (gone []bool, chains []chain) {
	gone, chains = make([]bool, len(events)), make([]chain, len(events))
	target := func(i int) int {
		if u, ok := events[i].Body.(Undone); ok {
			if at := u.Seq - events[0].Seq; at >= 0 && at < i {
				return at
			}
		}
		return -1
	}
	for i := range events {
		if chains[i] = chainOf(events[i].Body); target(i) >= 0 {
			chains[i] = chains[target(i)]
		}
	}
	for i := len(events) - 1; i >= 0; i-- {
		if at := target(i); at >= 0 && !gone[i] && chains[at] != noChain {
			gone[at] = true
		}
	}
	return gone, chains
}

func isUndo(e Event) bool {
	_, ok := e.Body.(Undone)
	return ok
}

// chain is which steps are undone one after the other, the last one first.
type chain int

const (
	noChain  chain = iota
	phases         // what moves the session: of who leads it
	clusters       // what changes clusters: of whoever did it
)

// chainOf says which chain b is in. What one person contributes is in none: they
// take it back by itself.
func chainOf(b Body) chain {
	switch b.(type) {
	case Moved, Extended, Switched, Ended, Stepped, AmbitionChosen:
		return phases
	case Clustered, Merged, Split, Renamed, Put, Opposed, Decided:
		return clusters
	}
	return noChain
}

// undo is what can be undone of a chain: the last step that counts, and, where
// nothing came after it, the last Undone, which can be done again.
type undo struct {
	seq   int
	by    analysis.UserID
	again int
}

// remember keeps what can be undone and done again after e, of chain c.
func (s *State) remember(e Event, c chain) {
	u, ok := e.Body.(Undone)
	switch {
	case c == noChain:
	case !ok:
		s.undos[c] = undo{seq: e.Seq, by: e.By}
	case u.Seq == s.undos[c].again:
		s.undos[c].again = 0
	default:
		s.undos[c].again = e.Seq
	}
}
