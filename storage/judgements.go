package storage

import (
	"context"

	"klantbot/analysis"
)

// Judgements reads what people think of groups. The last judgement that was
// recorded of a group and criterion counts; older ones are kept. One that was
// taken back is none; analysis.DontKnow is an answer. What was judged about
// groups that were merged counts for the group they are part of.
type Judgements interface {
	// Judgements returns the present judgements of one group by criterion; a group
	// that is not there has none.
	Judgements(ctx context.Context, id analysis.GroupID) ([]analysis.Judgement, error)
	// AllJudgements returns those of every group, by group and criterion.
	AllJudgements(ctx context.Context) ([]analysis.Judgement, error)
	// JudgementHistory returns everything that was ever judged of a group, in the
	// order of writing, what was taken back and the taking back included.
	JudgementHistory(ctx context.Context, id analysis.GroupID) ([]analysis.Judgement, error)
	// Remarks returns everything that was ever noted about a group, in the order of
	// writing: the last one counts, and one without words takes back. What was
	// noted about groups that were merged counts for the group they are part of.
	Remarks(ctx context.Context, id analysis.GroupID) ([]analysis.Remark, error)
}

// JudgementTx records them.
type JudgementTx interface {
	// Judge records j beside earlier judgements. A Value outside 0..4 that is
	// neither TakenBack nor DontKnow is an analysis.Invalid error, and a group that is
	// not there analysis.NotFound.
	Judge(ctx context.Context, j analysis.Judgement) error
	// Remark records r beside earlier remarks. A group that is not there is an
	// analysis.NotFound error.
	Remark(ctx context.Context, r analysis.Remark) error
}
