package analysis

// The kinds of import that say what clients are worth.
const (
	ImportHours      ImportKind = "hours"
	ImportJudgements ImportKind = "judgements"
)

// StagedHours is time worked for a client, read and checked but not yet held
// against the store.
type StagedHours struct {
	Line    int
	Number  string // client, debtor, KvK or btw number as the file has it
	Day     Day
	Minutes int   // negative where it was corrected
	Cost    Cents // what the time cost the office
}

// StagedJudgement is one cell of a file of judgements, read and checked but not
// yet held against the store.
type StagedJudgement struct {
	Line      int
	Number    string // client, debtor, KvK or btw number as the file has it
	Criterion string // key
	Value     int    // 0..4
}
