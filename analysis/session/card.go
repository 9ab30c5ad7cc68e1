package session

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Card is what one person wrote, word for word.
type Card struct {
	ID     CardID
	Place  // where it stands
	Text   string
	Source string // may be empty
	Ground Ground // on a step only
	// Author is who wrote it, empty where that is not shown or nobody did (it was
	// prefilled). Mine: the viewer did.
	Author analysis.UserID
	Mine   bool

	author   analysis.UserID
	nameless bool  // written in an anonymous phase
	until    Phase // it is hidden until this phase is over; empty: never
	shown    bool  // others may read it, and may have
}

// Cards returns what viewer may read: their own cards, and those of others once
// they are revealed. Pass "" for what everybody may read. They are in the order in
// which they were written, but for those that were written anonymously and
// revealed: these are shuffled among themselves, the same way each time, since what
// one person sends at once would stand together.
func (s *State) Cards(viewer analysis.UserID) []Card {
	var cards, nameless []Card
	var places []int
	for _, c := range s.cards {
		if mine := viewer != "" && c.author == viewer; c.shown || mine {
			if c.shown && c.nameless {
				places = append(places, len(cards))
				nameless = append(nameless, c.seenBy(mine))
			}
			cards = append(cards, c.seenBy(mine))
		}
	}
	analysis.Sort(nameless, func(a, b Card) int { return cmp.Compare(s.shuffled(a.ID), s.shuffled(b.ID)) })
	for i, at := range places {
		cards[at] = nameless[i]
	}
	return cards
}

// shuffled orders cards in a way that tells nothing of when they were written, by
// multiplying with odd numbers, modulo 2^32.
func (s *State) shuffled(id CardID) uint32 {
	return (uint32(id) + uint32(s.ID)*0x61c88647) * 0x9e3779b1
}

// CardsAt is Cards at one place.
func (s *State) CardsAt(viewer analysis.UserID, p Place) []Card {
	return slices.DeleteFunc(s.Cards(viewer), func(c Card) bool { return c.Place != p })
}

// CardsOf is Cards in one cluster, in the order of the cluster.
func (s *State) CardsOf(viewer analysis.UserID, c Cluster) []Card {
	var cards []Card
	for _, id := range c.Cards {
		if card := s.card(id); card != nil && card.shown {
			cards = append(cards, card.seenBy(viewer != "" && card.author == viewer))
		}
	}
	return cards
}

// Loose is Cards of the silent writing that are in no cluster.
func (s *State) Loose(viewer analysis.UserID) []Card {
	in := map[CardID]bool{}
	for _, c := range s.Clusters {
		for _, id := range c.Cards {
			in[id] = true
		}
	}
	return slices.DeleteFunc(s.Cards(viewer), func(c Card) bool { return !c.groupable() || in[c.ID] })
}

// Cluster returns the topic with id; false where there is none (any more).
func (s *State) Cluster(id ClusterID) (Cluster, bool) {
	return s.topic(id)
}

// OpposedTo returns the cards that contradict card id.
func (s *State) OpposedTo(id CardID) []CardID {
	var cards []CardID
	for _, pair := range s.opposed {
		switch id {
		case pair[0]:
			cards = append(cards, pair[1])
		case pair[1]:
			cards = append(cards, pair[0])
		}
	}
	return cards
}

// seenBy is c as somebody sees it, who wrote it or not; nothing of it tells more.
func (c Card) seenBy(mine bool) Card {
	seen := Card{ID: c.ID, Place: c.Place, Text: c.Text, Source: c.Source, Ground: c.Ground, Mine: mine}
	if !c.nameless {
		seen.Author = c.author
	}
	return seen
}
