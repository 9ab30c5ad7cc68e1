package analysis

import "time"

// Judgement is what a person thinks of a relatiegroep on one criterion.
type Judgement struct {
	Group     GroupID
	Criterion string // the criterion's key
	Value     int    // 0..4, each with a described meaning; TakenBack or DontKnow
	By        UserID // empty: imported by the operator
	At        time.Time
}

// Remark is what a person notes about a relatiegroep beside its marks.
type Remark struct {
	Group GroupID
	Words string // empty: the one before was taken back
	By    UserID
	At    time.Time
}

// Judgements that are no mark.
const (
	// TakenBack is as if nobody was ever asked.
	TakenBack = -1
	// DontKnow is an honest answer: the criterion stays unknown, and nobody asks
	// again.
	DontKnow = -2
)
