package storage

import (
	"context"
	"iter"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// Attention reads what planning needs. What was said about groups that were
// merged counts for the group they are part of.
type Attention interface {
	// AttentionGroups yields every relatiegroep that is not merged into another,
	// by id, as it was on asOf: segments of the segmentation version (0: none),
	// overrides that were decided counted; moments until asOf; marks of the year
	// before asOf; own lines as they were decided by then; occasions. Signals are
	// the figures' business. It streams one moment of the database and ends at the first error, which it yields.
	AttentionGroups(ctx context.Context, version analysis.VersionID, asOf analysis.Day) iter.Seq2[attention.Group, error]
	// AttentionGroup is one of them, or analysis.NotFound.
	AttentionGroup(ctx context.Context, version analysis.VersionID, asOf analysis.Day, id analysis.GroupID) (attention.Group, error)
	// AttentionOf returns those of AttentionGroups that manager holds or answers
	// for, or of which something was handed to them.
	AttentionOf(ctx context.Context, version analysis.VersionID, asOf analysis.Day, manager analysis.ManagerID) ([]attention.Group, error)
	// Marks returns the present decisions about what was asked of a group, newest
	// first, also those that were taken back.
	Marks(ctx context.Context, group analysis.GroupID) ([]AttentionMark, error)
	// OwnLines returns what a group has in the place of its segment's lines, or
	// analysis.NotFound where it never had any.
	OwnLines(ctx context.Context, group analysis.GroupID) (OwnLines, error)
	// OwnHistory returns all versions of the exception of a group, newest first;
	// not those of groups that became part of it.
	OwnHistory(ctx context.Context, group analysis.GroupID) ([]OwnLines, error)
	// AllOwnLines returns the exceptions of the office that stand, by group.
	AllOwnLines(ctx context.Context) ([]OwnLines, error)
	// Occasions returns those of a group, newest first.
	Occasions(ctx context.Context, group analysis.GroupID) ([]NotedOccasion, error)
}

// AttentionMark is a decision about one thing that was asked of a group.
type AttentionMark struct {
	Group   analysis.GroupID
	Version int // 1 for the first; raised by every change
	attention.Mark
	// User is who decided; empty: the operator. Mark.By is the manager they are.
	User   analysis.UserID
	Reason string // of what is not needed
	At     time.Time
}

// OwnLines is an exception: the lines of one group.
type OwnLines struct {
	Group   analysis.GroupID
	Version int // 1 for the first; raised by every change
	// Lines are kept where Own, also none of them; otherwise the group is back to
	// its segment.
	Own    bool
	Lines  []attention.Line
	Until  analysis.Day // last day it holds; NoDay and the zero Day: for good
	Reason string
	By     analysis.UserID
	At     time.Time
}

// Holds reports whether o takes the place of the segment's lines on day.
func (o OwnLines) Holds(day analysis.Day) bool { return o.Own && (o.Until <= 0 || day <= o.Until) }

// NotedOccasion is a reason for an event line that somebody noted.
type NotedOccasion struct {
	ID      int64
	Group   analysis.GroupID
	Contact analysis.ContactID // 0: the group
	attention.Occasion
	By analysis.UserID
	At time.Time
}

// AttentionTx writes decisions, exceptions and occasions.
type AttentionTx interface {
	// Mark records m as the version after m.Version; an empty State takes the
	// present one back. Where the present version is another one, somebody else
	// decided meanwhile: analysis.Invalid. A group that is not there is
	// analysis.NotFound.
	Mark(ctx context.Context, m AttentionMark) error
	// SetOwnLines records o as the version after o.Version, and refuses as Mark
	// does.
	SetOwnLines(ctx context.Context, o OwnLines) error
	// AddOccasion notes o and returns its id. An unknown Kind is analysis.Invalid.
	AddOccasion(ctx context.Context, o NotedOccasion) (int64, error)
	// RemoveOccasion takes an occasion back, or analysis.NotFound.
	RemoveOccasion(ctx context.Context, id int64) error
}
