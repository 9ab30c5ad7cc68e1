package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// AuditLine says who did what to which client or group, and when; never what
// was read or typed.
type AuditLine struct {
	At     time.Time
	User   analysis.UserID // empty: the operator, on the command line
	Action string          // the registered action, for instance client.show
	// Client and Group are the subject; both zero when it is the office as a
	// whole. The store keeps a random token in their place, whose mapping
	// forget deletes.
	Client  analysis.ClientID
	Group   analysis.GroupID
	Channel analysis.ChannelID // where it was shared; empty otherwise
	// Request is the envelope or command the line belongs to. The same
	// request, action and subject are one line however often it is run; without
	// a request every line counts.
	Request string
}

// AuditTx writes the trail. If it fails there is no answer.
type AuditTx interface {
	// Audit adds line, or nothing when the same Request already wrote it.
	Audit(ctx context.Context, line AuditLine) error
}

// AuditTrail reads it back.
type AuditTrail interface {
	// AuditOf returns the lines about group, newest first, at most limit: also
	// those about its clients and about groups that became part of it.
	AuditOf(ctx context.Context, group analysis.GroupID, limit int) ([]AuditLine, error)
}

// AuditSeal closes a batch of lines: whoever changes, adds or takes out a line of
// it afterwards, or of a batch before, changes what the seal would be.
type AuditSeal struct {
	Batch int64 // 1, 2, 3, ... without gaps
	At    time.Time
	Lines int
	// Seal is SHA-256, in hexadecimals, over the seal before, the number of the
	// batch and its lines in order of writing.
	Seal string
}

// AuditState is what looking at the whole trail found.
type AuditState struct {
	Batches  int64
	Sealed   int // lines under a seal
	Unsealed int // lines that wait for one
	// Broken is the first batch that is not what its seal says, 0 where all are.
	Broken int64
	Last   AuditSeal // zero where nothing was sealed yet
}

// AuditChain seals the trail and checks the seals. Both may be called by several
// programs at once.
type AuditChain interface {
	// SealAudit seals lines that are not sealed yet, if there are at least least of
	// them: some thousands at once, so more may be left. false: nothing was sealed
	// by this call.
	SealAudit(ctx context.Context, at time.Time, least int) (AuditSeal, bool, error)
	// CheckAudit works out every seal anew, and changes nothing.
	CheckAudit(ctx context.Context) (AuditState, error)
}
