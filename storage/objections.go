package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Objection says whether a contact person objects to profiling (AVG article 21): to
// being scored, followed up and quoted as a person.
//
// Who objects is nobody in what the store returns of answers by name: those are not
// among NamedResponses, and among Responses they count without saying whose they are,
// and without words. Nothing is asked because of an occasion of theirs. Where all
// clients of their relatiegroep are natural persons (analysis.NaturalPerson), to value
// the group is to value them: GroupHistory.Objects says so, no segmentation has an item
// of it, and to the attention plan it has no segment.
type Objection struct {
	Contact analysis.ContactID
	Version int  // 1 for the first; raised by every change
	Stands  bool // they object; false: not any more
	By      analysis.UserID
	At      time.Time
}

// Objections reads them.
type Objections interface {
	// ObjectionsOf returns the newest of every contact person of a group's clients who
	// ever made one, by contact person.
	ObjectionsOf(ctx context.Context, group analysis.GroupID) ([]Objection, error)
	// Spared reports whether the group is one of natural persons of whom somebody
	// objects, so that it is not valued.
	Spared(ctx context.Context, group analysis.GroupID) (bool, error)
}

// ObjectionTx writes them down.
type ObjectionTx interface {
	// Object records o as the version after o.Version. Where the present version is
	// another one, somebody else wrote it down meanwhile: analysis.Invalid. A contact
	// person who is not there is analysis.NotFound.
	Object(ctx context.Context, o Objection) error
}
