package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// about returns the draft and the group that a button names, after checking
// that actor may speak about that group at all.
func (c Segmenting) about(ctx context.Context, req Request, s spot) (Version, analysis.Group, error) {
	group, err := c.Clients.Group(ctx, s.group)
	if err != nil {
		return Version{}, group, err
	}
	if !analysis.Allow(req.Actor, analysis.ProposeSegment, subject(group)) {
		return Version{}, group, refuse()
	}
	draft, err := c.draft(ctx, s.version)
	return draft, group, err
}

// Adjust answers *Pas aan* and *Stel voor*: the form for another segment.
func (c Segmenting) Adjust(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.form(ctx, req, s)
}

// Find answers the search in the window: the form for the relatiegroep of the
// client that was chosen, which need not be on the list.
func (c Segmenting) Find(ctx context.Context, req Request) (Reply, error) {
	id, err := clientOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	versions, err := c.Use.Segments.Versions(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("read the segmentations: %w", err)
	}
	if len(versions) == 0 {
		return c.instead(ctx, req, spot{}, analysis.Fail(analysis.NotFound, "segment.gone", nil))
	}
	return c.form(ctx, req, spot{version: versions[0].ID, group: client.Group})
}

func (c Segmenting) form(ctx context.Context, req Request, s spot) (Reply, error) {
	draft, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	s.group = group.ID
	row := draft.row(group, nil)
	row.Value = s.String()
	row.Decide = analysis.Allow(req.Actor, analysis.DecideSegments, subject(group))
	row.Propose = !row.Decide
	row.MayMark = analysis.Allow(req.Actor, analysis.MarkStrategic, subject(group))
	return Show(view.OverrideForm(locale.New(req.Lang, req.Zone), row)), nil
}

// override reads the form. The group and the role are checked where it is used.
func override(req Request, group analysis.GroupID) analysis.Override {
	return analysis.Override{Group: group, Segment: analysis.Segment(req.Fields[view.FieldSegment]),
		Reason:    strings.TrimSpace(req.Fields[view.FieldReason]),
		Strategic: req.Fields[view.FieldStrategic] != "", By: req.Actor.User, At: req.At,
		Proposed: !analysis.Allow(req.Actor, analysis.DecideSegments, analysis.Subject{})}
}

// Validate checks the form of an override without reading anything.
func (c Segmenting) Validate(_ context.Context, req Request) (map[string]string, error) {
	s, err := spotOf(req.Private)
	if err != nil {
		return nil, nil // Save says so
	}
	p := locale.New(req.Lang, req.Zone)
	o := override(req, s.group)
	if o.Segment == "" {
		return map[string]string{view.FieldSegment: p.T("value.override_segment", nil)}, nil
	}
	var wrong *analysis.Error
	if !errors.As(value.CheckOverride(o, req.Actor), &wrong) {
		return nil, nil
	}
	field := view.FieldReason
	switch wrong.Key {
	case "value.override_segment":
		field = view.FieldSegment
	case "value.override_strategic":
		field = view.FieldStrategic
	}
	return map[string]string{field: p.Error(wrong)}, nil
}

// Save answers the form: the word of who decides counts at once, a manager's is a
// proposal about a group of their own.
func (c Segmenting) Save(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Private)
	if err != nil {
		return Reply{}, err
	}
	if wrong, err := c.Validate(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	draft, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	o := override(req, group.ID)
	if now := draft.row(group, nil).Override; now != nil && !o.Proposed && !analysis.Allow(req.Actor, analysis.MarkStrategic, subject(group)) {
		o.Strategic = now.Strategic // a partner's mark, which the form did not show
	}
	action := "segment.override"
	if o.Proposed {
		action = "segment.propose"
	}
	return c.record(ctx, req, s, group, action, o)
}

// record writes o and shows the list again, with what was done and its undoing.
func (c Segmenting) record(ctx context.Context, req Request, s spot, group analysis.Group, action string, o analysis.Override) (Reply, error) {
	err := c.change(ctx, req, action, group.ID, func(tx storage.Tx) error { return tx.Override(ctx, s.version, o) })
	if err != nil {
		return c.instead(ctx, req, s, fmt.Errorf("record the override: %w", err))
	}
	p := locale.New(req.Lang, req.Zone)
	done := view.Outcome{Said: p.T(action+".done", analysis.Args{"name": group.Name, "segment": string(o.Segment)})}
	if o.Segment != "" {
		done.Undo = spot{s.version, group.ID, s.offset}.String()
	}
	return c.window(ctx, req, s.offset, done)
}

// Accept answers *Neem over*: the manager's proposal becomes the segment.
func (c Segmenting) Accept(ctx context.Context, req Request) (Reply, error) {
	return c.answer(ctx, req, "segment.accept", func(p analysis.Override) analysis.Override {
		return analysis.Override{Group: p.Group, Segment: p.Segment, Reason: p.Reason}
	})
}

// Refuse answers *Wijs af*: the proposal goes and what stood stands.
func (c Segmenting) Refuse(ctx context.Context, req Request) (Reply, error) {
	return c.answer(ctx, req, "segment.refuse", func(p analysis.Override) analysis.Override {
		return analysis.Override{Group: p.Group, Reason: p.Reason, Proposed: true}
	})
}

// answer decides about the proposal that stands for a group, once.
func (c Segmenting) answer(ctx context.Context, req Request, action string, decide func(analysis.Override) analysis.Override) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	draft, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if !analysis.Allow(req.Actor, analysis.DecideSegments, subject(group)) {
		return Reply{}, refuse()
	}
	proposal := draft.row(group, nil).Proposal
	if proposal == nil { // answered meanwhile, or this press came before
		return c.window(ctx, req, s.offset, view.Outcome{Said: locale.New(req.Lang, req.Zone).T("segment.answered", analysis.Args{"name": group.Name})})
	}
	o := decide(*proposal)
	o.Group, o.By, o.At = group.ID, req.Actor.User, req.At
	return c.record(ctx, req, s, group, action, o)
}

// Undo answers *Ongedaan maken*: who decides takes back what counts, a manager
// what they proposed.
func (c Segmenting) Undo(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	_, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	o := analysis.Override{Group: group.ID, Reason: locale.New(locale.Dutch, nil).T("word.undo", nil), By: req.Actor.User, At: req.At,
		Proposed: !analysis.Allow(req.Actor, analysis.DecideSegments, subject(group))}
	action := "segment.undo"
	if o.Proposed {
		action = "segment.withdraw"
	}
	return c.record(ctx, req, s, group, action, o)
}
