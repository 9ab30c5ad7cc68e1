package analysis

// GroupHistory is what figures of the whole office need of one relatiegroep.
type GroupHistory struct {
	Group
	// Kind, SBI and Stage are those of the lowest-numbered member that has one.
	Kind, SBI, Stage string
	FTE              float64      // of all members together; negative: unknown
	Balance          Cents        // of all members together; negative: unknown
	Elsewhere        Cents        // known yearly spending elsewhere; negative: unknown
	Status           ClientStatus // Current where any member is, else Prospect where any is
	Since            Day          // earliest; NoDay: unknown
	Until            Day          // latest, where all members left; else NoDay
	Members          int
	Contacts         int
	Audit            bool // the office audits a member, so independence rules hold for the group
	// Referred counts the clients of other groups whose file names a member of this
	// group, by number or name, as the one who brought them.
	Referred int
	// Objects says that the group is of natural persons of whom somebody objects to
	// profiling: it is not scored, nor compared, nor is anything expected of it.
	Objects bool
	// Months is the whole history, oldest first.
	Months []MonthRevenue
	// Cost is hours times cost of the 24 months up to the day asked for; CostKnown
	// is false where no hours of that time were imported for the group, which is
	// not the same as work that cost nothing.
	Cost      Cents
	CostKnown bool
}
