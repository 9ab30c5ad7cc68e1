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
