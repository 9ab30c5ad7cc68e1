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
	ViewAmounts Permission = "amount.view"  // see what a client is invoiced and is worth in euros
	ImportData  Permission = "import.apply" // import, and undo an import
	MergeGroups Permission = "group.merge"  // confirm a proposed relatiegroep
	JudgeGroups Permission = "group.judge"  // give the judged criteria of a group a mark
	// DraftSegments scores the office anew; DecideSegments overrides and makes
	// final. ProposeSegment is a manager's word about their own groups.
	DraftSegments  Permission = "segment.draft"
	DecideSegments Permission = "segment.decide"
	ProposeSegment Permission = "segment.propose"
	MarkStrategic  Permission = "segment.strategic" // put a group above its score for good
	AttendGroups   Permission = "attention.handle"  // say that what was asked of a group is done, later, not needed, another's
	DecideFuture   Permission = "future.decide"     // keep, develop or part from a D group
	ChooseValue    Permission = "value.choose"      // criteria, segments, strategies: what value is
	ChoosePlan     Permission = "plan.choose"       // the attention plan: who gets what, how often
	ExceptPlan     Permission = "plan.except"       // what one client gets instead
	ReportOffice   Permission = "attention.report"  // planned against done
	HoldGathering  Permission = "gathering.hold"    // an event with its invitation list
	ViewSurvey     Permission = "survey.view"       // what a survey says
	ReadAnswers    Permission = "survey.answers"    // what a client answered by name
	HoldSession    Permission = "session.hold"      // begin a facilitated discussion
	JoinSession    Permission = "session.join"      // take part in one, by its own rules; reflect on one's own talks
	HoldSurvey     Permission = "survey.hold"       // make a questionnaire, which fixes what respondents are told
	ManageOffice   Permission = "office.manage"     // roles and tokens
	LogTouches     Permission = "touch.log"         // write down a moment of contact
	ReadTouches    Permission = "touch.read"        // read the notes of colleagues about a moment
	ReviseTouches  Permission = "touch.revise"      // correct or take back a colleague's moment
)

// Subject is what a permission is asked for. The zero Subject is the office as
// a whole.
type Subject struct {
	Group   GroupID
	Manager ManagerID // who holds the relationship
	Partner ManagerID // who answers for it
}

// granted is the one table of rights. What is not in it is denied. An
// administrator carries a segmentation from concept to definitief as a partner
// does; what becomes of a client is a partner's to decide.
var granted = map[Permission][]Role{
	UseHelp:        {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	FindClients:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ViewClient:     {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ViewOffice:     {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ShareClient:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ViewAmounts:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ImportData:     {Operator, Administrator},
	MergeGroups:    {Operator, Administrator, PartnerRole, ManagerRole},
	JudgeGroups:    {Operator, Administrator, PartnerRole, ManagerRole},
	DraftSegments:  {Operator, Administrator, PartnerRole},
	DecideSegments: {Operator, Administrator, PartnerRole},
	ProposeSegment: {Operator, Administrator, PartnerRole, ManagerRole},
	MarkStrategic:  {Operator, PartnerRole},
	DecideFuture:   {Operator, PartnerRole},
	AttendGroups:   {Operator, Administrator, PartnerRole, ManagerRole},
	ChooseValue:    {Operator, Administrator, PartnerRole},
	ChoosePlan:     {Operator, Administrator, PartnerRole},
	ExceptPlan:     {Operator, Administrator, PartnerRole, ManagerRole},
	ReportOffice:   {Operator, Administrator, PartnerRole},
	HoldGathering:  {Operator, Administrator, PartnerRole, ManagerRole},
	ViewSurvey:     {Operator, Administrator, PartnerRole, ManagerRole},
	HoldSurvey:     {Operator, Administrator, PartnerRole, ManagerRole},
	ReadAnswers:    {Operator, Administrator, PartnerRole, ManagerRole},
	HoldSession:    {Operator, Administrator, PartnerRole, ManagerRole},
	JoinSession:    {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ManageOffice:   {Operator, Administrator},
	LogTouches:     {Operator, Administrator, PartnerRole, ManagerRole, Employee},
	ReadTouches:    {Operator, Administrator, PartnerRole, ManagerRole},
	ReviseTouches:  {Operator, Administrator, PartnerRole, ManagerRole},
}

// ofOwn are the permissions that a manager has for groups of their own portfolio
// only.
var ofOwn = []Permission{MergeGroups, JudgeGroups, ProposeSegment, ExceptPlan, ReviseTouches, AttendGroups, ReadAnswers}

// Allow reports whether actor may do p to subject: whether any of their roles
// may. It denies by default: an unknown permission and nobody are refused.
// For what is in ofOwn a manager speaks only for groups of their own portfolio.
// What the office keeps from colleagues is refused first (Visibility).
func Allow(actor Actor, p Permission, subject Subject) bool {
	if withheld(actor, p, subject) {
		return false
	}
	for _, role := range granted[p] {
		if actor.Roles.Has(role) && (role != ManagerRole || !slices.Contains(ofOwn, p) || own(actor, subject)) {
			return true
		}
	}
	return false
}

// own reports whether actor holds the relationship, or answers for it.
func own(actor Actor, subject Subject) bool {
	return actor.Manager != 0 && (subject.Manager == actor.Manager || subject.Partner == actor.Manager)
}
