package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Digest is the weekly message that says who needs attention of whom. Queue
// writes it to the ledger; Letter draws it, when it is sent and each time that
// something in it changes.
type Digest struct {
	Handling
	Choices storage.Digests
}

// Letter draws a digest as it is now: what it asked, and what became of that.
func (d Digest) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	p := pageOf(e.Subject)
	if p.Week == (attention.Week{}) {
		return view.Message{}, analysis.Fail(analysis.NotFound, "digest.gone", nil)
	}
	shown, rest := p.parts()
	place := "d/" + p.Week.String()
	drawn := view.Digest{Week: attention.WeekOf(p.Day), Value: p.Week.String(), Asked: len(p.Items), Waiting: p.Waiting, OverdueCount: p.Late}
	var err error
	if drawn.Rows, err = d.rows(ctx, p, shown, place); err != nil {
		return view.Message{}, err
	}
	for _, i := range rest {
		if i.Batch {
			drawn.Batch++
		} else {
			drawn.Rest++
		}
	}
	if drawn.Overdue, err = d.rows(ctx, p, p.Overdue, place); err != nil {
		return view.Message{}, err
	}
	printer := locale.New(locale.Lang(e.Lang), nil)
	if p.Unfit {
		names, err := d.names(ctx, p.Ways)
		if err != nil {
			return view.Message{}, err
		}
		load := attention.Load{Needed: p.Needed, Possible: p.Possible, Proposals: p.Ways}
		drawn.Unfit = view.UnfitWords(printer, load, func(m analysis.ManagerID) string { return names[m] })
	}
	if drawn.Last, err = d.last(ctx, e.User, p.Week); err != nil {
		return view.Message{}, err
	}
	return view.DigestMessage(printer, drawn), nil
}

// names are what the colleagues of proposals are called.
func (d Digest) names(ctx context.Context, ways []attention.Proposal) (map[analysis.ManagerID]string, error) {
	names := map[analysis.ManagerID]string{}
	for _, w := range ways {
		name, err := d.nameOf(ctx, w.Manager)
		if err != nil {
			return nil, err
		}
		names[w.Manager] = name
	}
	return names, nil
}

// rows are the rows of items as their reader sees them. Groups that an undone
// import took away are left out.
func (d Digest) rows(ctx context.Context, p page, items []pageItem, place string) ([]view.AttentionItem, error) {
	if len(items) == 0 {
		return nil, nil
	}
	asked, whole, err := d.asked(ctx, p, items)
	if err != nil {
		return nil, err
	}
	rows := make([]view.AttentionItem, 0, len(asked))
	for _, row := range asked {
		if whole[row.Item.Group].ID == 0 {
			continue
		}
		i, err := d.Row(ctx, p.Manager, row, p.Day, place)
		if err != nil {
			return nil, err
		}
		i.Brief = row.Batch
		rows = append(rows, i)
	}
	return rows, nil
}

// asked is what items ask, with groups and names.
func (d Digest) asked(ctx context.Context, p page, items []pageItem) ([]AttentionRow, map[analysis.GroupID]storage.Listed, error) {
	ids := make([]analysis.GroupID, len(items))
	signal := false
	for n, i := range items {
		ids[n], signal = i.Group, signal || slices.ContainsFunc(i.Signals, func(k attention.SignalKind) bool { return k != attention.LifeEvent })
	}
	groups, present := make(map[analysis.GroupID]storage.Listed, len(ids)), make([]analysis.GroupID, 0, len(ids))
	for _, id := range ids { // one by one: a group that was merged answers to the old id
		listed, err := d.Week.Roster.GroupsOf(ctx, []analysis.GroupID{id})
		if err != nil {
			return nil, nil, fmt.Errorf("read the groups of a digest: %w", err)
		}
		if len(listed) > 0 {
			groups[id], present = listed[0], append(present, listed[0].ID)
		}
	}
	var signals map[analysis.GroupID][]attention.Signal
	if signal {
		var err error
		if signals, err = d.Week.Signals.Of(ctx, p.Day, present...); err != nil {
			return nil, nil, err
		}
	}
	whole := make([]attention.Item, len(items))
	for n, i := range items {
		events, err := d.events(ctx, i)
		if err != nil {
			return nil, nil, err
		}
		whole[n] = i.item(slices.Concat(events, signals[groups[i.Group].ID]))
	}
	names := colleagues{managers: d.Week.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	rows, err := names.rows(ctx, whole, groups)
	return rows, groups, err
}

// events are the life events of the group of i, where i asked about one: read
// anew, so that one that was noted by mistake goes.
func (d Digest) events(ctx context.Context, i pageItem) ([]attention.Signal, error) {
	if !slices.Contains(i.Signals, attention.LifeEvent) {
		return nil, nil
	}
	noted, err := d.Week.Groups.Occasions(ctx, i.Group)
	if err != nil {
		return nil, err
	}
	var events []attention.Signal
	for _, o := range noted {
		if s, ok := o.Signal(); ok && s.Day <= i.On {
			events = append(events, s)
		}
	}
	return events, nil
}

// remembered is how many weeks back the last digest is looked for. Who had none
// for so long is told anew what it is.
const remembered = 8

// last is what became of the digest before that of week; nil: there was none.
func (d Digest) last(ctx context.Context, user analysis.UserID, week attention.Week) (*view.DigestResult, error) {
	for monday, n := week.Monday()-7, 0; n < remembered; monday, n = monday-7, n+1 {
		at := attention.WeekOf(monday)
		e, err := d.Letters.Entry(ctx, digestKey(user, at.String()))
		if err != nil && analysis.KindOf(err) == analysis.NotFound || err == nil && e.State == storage.Failed {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the digest before: %w", err)
		}
		p := pageOf(e.Subject)
		rows, err := d.rows(ctx, p, p.Items, "")
		if err != nil {
			return nil, err
		}
		result := &view.DigestResult{Week: at, Asked: len(rows)}
		for _, row := range rows {
			switch row.State {
			case view.AttentionDone:
				result.Done++
			case view.AttentionLater:
				result.Later++
			case view.AttentionHanded, view.AttentionMoved:
				result.Handed++
			case view.AttentionNotNeeded:
				result.NotNeeded++
			}
		}
		return result, nil
	}
	return nil, nil
}

// restPlace begins the place of what stands in the window with the rest of a
// digest; its week follows.
const restPlace = "m/"

// More answers *Meer*: the rest of a digest in a window, also after each press
// there.
func (d Digest) More(ctx context.Context, req Request) (Reply, error) {
	e, err := d.Letters.Entry(ctx, digestKey(req.Actor.User, req.Value))
	if err != nil {
		if analysis.KindOf(err) == analysis.NotFound {
			return Reply{}, analysis.Fail(analysis.NotFound, "digest.gone", nil)
		}
		return Reply{}, fmt.Errorf("read the digest: %w", err)
	}
	p := pageOf(e.Subject)
	_, rest := p.parts()
	rows, err := d.rows(ctx, p, rest, restPlace+p.Week.String())
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, d.Store, req, storage.AuditLine{Action: "digest.more"}); err != nil {
		return Reply{}, err
	}
	return Show(view.DigestRest(locale.New(req.Lang, req.Zone), p.Week, rows)), nil
}
