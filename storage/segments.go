package storage

import (
	"context"

	"klantbot/analysis"
)

// Segments reads segmentations. There is at most one draft; final ones never
// change.
type Segments interface {
	// Versions returns all segmentations, newest first.
	Versions(ctx context.Context) ([]analysis.SegmentVersion, error)
	// Items returns the groups of a segmentation by group id, or
	// analysis.NotFound.
	Items(ctx context.Context, id analysis.VersionID) ([]analysis.SegmentItem, error)
	// Item returns one group of a segmentation, or analysis.NotFound.
	Item(ctx context.Context, id analysis.VersionID, group analysis.GroupID) (analysis.SegmentItem, error)
	// Overrides returns the overrides of a segmentation by group; a group has at
	// most one that counts and one that is proposed. Those of a draft are carried
	// over from the final version before it until they are taken back.
	Overrides(ctx context.Context, id analysis.VersionID) ([]analysis.Override, error)
}

// SegmentTx makes and ends segmentations.
type SegmentTx interface {
	// SaveDraft replaces the draft's items, keeping its overrides, or begins a
	// new draft. It returns the draft's id.
	SaveDraft(ctx context.Context, v analysis.SegmentVersion, items []analysis.SegmentItem) (analysis.VersionID, error)
	// Override records o on the draft id; an empty Reason, or an id that is no
	// draft any more, is an analysis.Invalid error.
	Override(ctx context.Context, id analysis.VersionID, o analysis.Override) error
	// Finalize makes the draft id final. Of two at once the second gets an
	// analysis.Invalid error that says who was first.
	Finalize(ctx context.Context, id analysis.VersionID, v analysis.SegmentVersion) error
}
