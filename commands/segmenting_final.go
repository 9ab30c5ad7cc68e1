package commands

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// changesShown is how many moved groups a comparison names.
const changesShown = 15

// Ask answers *Maak definitief*: it says what still stands on the list before
// anything becomes final.
func (c Segmenting) Ask(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.DecideSegments, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	draft, err := c.draft(ctx, s.version)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	proposals := 0
	for _, o := range draft.Overrides {
		if o.Proposed {
			proposals++
		}
	}
	q := view.FinalQuestion{Version: draft.SegmentVersion, Counts: draft.Counts(), Least: draft.Least(), Look: len(draft.Look), Proposals: proposals,
		Value: fmt.Sprintf("%d/%d/%d", draft.ID, 0, draft.Made.UnixMilli()), Back: s.String()}
	return Show(view.AskFinal(locale.New(req.Lang, req.Zone), q)), nil
}

// Finalize answers the confirmation. The button names the draft and when it
// was made, so that only what was looked at becomes final; of two partners at
// once the second reads who was first.
func (c Segmenting) Finalize(ctx context.Context, req Request) (Reply, error) {
	n, err := numbers(req.Value, 3)
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.DecideSegments, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	v := analysis.SegmentVersion{ID: analysis.VersionID(n[0]), Made: time.UnixMilli(n[2])}
	if err := c.Use.finalize(ctx, req, v); err != nil {
		return c.instead(ctx, req, spot{}, err)
	}
	p := locale.New(req.Lang, req.Zone)
	reply, err := c.window(ctx, req, 0, view.Outcome{Said: p.T("segment.finalized", analysis.Args{"version": n[0]})})
	if c.Behind != nil {
		reply.Behind = c.Behind(req)
	}
	return reply, err
}

// Compare answers *Vergelijk*: the last final segmentation against an earlier
// one, with the groups that moved.
func (c Segmenting) Compare(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	if !maySegment(req.Actor) {
		return Reply{}, refuse()
	}
	newest, err := c.lastFinal(ctx)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	before, after, changes, flows, err := c.Use.Diff(ctx, req.Actor, s.version, newest.ID)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	yearly := map[analysis.GroupID]analysis.Cents{}
	for _, i := range after.Items {
		yearly[i.Group] = i.Yearly
	}
	analysis.Sort(changes, func(a, b value.Change) int { return cmp.Compare(yearly[b.Group], yearly[a.Group]) })
	ids := make([]analysis.GroupID, 0, changesShown)
	for _, change := range changes[:min(len(changes), changesShown)] {
		ids = append(ids, change.Group)
	}
	groups, err := c.listed(ctx, ids)
	if err != nil {
		return Reply{}, err
	}
	comparison := view.Comparison{Before: before.SegmentVersion, After: after.SegmentVersion, Flows: flows, Total: len(changes)}
	for _, change := range changes[:len(ids)] {
		if g, ok := groups[change.Group]; ok {
			comparison.Moved = append(comparison.Moved, view.Moved{Name: g.Name, Number: g.Number, From: change.From, To: change.To})
		}
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "segment.compare"}); err != nil {
		return Reply{}, err
	}
	return Show(view.Compare(locale.New(req.Lang, req.Zone), comparison)), nil
}

// lastFinal returns the newest final segmentation.
func (c Segmenting) lastFinal(ctx context.Context) (analysis.SegmentVersion, error) {
	versions, err := c.Use.Segments.Versions(ctx)
	if err != nil {
		return analysis.SegmentVersion{}, fmt.Errorf("read the segmentations: %w", err)
	}
	for _, v := range versions {
		if v.State == analysis.Final {
			return v, nil
		}
	}
	return analysis.SegmentVersion{}, analysis.Fail(analysis.NotFound, "segment.nothing_before", nil)
}

// Explain answers *Toelichting*: how the score of a group came about.
func (c Segmenting) Explain(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	draft, group, err := c.explained(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	v, _, err := c.Use.valuate(ctx, draft.AsOf)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "segment.explain", Group: group.ID}); err != nil {
		return Reply{}, err
	}
	row := draft.row(group, nil)
	row.Value = s.String()
	shown := view.ScoreExplained{Row: row, AsOf: draft.AsOf}
	if at, ok := v.at[group.ID]; ok {
		shown.Explanation, shown.Known = v.scores.Explain(at)
	}
	return Show(view.ExplainScore(locale.New(req.Lang, req.Zone), shown)), nil
}

// explained returns the draft and group of an explanation, for whoever may open
// the group's card and has business with the segmentation.
func (c Segmenting) explained(ctx context.Context, req Request, s spot) (Version, analysis.Group, error) {
	group, err := c.Clients.Group(ctx, s.group)
	if err != nil {
		return Version{}, group, err
	}
	if !maySegment(req.Actor) || !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return Version{}, group, refuse()
	}
	draft, err := c.draft(ctx, s.version)
	return draft, group, err
}
