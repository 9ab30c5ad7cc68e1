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
	// Item returns one group of a segmentation, or analysis.NotFound. A group that
	// was merged since and has no item of its own is the one it is part of.
	Item(ctx context.Context, id analysis.VersionID, group analysis.GroupID) (analysis.SegmentItem, error)
	// Overrides returns the overrides of a segmentation by group, or
	// analysis.NotFound. A group has at most one that counts, the last decided one
	// that was not taken back, and after it at most one that is proposed: deciding
	// about a group also answers what was proposed before. Those of a draft are
	// carried over from the final version before it until they are taken back.
	Overrides(ctx context.Context, id analysis.VersionID) ([]analysis.Override, error)
}

// SegmentTx makes and ends segmentations.
type SegmentTx interface {
	// SaveDraft replaces the draft's items, keeping its overrides, or begins a
	// new draft as of v.AsOf, made by v.By at v.Made; the rest of v is not looked
	// at. It returns the draft's id. A group given twice is an error.
	SaveDraft(ctx context.Context, v analysis.SegmentVersion, items []analysis.SegmentItem) (analysis.VersionID, error)
	// Override records o on the draft id beside earlier ones. An empty Reason, an
	// unknown Segment, and an id that is no draft any more are analysis.Invalid
	// errors. A proposal without Segment takes back what was proposed and leaves
	// what counts.
	Override(ctx context.Context, id analysis.VersionID, o analysis.Override) error
	// Finalize makes the draft id final, by v.FinalBy at v.FinalAt. Of two at once
	// the second gets an analysis.Invalid error that says who was first. Where
	// v.Made is given, a draft that was made anew since is analysis.Invalid: what
	// becomes final is what was looked at.
	Finalize(ctx context.Context, id analysis.VersionID, v analysis.SegmentVersion) error
}
