package storage

import (
	"context"
	"iter"

	"klantbot/analysis"
)

// Clients reads clients and the groups they form. A single thing that is not
// there is an analysis.Error of kind NotFound; a list of such is empty. Order is
// by the bytes of what is ordered by, on every engine. The id of a group that
// was merged stands for the group it is part of, so that an old button still
// finds it.
type Clients interface {
	// Client returns one client.
	Client(ctx context.Context, id analysis.ClientID) (analysis.Client, error)
	// Group returns one relatiegroep.
	Group(ctx context.Context, id analysis.GroupID) (analysis.Group, error)
	// Members returns the clients of a group by number.
	Members(ctx context.Context, id analysis.GroupID) ([]analysis.Client, error)
	// Contacts returns the contact persons of a group's clients by name.
	Contacts(ctx context.Context, id analysis.GroupID) ([]analysis.Contact, error)
	// ClientsOf returns the clients with these ids, in the order of ids; ids
	// that are not there are left out.
	ClientsOf(ctx context.Context, ids []analysis.ClientID) ([]analysis.Client, error)
}

// Revenue reads what was invoiced.
type Revenue interface {
	// MonthRevenue returns the revenue of a group by month, service and service
	// year, in that order, oldest month first, whole history. Nothing invoiced
	// is no rows.
	MonthRevenue(ctx context.Context, id analysis.GroupID) ([]analysis.MonthRevenue, error)
	// Services returns every service of the office by id.
	Services(ctx context.Context) ([]analysis.Service, error)
}

// Invoiced reads the revenue of many groups, and nothing else of them.
type Invoiced interface {
	// Invoiced returns what was invoiced until asOf to those of groups that were
	// invoiced anything, in any order. No group is there twice.
	Invoiced(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]GroupMonths, error)
}

// GroupMonths is the revenue of a group by month and service, whatever the year
// of service. Months and services come in any order, and one of them may come in
// parts.
type GroupMonths struct {
	Group  analysis.GroupID
	Months []analysis.MonthRevenue
}

// Names feeds the name index.
type Names interface {
	// NamesVersion returns a number that is raised whenever any name, number or
	// e-mail that Names returns may have changed.
	NamesVersion(ctx context.Context) (int64, error)
	// Names yields every client, by id, with what people may know it by, all as of
	// one moment. It streams: an office of a million clients is never held twice.
	// The sequence ends at the first error, which it yields.
	Names(ctx context.Context) iter.Seq2[NameEntry, error]
	// Hides returns the relatiegroepen that ctx does not show (see Seeing), with
	// those that are part of them; none where it shows everything. Names yields them
	// all: it is for an index that is asked by many.
	Hides(ctx context.Context) (map[analysis.GroupID]bool, error)
}

// NameEntry is what one client can be found by.
type NameEntry struct {
	Client    analysis.ClientID
	Group     analysis.GroupID
	Name      string
	GroupName string   // name of the relatiegroep, empty when it is the client's own name
	Codes     []string // client number, debtor number, KvK, e-mail addresses, also of contact persons
	Contacts  []string // names of contact persons
	Among     int      // how many entries Names yields, this one among them
}
