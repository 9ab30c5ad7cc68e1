package commands

import (
	"context"
	"fmt"
	"io"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// matrixLetter is the kind of ledger entry that posts the matrix as a picture.
const matrixLetter = "pyramid.matrix"

// matrix answers /piramide matrix: what clients are worth to the office beside
// what the office is worth to them.
func (c Pyramid) matrix(ctx context.Context, req Request) (Reply, error) {
	f, err := c.Matrix(ctx, req.Actor, req.today())
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "pyramid.matrix"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.MatrixMessage(p, f, pictures(req, "matrix", f.Version != nil))), nil
}

// Matrix returns klantwaarde x klantwaardering of the office, by the segments
// that count today and the yearly revenue those were made with.
func (c Pyramid) Matrix(ctx context.Context, actor analysis.Actor, asOf analysis.Day) (view.MatrixFigures, error) {
	f := view.MatrixFigures{AsOf: asOf}
	o, err := c.segmented(ctx, actor)
	if err != nil || o == nil {
		return f, err
	}
	rated, err := ratingsHigh(ctx, c.Ratings, asOf)
	if err != nil {
		return f, fmt.Errorf("read the ratings: %w", err)
	}
	entries := make([]value.MatrixEntry, len(o.items))
	for i, item := range o.items {
		entries[i] = value.MatrixEntry{Segment: o.standing[item.Group], RatingHigh: rated[item.Group], Yearly: item.Yearly}
	}
	f.Version, f.Matrix = &o.version, value.NewMatrix(entries)
	return f, nil
}

// segmented is the office by the segments that count today.
type segmented struct {
	version  analysis.SegmentVersion
	items    []analysis.SegmentItem
	standing map[analysis.GroupID]analysis.Segment
}

// segmented reads it; nil where there is no segmentation.
func (c Pyramid) segmented(ctx context.Context, actor analysis.Actor) (*segmented, error) {
	if !analysis.Allow(actor, analysis.ViewOffice, analysis.Subject{}) {
		return nil, refuse()
	}
	version, standing, err := standingNow(ctx, c.Segments)
	if err != nil || version == nil {
		return nil, err
	}
	items, err := c.Segments.Items(ctx, version.ID)
	if err != nil {
		return nil, fmt.Errorf("read segmentation %d: %w", version.ID, err)
	}
	return &segmented{*version, items, standing}, nil
}

// MatrixLetter draws the matrix when it is sent.
func (c Pyramid) MatrixLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	f, err := c.Matrix(ctx, operatorOf(e), Request{At: e.At}.today())
	if err != nil {
		return view.Message{}, err
	}
	if f.Version == nil {
		return view.Message{}, analysis.Fail(analysis.NotFound, "pyramid.unsegmented", nil)
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	ratings := chart.Ratings{Cells: map[analysis.MatrixCell]chart.Cell{}, High: f.High, Measured: f.Measured}
	for _, cell := range f.Cells {
		ratings.Cells[cell.Cell] = chart.Cell{Groups: cell.Groups, Revenue: cell.Revenue}
	}
	options := chart.Options{AsOf: f.Version.AsOf}
	m := view.MatrixMessage(p, f, view.PyramidActions{})
	return pictured(m, fmt.Sprintf("matrix-%s", f.AsOf), chart.MatrixText(p, ratings, options),
		func(w io.Writer) error { return chart.Matrix(w, p, ratings, options) })
}
