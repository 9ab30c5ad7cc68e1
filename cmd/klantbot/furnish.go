package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlstore"
)

// partner is the second person of the local workspace, who made its earlier
// segmentations final.
var partner = analysis.Actor{User: "U02", Roles: analysis.RolesOf(analysis.PartnerRole)}

// furnishOffice fills an empty database with the sample office and with what it
// decided in the two years before at: two final segmentations, who was put above
// their score, and what became of clients in D. by made them. How long its clients
// stay is fitted, so that the first card says so.
func furnishOffice(ctx context.Context, db *sqlstore.DB, size sample.Size, at time.Time, by analysis.Actor) error {
	if err := sample.Load(ctx, db, size, at); err != nil {
		return err
	}
	past := history{db: db, by: by, named: map[string]analysis.GroupID{}}
	past.use = commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	for n, err := range db.Names(ctx) {
		if err != nil {
			return fmt.Errorf("read the names of the sample office: %w", err)
		}
		past.named[n.Name] = n.Group
	}
	for i, then := range []time.Time{at.AddDate(-2, 0, 0), at.AddDate(-1, 0, 0)} {
		if err := past.segment(ctx, fmt.Sprint("sample/", i+1), then, i == 1); err != nil {
			return fmt.Errorf("make the sample office's segmentation %d: %w", i+1, err)
		}
	}
	if err := past.forbid(ctx, at.AddDate(-1, 0, 0)); err != nil {
		return fmt.Errorf("forbid services of the sample office: %w", err)
	}
	lifetimes := commands.Lifetime{Portfolio: db, Fits: db, Segments: db, Store: db}
	if _, err := lifetimes.Keep(ctx, at); err != nil {
		return fmt.Errorf("fit the lifetime of the sample office's clients: %w", err)
	}
	return planSince(ctx, db, at.AddDate(-1, 0, 0), by)
}

// history makes the past of the sample office by the use-cases that make the
// present.
type history struct {
	db    *sqlstore.DB
	use   commands.Segmentation
	by    analysis.Actor
	named map[string]analysis.GroupID
}

// segment goes from a draft to a final segmentation as of then; in the last one
// the office's precedents were set.
func (h history) segment(ctx context.Context, key string, then time.Time, last bool) error {
	req := commands.Request{Key: key + "/draft", Actor: h.by, Lang: locale.Dutch, Zone: officeZone(), At: then}
	version, err := h.use.Draft(ctx, req)
	if err != nil {
		return err
	}
	if last {
		if err := h.override(ctx, req, version); err != nil {
			return err
		}
	}
	req.Key = key + "/final"
	if _, err = h.use.Finalize(ctx, req); err != nil || !last {
		return err
	}
	return h.decide(ctx, req, version)
}

// forbid marks the services that independence keeps from audit clients.
func (h history) forbid(ctx context.Context, then time.Time) error {
	services, err := h.db.Services(ctx)
	if err != nil {
		return err
	}
	return h.db.Write(ctx, func(tx storage.Tx) error {
		for _, s := range services {
			if !slices.Contains(sample.Forbidden(), s.Name) {
				continue
			}
			if err := tx.Audit(ctx, storage.AuditLine{At: then, User: h.by.User, Action: "service.forbid"}); err != nil {
				return err
			}
			if err := tx.Forbid(ctx, s.ID, true); err != nil {
				return err
			}
		}
		return nil
	})
}

// override puts who the precedents name above their score.
func (h history) override(ctx context.Context, req commands.Request, version analysis.VersionID) error {
	window := commands.Segmenting{Use: h.use, Clients: h.db, Roster: h.db, Futures: h.db}
	for _, p := range sample.Precedents() {
		group := h.named[p.Client]
		if p.Segment == "" || group == 0 { // a small office has not all of the cast
			continue
		}
		req.Key = fmt.Sprint("sample/override/", group)
		req.Private = fmt.Sprintf("%d/%d/0", version, group)
		req.Fields = map[string]string{view.FieldSegment: p.Segment, view.FieldReason: p.Reason}
		if p.Strategic {
			req.Fields[view.FieldStrategic] = "yes"
		}
		if _, err := window.Save(ctx, req); err != nil {
			return err
		}
	}
	return nil
}

// decide says what becomes of those of the precedents that stand in D.
func (h history) decide(ctx context.Context, req commands.Request, version analysis.VersionID) error {
	final, err := h.use.Show(ctx, h.by, version)
	if err != nil {
		return err
	}
	return h.db.Write(ctx, func(tx storage.Tx) error {
		for _, p := range sample.Precedents() {
			group := h.named[p.Client]
			if p.Future == "" || final.Standing[group] != analysis.SegmentD {
				continue
			}
			line := storage.AuditLine{At: req.At, User: h.by.User, Action: "parting.decided", Group: group}
			if err := tx.Audit(ctx, line); err != nil {
				return err
			}
			f := storage.Future{Group: group, Decision: storage.Decision(p.Future), Reason: p.Reason, By: h.by.User, At: req.At, Done: p.Done}
			if err := tx.Decide(ctx, f); err != nil {
				return err
			}
		}
		return nil
	})
}
