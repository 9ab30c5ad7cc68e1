package commands

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// exportLetter is the kind of ledger entry that sends a segmentation as a table.
// Its Subject is the number of the version.
const exportLetter = "segment.export"

// Export sends a segmentation to whoever makes segmentations, as a file in a
// direct message: nobody else reads it.
type Export struct {
	Window Segmenting       // where the button stands
	Now    func() time.Time // wall time: when the ledger may send
}

// Send answers *Exporteren*: the newest version, the draft where there is one.
func (c Export) Send(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.DraftSegments, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	v, err := c.Window.Use.Show(ctx, req.Actor, s.version)
	if err != nil {
		return Reply{}, err
	}
	e := storage.LedgerEntry{Key: "export/" + req.Key, Kind: exportLetter, User: req.Actor.User, Lang: string(req.Lang),
		Subject: strconv.FormatInt(int64(v.ID), 10), Author: req.Actor.User, At: req.At, Due: c.Now()}
	err = c.Window.Use.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "segment.export", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the export: %w", err)
	}
	said := locale.New(req.Lang, req.Zone).T("export.coming", analysis.Args{"version": int64(v.ID)})
	return c.Window.window(ctx, req, s.offset, view.Outcome{Said: said})
}

// Letter writes the table when it is sent.
func (c Export) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	id, err := strconv.ParseInt(e.Subject, 10, 64)
	if err != nil {
		return view.Message{}, analysis.Fail(analysis.NotFound, "segment.gone", nil)
	}
	v, err := c.Window.Use.Show(ctx, operatorOf(e), analysis.VersionID(id))
	if err != nil {
		return view.Message{}, err
	}
	groups := map[analysis.GroupID]analysis.Group{}
	for h, err := range c.Window.Use.Portfolio.Histories(ctx, v.AsOf) {
		if err != nil {
			return view.Message{}, fmt.Errorf("read the names of the groups: %w", err)
		}
		groups[h.ID] = h.Group
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	var table bytes.Buffer
	if err := view.SegmentationCSV(&table, p, v.SegmentVersion, v.Items, v.Standing, v.Overrides, groups); err != nil {
		return view.Message{}, err
	}
	m := view.Say(p.T("export.letter", analysis.Args{"version": int64(v.ID), "day": v.AsOf, "n": len(v.Items)}))
	m.File = &view.File{Name: fmt.Sprintf("segmentatie-%d-%s.csv", v.ID, v.AsOf), Content: table.Bytes()}
	return m, nil
}
