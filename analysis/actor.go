package analysis

// Role is what somebody is in the office. The zero Role is nobody and may do
// nothing.
type Role string

// The roles, from the command line down to an employee. They are not a strict
// order: an administrator runs the bot and need not be a partner.
const (
	Nobody        Role = ""               // not a member, or not known yet
	Operator      Role = "operator"       // whoever has the machine: the command line
	Administrator Role = "beheerder"      // runs the bot in Slack
	PartnerRole   Role = "partner"        // vennoot: answers for relationships, decides
	ManagerRole   Role = "relatiemanager" // holds relationships
	Employee      Role = "medewerker"     // a full member of the workspace without portfolio
)

// Roles lists every role somebody can be given, most powerful first.
func Roles() []Role { return []Role{Operator, Administrator, PartnerRole, ManagerRole, Employee} }

// Actor is who asks. It is established by bot (from Slack) or cmd (the
// operator), never by what a button or a text says.
type Actor struct {
	User    UserID    // empty on the command line
	Role    Role      // Nobody: deny everything
	Manager ManagerID // their own portfolio; 0 when they have none
}
