package analysis

import "slices"

// Permission is one thing an actor may or may not do.
type Permission string

// The permissions that today's requests ask for.
const (
	UseHelp     Permission = "help.use"     // see what the bot can do
	FindClients Permission = "client.find"  // search by name and see the names found
	ViewClient  Permission = "client.view"  // open a card
	ViewOffice  Permission = "office.view"  // see figures of the whole office
	ShareClient Permission = "client.share" // post a card where colleagues read it
	ImportData  Permission = "import.apply" // import, and undo an import
	MergeGroups Permission = "group.merge"  // confirm a proposed relatiegroep
	// DraftSegments scores the office anew; DecideSegments overrides and makes
	// final. ProposeSegment is a manager's word about their own groups.
	DraftSegments  Permission = "segment.draft"
	DecideSegments Permission = "segment.decide"
	ProposeSegment Permission = "segment.propose"
	ManageOffice   Permission = "office.manage" // roles, tokens, settings
)

// Subject is what a permission is asked for. The zero Subject is the office as
// a whole.
type Subject struct {
	Group   GroupID
	Manager ManagerID // who holds the relationship
	Partner ManagerID // who answers for it
}

// granted is the one table of rights. What is not in it is denied.
var granted = map[Permission][]Role{
	UseHelp:        {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	FindClients:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ViewClient:     {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ViewOffice:     {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ShareClient:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ImportData:     {Operator, Administrator},
	MergeGroups:    {Operator, Administrator, PartnerRole, ManagerRole},
	DraftSegments:  {Operator, Administrator, PartnerRole},
	DecideSegments: {Operator, PartnerRole},
	ProposeSegment: {Operator, PartnerRole, ManagerRole},
	ManageOffice:   {Operator, Administrator},
}

// Allow reports whether actor may do p to subject. It denies by default: an
// unknown permission, an unknown role and nobody are all refused. Within
// MergeGroups and ProposeSegment a manager speaks only for groups of their own
// portfolio.
func Allow(actor Actor, p Permission, subject Subject) bool {
	if !slices.Contains(granted[p], actor.Role) {
		return false
	}
	if (p == MergeGroups || p == ProposeSegment) && actor.Role == ManagerRole {
		return actor.Manager != 0 && (subject.Manager == actor.Manager || subject.Partner == actor.Manager)
	}
	return true
}
