package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// era is a quarter, or the part of it in which one plan and one segmentation held. What is
// planned in a period is what held on the day it ended: by then everybody could
// know what was asked. So what an office changes today changes no quarter that is
// over.
type era struct {
	from, to analysis.Day
	plan     attention.Plan
	version  analysis.VersionID // 0: nothing was final yet, so nothing was planned
}

// eras cuts [from, to] by quarters and by what held, the oldest first; there is at least one.
// Plans that leave it to the office's past begin on start.
func (c Attention) eras(ctx context.Context, from, to, start analysis.Day) ([]era, error) {
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the segmentations: %w", err)
	}
	plans, err := c.Settings.SettingHistory(ctx, attention.PlanSetting)
	if err != nil {
		return nil, fmt.Errorf("read the versions of the attention plan: %w", err)
	}
	days := []analysis.Day{from}
	for q := attention.PeriodOf(4, from).To + 1; q <= to; q = attention.PeriodOf(4, q).To + 1 {
		days = append(days, q) // who left counts until the quarter in which they did
	}
	final := map[analysis.VersionID]analysis.Day{}
	for _, v := range versions {
		if v.State == analysis.Final {
			final[v.ID] = analysis.DayOf(v.FinalAt.In(officeZone))
			days = append(days, final[v.ID])
		}
	}
	for _, s := range plans {
		days = append(days, analysis.DayOf(s.At.In(officeZone)))
	}
	slices.Sort(days)
	var all []era
	for _, day := range slices.Compact(days) {
		if day < from || day > to {
			continue
		}
		e := era{from: day, to: to, plan: attention.Default(start)}
		for _, v := range versions { // newest first
			if made, ok := final[v.ID]; ok && made <= day {
				e.version = v.ID
				break
			}
		}
		for _, s := range plans { // newest first
			if analysis.DayOf(s.At.In(officeZone)) <= day {
				if e.plan, err = planIn(s, start); err != nil {
					return nil, err
				}
				break
			}
		}
		if len(all) > 0 {
			all[len(all)-1].to = day - 1
		}
		all = append(all, e)
	}
	return all, nil
}

// reported is a report on some groups, over every era.
type reported struct {
	from, to analysis.Day
	eras     []era
	groups   [][]attention.History // of each era
}

// of sums the groups that keep accepts. Who is in A and what is open is as of the
// end; what was planned and done is what held then.
func (r reported) of(keep func(attention.Group) bool) attention.Sums {
	kept := make([][]attention.History, len(r.eras))
	for i, groups := range r.groups {
		for _, g := range groups {
			if keep(g.Group) {
				kept[i] = append(kept[i], g)
			}
		}
	}
	last := len(r.eras) - 1
	sums := r.eras[last].plan.Report(r.from, r.to, kept[last])
	if last == 0 {
		return sums
	}
	sums.Cells = nil
	for i, e := range r.eras {
		sums.Add(e.plan.Report(e.from, e.to, kept[i]).Cells)
	}
	return sums
}

// report reads what a report over [from, to] is made of.
func (c AttentionReport) report(ctx context.Context, from, to, start analysis.Day) (reported, error) {
	r := reported{from: from, to: to}
	var err error
	if r.eras, err = c.Week.eras(ctx, from, to, start); err != nil {
		return r, err
	}
	for _, e := range r.eras {
		groups, err := c.histories(ctx, e.version, from, e.to)
		if err != nil {
			return r, err
		}
		r.groups = append(r.groups, groups)
	}
	return r, nil
}

// holding is who holds g, the manager before the partner; 0: nobody.
func holding(g attention.Group) analysis.ManagerID { return cmp.Or(g.Manager, g.Partner) }
