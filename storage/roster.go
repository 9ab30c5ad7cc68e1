package storage

import (
	"context"

	"klantbot/analysis"
)

// Listed is a relatiegroep as a line of a list.
type Listed struct {
	analysis.Group
	First       analysis.ClientID // the lowest-numbered client; 0 where the group has none
	ManagerName string            // the e-mail where the name is not known; empty: nobody holds it
}

// Roster reads relatiegroepen many at a time, so that a list is one question to
// the database however long it is.
type Roster interface {
	// GroupsOf returns the groups with these ids, in the order of ids; ids that are
	// not there are left out. A group that was merged comes as the group it is part
	// of, under each id that was asked for.
	GroupsOf(ctx context.Context, ids []analysis.GroupID) ([]Listed, error)
}
