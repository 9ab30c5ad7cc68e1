package prompts

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"klantbot/analysis"
)

// Grouper proposes groups of the cards that people wrote in a session. It proposes
// and people decide: cards stay as they were written. It returns an error only when
// ctx ends; a failing model is no error but a proposal in mode Offline.
type Grouper interface {
	Group(ctx context.Context, ask GroupRequest) (Grouping, error)
}

// GroupRequest is what to group.
type GroupRequest struct {
	Cards []Card
	// By is on whose behalf, for the audit of a model; empty: the operator.
	By analysis.UserID
	// Offline says that no model is to be asked.
	Offline bool
	// Patient says that whoever asks has minutes. Otherwise a grouper may answer with
	// what it has at once, and say that the proposal is Pending.
	Patient bool
}

// Card is what one person wrote, at most 200 characters. Who wrote it is not here.
type Card struct {
	ID   ID
	Text string
}

// MostGroups is how many groups a proposal has at most, Other among them.
const MostGroups = 7

// LongestGroupName is the most characters of a group's name.
const LongestGroupName = 40

// Grouping is a proposal. The same cards in the same order give the same one.
type Grouping struct {
	Mode     Mode
	Fallback string // why no model had a part in it, in a word; empty where none was asked
	Pending  bool   // a model is sorting; who asks again in a while gets what it made
	Groups   []CardGroup
	// Polarity is what the words of each card say, as counted here and never by a
	// model. A card that is not in it has no opinion.
	Polarity map[ID]Polarity
	// Apart are pairs of cards that contradict each other in what they say of one
	// subject ("een vaste prijs", "geen vaste prijs"): found here too.
	Apart [][2]ID
}

// CardGroup is a subject and its cards, in the order of the cards given.
type CardGroup struct {
	Name  string // from the words of its cards; Other for what belongs together with nothing
	Cards []ID
}

// VerifyGroups holds a proposal to what is promised of it: each card in exactly one
// group, at most MostGroups groups with names that differ, and no group but Other
// that holds both praise and blame, or two cards that contradict each other.
func VerifyGroups(cards []Card, g Grouping) error {
	left := map[ID]bool{}
	for _, c := range cards {
		left[c.ID] = true
	}
	if len(left) != len(cards) {
		return fmt.Errorf("grouping: two cards have one id")
	}
	if len(g.Groups) > MostGroups {
		return fmt.Errorf("grouping: %d groups", len(g.Groups))
	}
	in, names := map[ID]int{}, map[string]bool{}
	for i, group := range g.Groups {
		if group.Name == "" || names[group.Name] || len([]rune(group.Name)) > LongestGroupName {
			return fmt.Errorf("grouping: name of group %d is empty, too long or taken", i+1)
		}
		names[group.Name] = true
		if len(group.Cards) == 0 {
			return fmt.Errorf("grouping: group %d is empty", i+1)
		}
		said := Neutral
		for _, id := range group.Cards {
			if !left[id] {
				return fmt.Errorf("grouping: card %s is unknown or in two groups", id)
			}
			left[id] = false
			if group.Name != Other {
				in[id] = i + 1
			}
			p := g.Polarity[id]
			if group.Name != Other && said.Opposes(p) {
				return fmt.Errorf("grouping: group %d holds opposites", i+1)
			}
			if p != Neutral {
				said = p
			}
		}
	}
	for _, pair := range g.Apart {
		if in[pair[0]] != 0 && in[pair[0]] == in[pair[1]] {
			return fmt.Errorf("grouping: cards %s and %s contradict each other in one group", pair[0], pair[1])
		}
	}
	for id, missing := range left {
		if missing {
			return fmt.Errorf("grouping: card %s is in no group", id)
		}
	}
	return nil
}

// NamedBy says whether name may stand over cards: it is short, holds no figure, link
// or order, and each of its longer words begins as a word of the cards does.
func NamedBy(name string, cards []string) bool {
	if name == "" || utf8.RuneCountInString(name) > LongestGroupName || Suspicious(name) ||
		strings.ContainsFunc(name, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsControl(r) }) || strings.ContainsAny(name, "<>|@/:*_`~") {
		return false
	}
	stems := map[string]bool{}
	for _, text := range cards {
		for _, w := range plainWords(text) {
			stems[stem(w)] = true
		}
	}
	found := 0
	for _, w := range plainWords(name) {
		if utf8.RuneCountInString(w) < 4 || common[w] {
			continue
		}
		if !stems[stem(w)] {
			return false
		}
		found++
	}
	return found > 0
}
