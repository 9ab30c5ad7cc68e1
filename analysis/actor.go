package analysis

import (
	"slices"
	"strings"
)

// Role is one thing somebody is in the office.
type Role string

// The roles, from the command line down to an employee. They are not a strict
// order: an administrator runs the bot and need not be a partner, nor a partner
// an administrator.
const (
	Operator      Role = "operator"       // whoever has the machine: the command line
	Administrator Role = "beheerder"      // runs the bot in Slack
	PartnerRole   Role = "partner"        // vennoot: answers for relationships, decides
	ManagerRole   Role = "relatiemanager" // holds relationships
	Employee      Role = "medewerker"     // a full member of the workspace without portfolio
)

// Roles lists every role somebody can have, most powerful first.
func Roles() []Role { return []Role{Operator, Administrator, PartnerRole, ManagerRole, Employee} }

// RoleSet is what somebody is in the office, all together: an administrator is
// often a partner too. The zero RoleSet is nobody's, who may do nothing. Sets
// are compared with ==.
type RoleSet uint8

// RolesOf returns the set of roles; what is no role is left out.
func RolesOf(roles ...Role) RoleSet {
	var s RoleSet
	for _, r := range roles {
		if i := slices.Index(Roles(), r); i >= 0 {
			s |= 1 << i
		}
	}
	return s
}

// ParseRoles reads what String wrote.
func ParseRoles(written string) RoleSet {
	var s RoleSet
	for name := range strings.SplitSeq(written, ",") {
		s |= RolesOf(Role(name))
	}
	return s
}

// Has reports whether r is in s.
func (s RoleSet) Has(r Role) bool { return s&RolesOf(r) != 0 }

// With returns s with roles added.
func (s RoleSet) With(roles ...Role) RoleSet { return s | RolesOf(roles...) }

// Without returns s less roles.
func (s RoleSet) Without(roles ...Role) RoleSet { return s &^ RolesOf(roles...) }

// String names the roles with commas between, most powerful first; "" for none.
func (s RoleSet) String() string {
	var names []string
	for _, r := range Roles() {
		if s.Has(r) {
			names = append(names, string(r))
		}
	}
	return strings.Join(names, ",")
}

// Actor is who asks. It is established by bot (from Slack) or cmd (the
// operator), never by what a button or a text says.
type Actor struct {
	User    UserID    // empty on the command line
	Roles   RoleSet   // none: deny everything
	Manager ManagerID // their own portfolio; 0 when they have none
	// Sees is what the office has colleagues see of clients (see Visibility). It
	// binds relatiemanagers and medewerkers.
	Sees Visibility
}
