package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/storage"
)

// Segmentation values every relatiegroep and makes segments of it: a draft that
// people correct, and then a final version that never changes.
type Segmentation struct {
	Portfolio  storage.Portfolio
	Judgements storage.Judgements
	Segments   storage.Segments
	Settings   storage.Settings
	Store      storage.Writer
}

// Draft scores the office as of the request's day and saves it as the draft,
// keeping the overrides people already made. It returns the draft's id, and 0 for
// a request that came before.
func (c Segmentation) Draft(ctx context.Context, req Request) (analysis.VersionID, error) {
	if !analysis.Allow(req.Actor, analysis.DraftSegments, analysis.Subject{}) {
		return 0, refuse()
	}
	_, items, err := c.valuate(ctx, req.today())
	if err != nil {
		return 0, err
	}
	var id analysis.VersionID
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		// A press that comes again must not begin a draft after the one it began
		// became final.
		first, err := tx.Once(ctx, req.Key, req.At)
		if err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "segment.draft", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		id, err = tx.SaveDraft(ctx, analysis.SegmentVersion{State: analysis.Draft, AsOf: req.today(), By: req.Actor.User, Made: req.At}, items)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("save the draft: %w", err)
	}
	return id, nil
}

// valued is the office as it was scored, with what the scores are made of.
type valued struct {
	groups []analysis.Group
	scores *value.Scores
	at     map[analysis.GroupID]int // row of a group
}

// valuate scores every group as of asOf, by what the office chose, and cuts the
// segments.
func (c Segmentation) valuate(ctx context.Context, asOf analysis.Day) (*valued, []analysis.SegmentItem, error) {
	ctx = storage.Everything(ctx) // a client that few may see has its segment too
	chosen, err := readChosen(ctx, c.Settings)
	if err != nil {
		return nil, nil, err
	}
	g, err := c.gather(ctx, asOf)
	if err != nil {
		return nil, nil, err
	}
	return g.by(chosen.office)
}

// gathered is the office before it is scored.
type gathered struct {
	asOf   analysis.Day
	groups []analysis.Group
	yearly []value.Yearly
	table  *scoring
}

// gather reads what every group is scored by.
func (c Segmentation) gather(ctx context.Context, asOf analysis.Day) (*gathered, error) {
	judged, err := c.judged(ctx)
	if err != nil {
		return nil, err
	}
	g := &gathered{asOf: asOf, table: newTable()}
	for h, err := range c.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		if h.Objects {
			continue
		}
		y := value.YearlyRevenue(h.Months, asOf)
		g.table.add(h, y, judged[h.ID], asOf)
		g.groups, g.yearly = append(g.groups, h.Group), append(g.yearly, y)
	}
	return g, nil
}

// by scores the office by s. It may be asked several times.
func (g *gathered) by(s value.Settings) (*valued, []analysis.SegmentItem, error) {
	scores, err := value.Valuate(g.table.finish(g.asOf, s.Loyalty), s.Criteria)
	if err != nil {
		return nil, nil, err
	}
	segments, err := s.Rules.Segments(scores.Value)
	if err != nil {
		return nil, nil, err
	}
	v := &valued{groups: g.groups, scores: scores, at: make(map[analysis.GroupID]int, len(g.groups))}
	ids := make([]analysis.GroupID, len(g.groups))
	for row, group := range g.groups {
		v.at[group.ID], ids[row] = row, group.ID
	}
	return v, scores.Items(ids, g.yearly, segments), nil
}

// judged reads what people think, by group and criterion.
func (c Segmentation) judged(ctx context.Context) (map[analysis.GroupID]map[string]int, error) {
	all, err := c.Judgements.AllJudgements(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the judgements: %w", err)
	}
	judged := map[analysis.GroupID]map[string]int{}
	for _, j := range all {
		if j.Value < 0 {
			continue // asked, and not known
		}
		if judged[j.Group] == nil {
			judged[j.Group] = map[string]int{}
		}
		judged[j.Group][j.Criterion] = j.Value
	}
	return judged, nil
}

// Version is a segmentation with everything people look at before they decide.
type Version struct {
	analysis.SegmentVersion
	Items     []analysis.SegmentItem
	Overrides []analysis.Override
	Standing  map[analysis.GroupID]analysis.Segment // with the overrides that count
	Look      []value.Attention                     // to look at first
}

// Counts are the groups of each segment, overrides counted.
func (v Version) Counts() map[analysis.Segment]int {
	counts := map[analysis.Segment]int{}
	for _, s := range analysis.Segments() {
		counts[s] = 0
	}
	for _, s := range v.Standing {
		counts[s]++
	}
	return counts
}

// Least is the lowest score that led to each segment; a segment that nobody has
// by score is left out.
func (v Version) Least() map[analysis.Segment]float64 {
	least := map[analysis.Segment]float64{}
	for _, i := range v.Items {
		if score, ok := least[i.Segment]; i.Segment != "" && (!ok || i.Score < score) {
			least[i.Segment] = i.Score
		}
	}
	return least
}

// Show returns segmentation id; 0 is the newest.
func (c Segmentation) Show(ctx context.Context, actor analysis.Actor, id analysis.VersionID) (Version, error) {
	if !analysis.Allow(actor, analysis.ViewOffice, analysis.Subject{}) {
		return Version{}, refuse()
	}
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return Version{}, fmt.Errorf("read the segmentations: %w", err)
	}
	for _, v := range versions {
		if id == 0 || v.ID == id {
			return c.whole(ctx, v)
		}
	}
	if id == 0 {
		return Version{}, analysis.Fail(analysis.NotFound, "segment.none", nil)
	}
	return Version{}, analysis.Fail(analysis.NotFound, "segment.unknown", analysis.Args{"version": int64(id)})
}

func (c Segmentation) whole(ctx context.Context, v analysis.SegmentVersion) (Version, error) {
	items, err := c.Segments.Items(ctx, v.ID)
	if err != nil {
		return Version{}, fmt.Errorf("read segmentation %d: %w", v.ID, err)
	}
	overrides, err := c.Segments.Overrides(ctx, v.ID)
	if err != nil {
		return Version{}, fmt.Errorf("read the overrides of segmentation %d: %w", v.ID, err)
	}
	return Version{SegmentVersion: v, Items: items, Overrides: overrides,
		Standing: value.Standing(items, overrides), Look: value.LookFirst(items, overrides)}, nil
}

// Finalize makes the draft final: numbered, dated, never to change again. Of
// two people at once one wins and the other is told.
func (c Segmentation) Finalize(ctx context.Context, req Request) (analysis.VersionID, error) {
	if !analysis.Allow(req.Actor, analysis.DecideSegments, analysis.Subject{}) {
		return 0, refuse()
	}
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the segmentations: %w", err)
	}
	if len(versions) == 0 || versions[0].State != analysis.Draft {
		return 0, analysis.Fail(analysis.Invalid, "segment.no_draft", nil)
	}
	return versions[0].ID, c.finalize(ctx, req, versions[0])
}

// finalize makes v final as it was looked at, once for each request.
func (c Segmentation) finalize(ctx context.Context, req Request, v analysis.SegmentVersion) error {
	v.State, v.FinalBy, v.FinalAt = analysis.Final, req.Actor.User, req.At
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "segment.finalize", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.Finalize(ctx, v.ID, v)
	})
	if err != nil {
		return fmt.Errorf("make segmentation %d final: %w", v.ID, err)
	}
	return nil
}

// Diff compares two segmentations; 0 and 0 are the newest and the final one
// before it.
func (c Segmentation) Diff(ctx context.Context, actor analysis.Actor, from, to analysis.VersionID) (before, after Version, changes []value.Change, flows []value.Flow[analysis.Segment], err error) {
	if after, err = c.Show(ctx, actor, to); err != nil {
		return before, after, nil, nil, err
	}
	if from == 0 {
		versions, err := c.Segments.Versions(ctx)
		if err != nil {
			return before, after, nil, nil, fmt.Errorf("read the segmentations: %w", err)
		}
		for _, v := range versions {
			if v.ID < after.ID && v.State == analysis.Final {
				from = v.ID
				break
			}
		}
		if from == 0 {
			return before, after, nil, nil, analysis.Fail(analysis.NotFound, "segment.nothing_before", nil)
		}
	}
	if before, err = c.Show(ctx, actor, from); err != nil {
		return before, after, nil, nil, err
	}
	changes, flows = value.Diff(before.Standing, after.Standing)
	return before, after, changes, flows, nil
}
