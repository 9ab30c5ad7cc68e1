package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// longestWhy bounds the reason of a decision about a D group, in characters.
const longestWhy = 500

// Low answers *D-relaties*: the groups that the last final segmentation left in
// D, with what a partner decided about each. Nothing is decided by the score.
func (c Segmenting) Low(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.lows(ctx, req, s.offset, view.Outcome{})
}

// lows shows a page of D groups: who was decided to part from first, then who
// was not decided about, then the others; the most revenue first.
func (c Segmenting) lows(ctx context.Context, req Request, offset int, done view.Outcome) (Reply, error) {
	if !maySegment(req.Actor) {
		return Reply{}, refuse()
	}
	last, err := c.lastFinal(ctx)
	if err != nil {
		return c.instead(ctx, req, spot{}, err)
	}
	final, err := c.Use.whole(ctx, last)
	if err != nil {
		return Reply{}, err
	}
	futures, err := c.Futures.Futures(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("read the decisions: %w", err)
	}
	decided := make(map[analysis.GroupID]storage.Future, len(futures))
	for _, f := range futures {
		decided[f.Group] = f
	}
	low := final.low(decided)
	screen := view.LowWindow{Outcome: done, Version: last, Total: len(low), Size: lookShown,
		MayDecide: analysis.Allow(req.Actor, analysis.DecideFuture, analysis.Subject{}),
		Value:     func(offset int) string { return spot{version: last.ID, offset: offset}.String() }}
	screen.Offset = min(offset, max(0, len(low)-1)/lookShown*lookShown)
	for _, i := range low {
		if _, ok := decided[i.Group]; !ok {
			screen.Open++
		}
	}
	page := low[screen.Offset:min(len(low), screen.Offset+lookShown)]
	ids := make([]analysis.GroupID, len(page))
	for i, item := range page {
		ids[i] = item.Group
	}
	groups, err := c.listed(ctx, ids)
	if err != nil {
		return Reply{}, err
	}
	for _, item := range page {
		if g, ok := groups[item.Group]; ok {
			screen.Rows = append(screen.Rows, view.LowRow{Name: g.Name, Number: g.Number, Manager: g.ManagerName, Yearly: item.Yearly,
				Value: spot{last.ID, g.ID, screen.Offset}.String(), Future: futureShown(decided, g.ID)})
		}
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "segment.low"}); err != nil {
		return Reply{}, err
	}
	return Show(view.Lows(locale.New(req.Lang, req.Zone), screen)), nil
}

// low returns the D groups of v in the order people go through them.
func (v Version) low(decided map[analysis.GroupID]storage.Future) []analysis.SegmentItem {
	var low []analysis.SegmentItem
	for _, i := range v.Items {
		if v.Standing[i.Group] == analysis.SegmentD {
			low = append(low, i)
		}
	}
	turn := func(i analysis.SegmentItem) int {
		f, ok := decided[i.Group]
		switch {
		case ok && f.Decision == storage.Part && len(f.Done) < len(view.PartingSteps()):
			return 0
		case !ok:
			return 1
		}
		return 2
	}
	analysis.Sort(low, func(a, b analysis.SegmentItem) int {
		return cmp.Or(cmp.Compare(turn(a), turn(b)), cmp.Compare(b.Yearly, a.Yearly))
	})
	return low
}

// futureShown is the decision about a group as a screen shows it; nil: none.
func futureShown(decided map[analysis.GroupID]storage.Future, group analysis.GroupID) *view.Future {
	f, ok := decided[group]
	if !ok {
		return nil
	}
	return shownFuture(f)
}

func shownFuture(f storage.Future) *view.Future {
	return &view.Future{Decision: string(f.Decision), Reason: f.Reason, Done: f.Done}
}

// future returns the group that a button of the D list names and the decision
// about it, for a partner; nil: not decided yet.
func (c Segmenting) future(ctx context.Context, req Request, s spot) (analysis.Group, *storage.Future, error) {
	group, err := c.Clients.Group(ctx, s.group)
	if err != nil {
		return group, nil, err
	}
	if !analysis.Allow(req.Actor, analysis.DecideFuture, subject(group)) {
		return group, nil, refuse()
	}
	if err := c.standsLow(ctx, group.ID); err != nil {
		return group, nil, err
	}
	f, err := c.Futures.Future(ctx, group.ID)
	switch {
	case err == nil:
		return group, &f, nil
	case analysis.KindOf(err) == analysis.NotFound:
		return group, nil, nil
	}
	return group, nil, fmt.Errorf("read the decision: %w", err)
}

// standsLow refuses a group that the last final segmentation does not have in D.
func (c Segmenting) standsLow(ctx context.Context, group analysis.GroupID) error {
	last, err := c.lastFinal(ctx)
	if err != nil {
		return err
	}
	item, err := c.Use.Segments.Item(ctx, last.ID, group)
	if err != nil {
		return err
	}
	overrides, err := c.Use.Segments.Overrides(ctx, last.ID)
	if err != nil {
		return fmt.Errorf("read the overrides of segmentation %d: %w", last.ID, err)
	}
	if value.Standing([]analysis.SegmentItem{item}, overrides)[item.Group] != analysis.SegmentD {
		return analysis.Fail(analysis.Invalid, "parting.not_low", nil)
	}
	return nil
}

// Future answers *Beslis*: the form with houden, ontwikkelen and afscheid.
func (c Segmenting) Future(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	group, f, err := c.future(ctx, req, s)
	if err != nil {
		return c.insteadLow(ctx, req, s, err)
	}
	row := view.LowRow{Name: group.Name, Number: group.Number, Value: s.String()}
	if f != nil {
		row.Future = shownFuture(*f)
	}
	return Show(view.FutureForm(locale.New(req.Lang, req.Zone), row)), nil
}

// ValidateFuture checks the form of a decision without reading anything.
func (c Segmenting) ValidateFuture(_ context.Context, req Request) (map[string]string, error) {
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	if !slices.Contains([]storage.Decision{storage.Keep, storage.Develop, storage.Part}, storage.Decision(req.Fields[view.FieldDecision])) {
		wrong[view.FieldDecision] = p.T("storage.future.decision", nil)
	}
	switch reason := strings.TrimSpace(req.Fields[view.FieldReason]); {
	case reason == "":
		wrong[view.FieldReason] = p.T("parting.reason", nil)
	case len([]rune(reason)) > longestWhy:
		wrong[view.FieldReason] = p.T("value.override_reason_long", analysis.Args{"most": longestWhy})
	}
	return wrong, nil
}

// Decide answers that form. What was done of a parting stays done.
func (c Segmenting) Decide(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.ValidateFuture(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	return c.settle(ctx, req, "parting.decided", func(f *storage.Future) {
		f.Decision, f.Reason = storage.Decision(req.Fields[view.FieldDecision]), strings.TrimSpace(req.Fields[view.FieldReason])
	})
}

// Checklist answers *Checklist*: what parting decently takes.
func (c Segmenting) Checklist(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	group, f, err := c.future(ctx, req, s)
	if err != nil {
		return c.insteadLow(ctx, req, s, err)
	}
	if f == nil || f.Decision != storage.Part {
		return c.lows(ctx, req, s.offset, view.Outcome{Refused: analysis.Fail(analysis.Invalid, "parting.gone", nil)})
	}
	row := view.LowRow{Name: group.Name, Number: group.Number, Value: s.String(), Future: shownFuture(*f)}
	return Show(view.PartingForm(locale.New(req.Lang, req.Zone), row)), nil
}

// Parting answers the checklist.
func (c Segmenting) Parting(ctx context.Context, req Request) (Reply, error) {
	ticked := strings.Split(req.Fields[view.FieldSteps], "\n")
	return c.settle(ctx, req, "parting.marked", func(f *storage.Future) {
		f.Done = nil
		for _, step := range view.PartingSteps() {
			if slices.Contains(ticked, step) {
				f.Done = append(f.Done, step)
			}
		}
	})
}

// insteadLow shows the list with the reason why what was asked was not done.
func (c Segmenting) insteadLow(ctx context.Context, req Request, s spot, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	return c.lows(ctx, req, s.offset, view.Outcome{Refused: why})
}

// settle changes the decision about a group, once, and shows the list again.
func (c Segmenting) settle(ctx context.Context, req Request, action string, edit func(*storage.Future)) (Reply, error) {
	s, err := spotOf(req.Private)
	if err != nil {
		return Reply{}, err
	}
	group, f, err := c.future(ctx, req, s)
	if err != nil {
		return c.insteadLow(ctx, req, s, err)
	}
	if f == nil {
		f = &storage.Future{}
	}
	edit(f)
	f.Group, f.By, f.At = group.ID, req.Actor.User, req.At
	err = c.change(ctx, req, action, group.ID, func(tx storage.Tx) error { return tx.Decide(ctx, *f) })
	if err != nil {
		return Reply{}, fmt.Errorf("record the decision: %w", err)
	}
	p := locale.New(req.Lang, req.Zone)
	said := p.T(action, analysis.Args{"name": group.Name, "decision": p.T("parting.word."+string(f.Decision), nil), "done": len(f.Done), "all": len(view.PartingSteps())})
	return c.lows(ctx, req, s.offset, view.Outcome{Said: said})
}
