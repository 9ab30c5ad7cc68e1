package analysis

import "time"

// TouchID identifies a Touch (contactmoment) in the store. It stays the same
// when the moment is corrected.
type TouchID int64

// TouchKind is how somebody of the office and a client met.
type TouchKind string

// The kinds, heaviest first; the last two weigh nothing against the others.
const (
	Visit     TouchKind = "bezoek"
	Yearly    TouchKind = "jaargesprek" // about the year and what comes, wherever it is held: more than a call, less than going there
	Call      TouchKind = "telefoongesprek"
	Mail      TouchKind = "e-mail"
	Gathering TouchKind = "bijeenkomst" // an office event the client came to
	Card      TouchKind = "kaart"       // written by hand, on an occasion
)

// TouchKinds lists them in the order of the constants.
func TouchKinds() []TouchKind { return []TouchKind{Visit, Yearly, Call, Mail, Gathering, Card} }

// Place returns the place of k in TouchKinds, and -1 for any other kind.
func (k TouchKind) Place() int {
	switch k {
	case Visit:
		return 0
	case Yearly:
		return 1
	case Call:
		return 2
	case Mail:
		return 3
	case Gathering:
		return 4
	case Card:
		return 5
	}
	return -1
}

// Fulfils reports whether a moment of kind k is as good as one of kind wanted:
// the same, or a heavier one. Whom you visited need not be called,
// and had their yearly talk; who had a yearly talk was not visited.
func (k TouchKind) Fulfils(wanted TouchKind) bool {
	a, b := k.Place(), wanted.Place()
	return a >= 0 && (a == b || b <= Mail.Place() && a < b)
}

// Touch is one fulfilled moment of attention (contactmoment). A correction is a
// new version of the same moment.
type Touch struct {
	ID      TouchID
	Version int // 1 for the first
	Group   GroupID
	Client  ClientID  // 0: the group as a whole
	Contact ContactID // whom it was with; 0: not said
	Kind    TouchKind
	Day     Day
	By      UserID    // who had it, as Slack knows them; may be empty
	Manager ManagerID // who had it, as the office knows them; 0: not known
	Note    string    // what a colleague has to know; never health, Wwft or UBO
	Next    string    // what follows; may be empty
	NextDay Day       // before when; NoDay: nothing follows, or some time
	Source  string    // where it was logged: card, digest, home, shortcut, mention, import
	Link    string    // to the message it was made of; may be empty
	// Asked is what had asked for it, as attention.Item.Key says; empty: nothing.
	// What was asked once is had once.
	Asked string
	// Removed is whether this version takes the moment back.
	Removed bool
	Author  UserID // who wrote this version; empty: the operator
	At      time.Time
}

// ImportTouches is a list of moments that the office kept elsewhere.
const ImportTouches ImportKind = "touches"

// StagedTouch is one row of such a list, read and checked but not yet held
// against the store.
type StagedTouch struct {
	Line    int
	Number  string // client, debtor, KvK or btw number as the file has it
	Day     Day
	Kind    TouchKind
	ByEmail string // lower case; empty: not said
	ByName  string // where the file has no address; may be empty
	Note    string
}
