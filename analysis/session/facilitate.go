package session

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"klantbot/analysis"
)

// PromptKind is a question that a good facilitator would ask.
type PromptKind string

// The kinds.
const (
	OtherView PromptKind = "other_view" // everybody agrees, and quickly: who sees it otherwise?
	Silence   PromptKind = "silence"    // nobody spoke of what clients find important and rate badly
)

// Prompt is one such question. Its Key is unique in all sessions.
type Prompt struct {
	Kind    PromptKind
	Key     string
	Cluster ClusterID // of OtherView in a discussion
	Step    StepID    // of OtherView in a journey
	Theme   string    // of Silence
}

// Concern is a theme that clients find important and rate badly ("concentreren").
type Concern struct {
	Theme string
	Words []string // that show it is spoken of, beside its name
	N     int      // persons who rated it
}

// When everybody agrees: at least fewestVoters voted, and so large a share of them
// gave the same cluster a dot.
const (
	fewestVoters = 4
	agreement    = .8
	fewestCards  = 3 // before so many were written silence says nothing
)

// Prompts returns what to ask at at: at most one question of each kind, and mostly
// nothing. Nothing is asked of a session that rests or is over, outside working
// hours unless it is live, or where the other view is there already: contradicting
// cards, or two people who wrote in the discussion. Concerns come the gravest first.
func Prompts(s *State, concerns []Concern, at time.Time) []Prompt {
	if s.Status != Running || s.Mode != Live && !working(at) {
		return nil
	}
	var asked []Prompt
	switch s.Phase {
	case Discussing:
		for _, t := range s.Top() {
			if s.consensus(t) {
				asked = append(asked, Prompt{Kind: OtherView, Cluster: t.Cluster.ID, Key: fmt.Sprintf("session/%d/view/%d", s.ID, t.Cluster.ID)})
				break
			}
		}
		asked = append(asked, s.silence(concerns)...)
	case Clustering:
		asked = append(asked, s.silence(concerns)...)
	case Stepping, Voting:
		for _, f := range s.Feelings("") {
			if f.Shown && f.N >= Fewest && !f.Few && f.Low == f.High {
				asked = append(asked, Prompt{Kind: OtherView, Step: f.Step.ID, Key: fmt.Sprintf("session/%d/view/step/%d", s.ID, f.Step.ID)})
				break
			}
		}
	}
	return asked
}

// consensus reports whether nearly everybody gave t dots and nobody contradicted.
func (s *State) consensus(t Tally) bool {
	if len(s.ballots) < fewestVoters || float64(t.Voters) < agreement*float64(len(s.ballots)) {
		return false
	}
	for _, id := range t.Cluster.Cards {
		if len(s.OpposedTo(id)) > 0 {
			return false
		}
	}
	spoke := map[analysis.UserID]bool{}
	for _, c := range s.cards {
		if c.Cluster == t.Cluster.ID {
			spoke[c.author] = true
		}
	}
	return len(spoke) < 2
}

// silence finds the gravest concern of which no card that everybody may read, no
// cluster and no action speaks.
func (s *State) silence(concerns []Concern) []Prompt {
	cards := s.Cards("")
	if len(cards) < fewestCards {
		return nil
	}
	var said []string
	for _, c := range cards {
		said = append(said, strings.ToLower(c.Text))
	}
	for _, c := range s.Clusters {
		said = append(said, strings.ToLower(c.Name))
	}
	for _, a := range s.Actions {
		said = append(said, strings.ToLower(a.When+" "+a.Then+" "+a.Theme))
	}
	for _, c := range concerns {
		words := append([]string{c.Theme}, c.Words...)
		if c.N >= Fewest && !slices.ContainsFunc(said, func(text string) bool { return mentions(text, words) }) {
			return []Prompt{{Kind: Silence, Theme: c.Theme, Key: fmt.Sprintf("session/%d/silence/%s", s.ID, c.Theme)}}
		}
	}
	return nil
}

// mentions reports whether text, in lower case, speaks of one of subjects: has for
// each word of it one that begins like it.
func mentions(text string, subjects []string) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	said := strings.FieldsFunc(text, notLetter)
	for _, subject := range subjects {
		words := strings.FieldsFunc(strings.ToLower(subject), notLetter)
		if len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(said, func(x string) bool { return alike(x, w) })
		}) {
			return true
		}
	}
	return false
}

// alike reports whether one of two words begins with the other (bereikbaar,
// bereikbaarheid), the shorter one of at least five letters unless they are equal.
func alike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= 5 && strings.HasPrefix(b, a)
}
