package match

import "fmt"

// Key is the caller's own number of a client; match only hands it back.
type Key uint32

// Kind says what an entry is of its client.
type Kind uint8

const (
	// Name is a name of the client itself.
	Name Kind = iota
	// Contact is the name of a contact person at the client.
	Contact
	// Group is the name of the relatiegroep the client belongs to.
	Group
	// Code is a client number, debtor number, KvK number or e-mail address.
	// Codes are found only whole: equal once case, spaces and (outside e-mail
	// addresses) dots are gone. Leading zeros count, but where they are the
	// only difference the client is still found, with score [ZerosScore].
	Code
)

// String returns the lower-case English name of k, fit for a catalogue key.
func (k Kind) String() string {
	switch k {
	case Name:
		return "name"
	case Contact:
		return "contact"
	case Group:
		return "group"
	case Code:
		return "code"
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Grade says how the words of a query stand in an entry, apart from the score.
type Grade uint8

const (
	// Near means that some word of the query is missing or only similar.
	Near Grade = iota
	// Words means that every word of the query stands in the entry exactly,
	// titles and legal forms aside, and that the entry has other words too.
	// A code that differs in leading zeros only is of this grade.
	Words
	// Whole means that query and entry are equal once folded, titles and legal
	// forms aside.
	Whole
)

const (
	// HitScore is the least score of what [Index.Find] calls a hit. One typo
	// in a surname of three letters is just above it, a client that shares
	// only the first name is below it.
	HitScore = .6
	// ClearScore is the score from which a second hit is so near to the first
	// that a person has to choose: Janssen beside Jansen is, Vos beside Bos is
	// not.
	ClearScore = .8
	// ZerosScore is the score of a code that differs in leading zeros only.
	ZerosScore = .95
)

// Hit is one client that answers a query, with the best of its entries.
type Hit struct {
	Key   Key
	Score float64 // 0..1 in steps of 0.0001; 1 is an entry equal to the query, diacritics included
	Grade Grade
	Kind  Kind   // kind of the entry that matched best
	Text  string // that entry as it was added, runs of white space made one space
}

// Clear returns the one hit that may be shown without asking, and whether
// there is one. hits is what [Index.Find] returned for a limit of two or more.
// There is one when the first hit is
//
//   - a code equal to the query that no other client has; or
//   - an entry that has every word of the query exactly (grade Words or Whole)
//     while no other client scores [ClearScore] or more.
//
// A client that is merely similar is never clear, even when it is alone: the
// card of the wrong client is worse than one question.
func Clear(hits []Hit) (Hit, bool) {
	if len(hits) == 0 {
		return Hit{}, false
	}
	first := hits[0]
	if first.Kind == Code && first.Grade == Whole {
		for _, h := range hits[1:] {
			if h.Kind == Code && h.Grade == Whole {
				return Hit{}, false
			}
		}
		return first, true
	}
	if first.Grade == Near || len(hits) > 1 && hits[1].Score >= ClearScore {
		return Hit{}, false
	}
	return first, true
}
