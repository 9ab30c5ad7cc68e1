package session

import "klantbot/analysis"

// Progress is how many of those who take part are done with the phase ("4 van 7
// klaar"). Missing is for a reminder to them, not for a screen.
type Progress struct {
	Done, Of int
	Missing  []analysis.UserID
}

// Everybody reports whether nobody is missing.
func (p Progress) Everybody() bool { return p.Of > 0 && p.Done == p.Of }

// Progress of the present phase. Somebody is done who said so (Readied), or who
// did what the phase asks of each: wrote a card, gave dots on every horizon or a
// weight, said how the client feels in every step.
func (s *State) Progress() Progress {
	var p Progress
	for _, user := range s.Active() {
		p.Of++
		if s.ready[s.Phase][user] || s.contributed(user) {
			p.Done++
		} else {
			p.Missing = append(p.Missing, user)
		}
	}
	return p
}

// Ready reports whether user is done with the present phase.
func (s *State) Ready(user analysis.UserID) bool {
	return s.ready[s.Phase][user] || s.contributed(user)
}

func (s *State) contributed(user analysis.UserID) bool {
	switch s.Phase {
	case Writing, Wishing:
		for _, c := range s.cards {
			if c.author == user && c.until == s.Phase {
				return true
			}
		}
	case Voting:
		return len(s.weights[user]) > 0 || len(s.ballots[user]) == len(Columns())
	case Stepping:
		for _, x := range s.Steps {
			if s.felt[x.ID][user] == 0 && !s.shown[x.ID] {
				return false
			}
		}
		return len(s.Steps) > 0
	}
	return false
}

// Individual reports whether a phase asks something of each by themselves, so that
// who is missing can be reminded.
func (p Phase) Individual() bool { return p == Writing || p == Wishing || p == Voting || p == Stepping }
