package storage

import (
	"context"

	"klantbot/analysis"
)

// Judgements reads what people think of groups. The newest judgement of a
// group and criterion counts; older ones are kept.
type Judgements interface {
	// Judgements returns the present judgements of one group by criterion.
	Judgements(ctx context.Context, id analysis.GroupID) ([]analysis.Judgement, error)
	// AllJudgements returns those of every group, by group and criterion.
	AllJudgements(ctx context.Context) ([]analysis.Judgement, error)
}

// JudgementTx records them.
type JudgementTx interface {
	// Judge records j beside earlier judgements. A Value outside -1..4 is an
	// analysis.Invalid error.
	Judge(ctx context.Context, j analysis.Judgement) error
}
