package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// lookShown is how many relatiegroepen stand on a page of the window.
const lookShown = 6

// Segmenting is the segmentation as people make it in Slack: one window that
// goes from no draft, by the list to look at first, to a final version.
type Segmenting struct {
	Use     Segmentation
	Clients storage.Clients
	Roster  storage.Roster
	Futures storage.Futures
	// Behind draws the portfolio anew from which the window was opened.
	Behind func(Request) Behind
}

// spot is what a button of the window is about: a version, a group in it and
// where the list stands. It is not trusted.
type spot struct {
	version analysis.VersionID
	group   analysis.GroupID
	offset  int
}

func (s spot) String() string { return fmt.Sprintf("%d/%d/%d", s.version, s.group, s.offset) }

// spotOf reads a button's value.
func spotOf(v string) (spot, error) {
	n, err := numbers(v, 3)
	if err != nil {
		return spot{}, err
	}
	return spot{analysis.VersionID(n[0]), analysis.GroupID(n[1]), int(min(n[2], 1<<30))}, nil
}

// numbers reads count numbers of zero and more, with slashes between. What stands
// after a semicolon is about the message behind the window.
func numbers(v string, count int) ([]int64, error) {
	v, _, _ = strings.Cut(v, ";")
	parts := strings.Split(v, "/")
	all := make([]int64, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n < 0 || len(parts) != count {
			return nil, analysis.Fail(analysis.NotFound, "segment.gone", nil)
		}
		all[i] = n
	}
	return all, nil
}

// Open answers *Segmentatie*, its pages and every way back to them.
func (c Segmenting) Open(ctx context.Context, req Request) (Reply, error) {
	s, err := spotOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.window(ctx, req, s.offset, view.Outcome{})
}

// Draft answers *Maak concept* and *Bereken opnieuw*.
func (c Segmenting) Draft(ctx context.Context, req Request) (Reply, error) {
	if _, err := c.Use.Draft(ctx, req); err != nil {
		return c.instead(ctx, req, spot{}, err)
	}
	p := locale.New(req.Lang, req.Zone)
	return c.window(ctx, req, 0, view.Outcome{Said: p.T("segment.drafted", analysis.Args{"day": req.today()})})
}

// window shows where the segmentation stands. Who neither makes, decides nor
// proposes anything has no business there.
func (c Segmenting) window(ctx context.Context, req Request, offset int, done view.Outcome) (Reply, error) {
	if !maySegment(req.Actor) {
		return Reply{}, refuse()
	}
	versions, err := c.Use.Segments.Versions(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("read the segmentations: %w", err)
	}
	screen := view.SegmentWindow{Outcome: done, Today: req.today(), Size: lookShown,
		MayDraft:  analysis.Allow(req.Actor, analysis.DraftSegments, analysis.Subject{}),
		MayDecide: analysis.Allow(req.Actor, analysis.DecideSegments, analysis.Subject{})}
	for _, v := range versions {
		if v.State == analysis.Final {
			screen.Finals = append(screen.Finals, v)
		}
	}
	if len(versions) == 0 || versions[0].State == analysis.Final {
		err = c.between(ctx, &screen)
	} else {
		err = c.drafted(ctx, req, versions[0], offset, &screen)
	}
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "segment.open"}); err != nil {
		return Reply{}, err
	}
	return Show(view.Segmentation(locale.New(req.Lang, req.Zone), screen)), nil
}

// between fills in the window where no draft is: what a new one is made of, and
// the last final version.
func (c Segmenting) between(ctx context.Context, screen *view.SegmentWindow) error {
	judged, err := c.Use.judged(ctx)
	if err != nil {
		return err
	}
	for _, marks := range judged {
		screen.Judgements += len(marks)
	}
	if len(screen.Finals) == 0 {
		return nil
	}
	last, err := c.Use.whole(ctx, screen.Finals[0])
	if err != nil {
		return err
	}
	screen.Counts, screen.Least, screen.Overrides = last.Counts(), last.Least(), len(last.Overrides)
	return nil
}

// drafted fills in the window with draft v.
func (c Segmenting) drafted(ctx context.Context, req Request, v analysis.SegmentVersion, offset int, screen *view.SegmentWindow) error {
	draft, err := c.Use.whole(ctx, v)
	if err != nil {
		return err
	}
	screen.Draft, screen.Counts, screen.Least = &v, draft.Counts(), draft.Least()
	if len(screen.Finals) > 0 {
		last, err := c.Use.whole(ctx, screen.Finals[0])
		if err != nil {
			return err
		}
		_, screen.Flows = value.Diff(last.Standing, draft.Standing)
	}
	look := draft.Look
	switch {
	case screen.MayDecide:
		look, screen.Proposals = draft.proposalsFirst()
	case !screen.MayDraft:
		if look, err = c.own(ctx, req.Actor, look); err != nil {
			return err
		}
	}
	screen.Total = len(look)
	screen.Offset = min(offset, max(0, len(look)-1)/lookShown*lookShown)
	screen.Value = func(offset int) string { return spot{version: v.ID, offset: offset}.String() }
	screen.Rows, err = c.rows(ctx, req.Actor, draft, look[screen.Offset:min(len(look), screen.Offset+lookShown)], screen.Offset)
	return err
}

// proposalsFirst is the list to look at with the groups for which a manager waits
// for an answer at its head, also those that nothing else brings on the list. It
// returns how many those are.
func (v Version) proposalsFirst() ([]value.Attention, int) {
	proposed := map[analysis.GroupID]bool{}
	for _, o := range v.Overrides {
		if o.Proposed {
			proposed[o.Group] = true
		}
	}
	waiting, others := make([]value.Attention, 0, len(v.Look)), []value.Attention(nil)
	for _, a := range v.Look {
		if proposed[a.Group] {
			waiting = append(waiting, a)
			delete(proposed, a.Group)
		} else {
			others = append(others, a)
		}
	}
	for _, o := range v.Overrides {
		if o.Proposed && proposed[o.Group] {
			waiting = append(waiting, value.Attention{Group: o.Group, Why: []value.Why{value.WhyProposal}})
		}
	}
	return append(waiting, others...), len(waiting)
}

// own keeps the groups that actor speaks for.
func (c Segmenting) own(ctx context.Context, actor analysis.Actor, look []value.Attention) ([]value.Attention, error) {
	ids := make([]analysis.GroupID, len(look))
	for i, a := range look {
		ids[i] = a.Group
	}
	groups, err := c.listed(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(look), func(a value.Attention) bool {
		return !analysis.Allow(actor, analysis.ProposeSegment, subject(groups[a.Group].Group))
	}), nil
}

// listed reads groups by id, also those that were merged since.
func (c Segmenting) listed(ctx context.Context, ids []analysis.GroupID) (map[analysis.GroupID]storage.Listed, error) {
	found := make(map[analysis.GroupID]storage.Listed, len(ids))
	all, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups of a page: %w", err)
	}
	for _, g := range all {
		found[g.ID] = g
	}
	return found, nil
}

// rows describes the groups of a page with what actor may do about each.
func (c Segmenting) rows(ctx context.Context, actor analysis.Actor, draft Version, page []value.Attention, offset int) ([]view.SegmentRow, error) {
	ids := make([]analysis.GroupID, len(page))
	for i, a := range page {
		ids[i] = a.Group
	}
	groups, err := c.listed(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]view.SegmentRow, 0, len(page))
	for _, a := range page {
		g, ok := groups[a.Group]
		if !ok {
			continue // merged since the draft was made
		}
		row := draft.row(g.Group, a.Why)
		row.Value = spot{draft.ID, g.ID, offset}.String()
		row.Decide = analysis.Allow(actor, analysis.DecideSegments, subject(g.Group))
		row.Propose = !row.Decide && analysis.Allow(actor, analysis.ProposeSegment, subject(g.Group))
		rows = append(rows, row)
	}
	return rows, nil
}

// row is group g as it stands in v.
func (v Version) row(g analysis.Group, why []value.Why) view.SegmentRow {
	row := view.SegmentRow{Name: g.Name, Number: g.Number, Why: why, Standing: v.Standing[g.ID]}
	if i, ok := slices.BinarySearchFunc(v.Items, g.ID, func(i analysis.SegmentItem, id analysis.GroupID) int { return int(i.Group - id) }); ok {
		row.Item = v.Items[i]
	}
	for _, o := range v.Overrides {
		switch {
		case o.Group != g.ID:
		case o.Proposed:
			row.Proposal = &o
		default:
			row.Override = &o
		}
	}
	return row
}

// draft returns draft id, or says what became of it.
func (c Segmenting) draft(ctx context.Context, id analysis.VersionID) (Version, error) {
	versions, err := c.Use.Segments.Versions(ctx)
	if err != nil {
		return Version{}, fmt.Errorf("read the segmentations: %w", err)
	}
	for _, v := range versions {
		switch {
		case v.ID != id:
		case v.State == analysis.Draft:
			return c.Use.whole(ctx, v)
		case v.FinalBy == "":
			return Version{}, analysis.Fail(analysis.Invalid, "storage.segment.final_by_operator",
				analysis.Args{"version": int64(id), "date": analysis.DayOf(v.FinalAt)})
		default:
			return Version{}, analysis.Fail(analysis.Invalid, "storage.segment.final",
				analysis.Args{"version": int64(id), "date": analysis.DayOf(v.FinalAt), "by": v.FinalBy})
		}
	}
	return Version{}, analysis.Fail(analysis.Invalid, "segment.gone", nil)
}

// instead shows where things stand with the reason why what was asked was not
// done: somebody else was first, or the button is old. Other errors stay errors.
func (c Segmenting) instead(ctx context.Context, req Request, s spot, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	return c.window(ctx, req, s.offset, view.Outcome{Refused: why})
}

// change makes one change of a group's segment, once for each request, with its
// audit line.
func (c Segmenting) change(ctx context.Context, req Request, action string, group analysis.GroupID, fn func(storage.Tx) error) error {
	return c.Use.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Group: group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return fn(tx)
	})
}

// maySegment reports whether the segmentation is anything for actor: they
// make it, decide it, or speak for a portfolio of their own.
func maySegment(actor analysis.Actor) bool {
	return analysis.Allow(actor, analysis.DraftSegments, analysis.Subject{}) ||
		analysis.Allow(actor, analysis.ProposeSegment, analysis.Subject{Manager: actor.Manager})
}
