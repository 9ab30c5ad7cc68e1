package analysis

import "time"

// Judgement is what a person thinks of a relatiegroep on one criterion.
type Judgement struct {
	Group     GroupID
	Criterion string // the criterion's key
	Value     int    // 0..4, each with a described meaning; -1: taken back, unknown again
	By        UserID // empty: imported by the operator
	At        time.Time
}
