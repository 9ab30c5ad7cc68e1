package storage

import (
	"context"
	"time"
)

// Writer runs one change as a whole.
type Writer interface {
	// Write runs fn in one transaction. What fn did is committed when it
	// returns nil and is gone in every other case: an error, a panic, a killed
	// process. Write does not run fn again by itself; a busy engine is waited
	// for until ctx ends. fn may read from the store, which shows it what was
	// committed before, but changes things through its Tx only.
	Write(ctx context.Context, fn func(Tx) error) error
}

// Effects reads what Tx.Once recorded.
type Effects interface {
	// Happened reports whether the effect named key is recorded and was not
	// pruned since, by the time that was given for it.
	Happened(ctx context.Context, key string) (bool, error)
}

// Tx is what can be done within one Write. It must not be kept after fn
// returns.
type Tx interface {
	// Once records that the effect named key happened at at, and reports
	// whether this is the first time. On false the caller does nothing again
	// and answers as if it had: that is how a redelivered press stays one press.
	Once(ctx context.Context, key string, at time.Time) (first bool, err error)
	AuditTx
	LedgerTx
	GroupTx
	SettingTx
	JudgementTx
	SegmentTx
	FutureTx
	TouchTx
	AttentionTx
	AbsenceTx
	DigestTx
	GatheringTx
	LifetimeTx
	ServiceTx
	SurveyTx
	SessionTx
	ReflectionTx
	FollowUpTx
	FeedbackTx
	QuestionTx
	RestrictionTx
	ObjectionTx
	MemberTx
	RetentionTx
}
