package session

import (
	"slices"

	"klantbot/analysis"
)

// CardID is the seq of the event that wrote a card.
type CardID int

// Horizon is a question of the silent writing, and what dots are given for.
type Horizon string

// The horizons. Dots are given for the first two, which are the columns of the
// outcome.
const (
	Now        Horizon = "nu"
	Later      Horizon = "over 3 jaar"
	Disappears Horizon = "verdwijnt"
	Unaware    Horizon = "nog niet bewust"
	Wished     Horizon = "wens" // klantreis: the experience wanted
)

// Horizons lists those of the silent writing.
func Horizons() []Horizon { return []Horizon{Now, Later, Disappears, Unaware} }

// Columns are the horizons that dots are given for.
func Columns() []Horizon { return []Horizon{Now, Later} }

// Field is what a card on a step of the journey, or in a discussion, is about.
type Field string

// The fields of a step, and the three questions of a discussion.
const (
	Does        Field = "doet"
	Thinks      Field = "denkt" // a quote
	Via         Field = "kanaal"
	HeldBy      Field = "eigenaar"
	Behaviour   Field = "gedrag" // that we need
	Opportunity Field = "kans"
	See         Field = "zien"     // Wat zien we?
	Mean        Field = "betekent" // Wat betekent het?
	Do          Field = "doen"     // Wat doen we?
)

// StepFields are the fields of a step in the order in which they are shown.
func StepFields() []Field { return []Field{Does, Thinks, Via, HeldBy, Behaviour, Opportunity} }

// TalkFields are the three questions of a discussion.
func TalkFields() []Field { return []Field{See, Mean, Do} }

// Ground says whether a card of the journey is known or supposed.
type Ground string

// The grounds.
const (
	Fact       Ground = "feit"
	Assumption Ground = "aanname"
)

// Place is where a card stands: on a Horizon, on a Field of a Step, or on a Field
// of the discussion of a Cluster.
type Place struct {
	Horizon Horizon   `json:"horizon,omitempty"`
	Step    StepID    `json:"step,omitempty"`
	Cluster ClusterID `json:"cluster,omitempty"`
	Field   Field     `json:"field,omitempty"`
}

// Wrote adds a card. Without By it is prefilled from what clients said.
type Wrote struct {
	Place
	Text   string `json:"text"`             // at most LongestText characters
	Source string `json:"source,omitempty"` // where it comes from, or a link
	Ground Ground `json:"ground,omitempty"` // on a step only; empty: Assumption
}

// Name fulfils Body.
func (Wrote) Name() string { return "wrote" }

func (b Wrote) check(s *State, e Event) error {
	if _, err := Clean(b.Text, LongestText); err != nil {
		return err
	}
	if err := written(b.Source, LongestSource); err != nil {
		return err
	}
	if err := s.placed(b.Place); err != nil {
		return err
	}
	mine := 0
	for _, c := range s.cards {
		if c.Place == b.Place && c.author == e.By {
			mine++
		}
	}
	if mine >= MostEach {
		return invalid("session.card.most", analysis.Args{"most": MostEach})
	}
	return nil
}

// placed says what is wrong with a place, or nil.
func (s *State) placed(p Place) error {
	horizon := p.Step == 0 && p.Cluster == 0 && p.Field == ""
	step := p.Horizon == "" && p.Cluster == 0 && slices.Contains(StepFields(), p.Field)
	talk := p.Horizon == "" && p.Step == 0 && slices.Contains(TalkFields(), p.Field)
	switch {
	case s.Kind == Now3Years && horizon && slices.Contains(Horizons(), p.Horizon), s.Kind == Journey && horizon && p.Horizon == Wished:
		return nil
	case s.Kind == Journey && step:
		if !slices.ContainsFunc(s.Steps, func(x Step) bool { return x.ID == p.Step }) {
			return invalid("session.step_gone", nil)
		}
		return nil
	case s.Kind == Now3Years && talk:
		if _, ok := s.topic(p.Cluster); !ok {
			return invalid("session.cluster_gone", nil)
		}
		return nil
	}
	return invalid("session.card.place", nil)
}

func (b Wrote) apply(s *State, e Event) {
	c := Card{ID: CardID(e.Seq), Place: b.Place, Text: cleaned(b.Text), Source: cleaned(b.Source), author: e.By, nameless: s.Anonymous(s.Phase)}
	switch {
	case b.Horizon == Wished:
		c.until = Wishing
	case b.Horizon != "":
		c.until = Writing
	default:
		c.shown = true
	}
	if b.Step != 0 {
		if c.Ground = Assumption; b.Ground == Fact {
			c.Ground = Fact
		}
	}
	s.cards = append(s.cards, c)
}

// Rewrote changes one's own card. What others read before stays as it was.
type Rewrote struct {
	Card   CardID `json:"card"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
	Ground Ground `json:"ground,omitempty"`
}

// Name fulfils Body.
func (Rewrote) Name() string { return "rewrote" }

func (b Rewrote) check(s *State, e Event) error {
	if err := s.own(b.Card, e.By); err != nil {
		return err
	}
	if err := written(b.Source, LongestSource); err != nil {
		return err
	}
	_, err := Clean(b.Text, LongestText)
	return err
}

func (b Rewrote) apply(s *State, _ Event) {
	c := s.card(b.Card)
	c.Text, c.Source = cleaned(b.Text), cleaned(b.Source)
	if c.Step != 0 && b.Ground != "" {
		c.Ground = b.Ground
	}
}

// Withdrew takes one's own card back.
type Withdrew struct {
	Card CardID `json:"card"`
}

// Name fulfils Body.
func (Withdrew) Name() string { return "withdrew" }

func (b Withdrew) check(s *State, e Event) error { return s.own(b.Card, e.By) }

func (b Withdrew) apply(s *State, _ Event) {
	s.cards = slices.DeleteFunc(s.cards, func(c Card) bool { return c.ID == b.Card })
	for i := range s.Clusters {
		s.Clusters[i].Cards = slices.DeleteFunc(s.Clusters[i].Cards, func(id CardID) bool { return id == b.Card })
	}
}

// own says what keeps user from changing a card: it is not theirs, or it was
// written hidden and has been revealed, so that others may have built on it.
func (s *State) own(id CardID, user analysis.UserID) error {
	c := s.card(id)
	switch {
	case c == nil:
		return invalid("session.card.gone", nil)
	case c.author != user:
		return analysis.Fail(analysis.Forbidden, "session.card.not_own", nil)
	case c.until != "" && c.shown:
		return invalid("session.card.revealed", nil)
	}
	return nil
}

func (s *State) card(id CardID) *Card {
	for i := range s.cards {
		if s.cards[i].ID == id {
			return &s.cards[i]
		}
	}
	return nil
}
