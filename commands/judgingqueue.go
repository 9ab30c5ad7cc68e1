package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// queue are the groups that somebody is asked about, the most revenue first.
type queue struct {
	asked []analysis.GroupID
	ready []bool // by place: everything about it was answered
}

func (q queue) done() int {
	n := 0
	for _, ready := range q.ready {
		if ready {
			n++
		}
	}
	return n
}

// after returns the first group behind the given one that waits; behind none of
// them, the first of all.
func (q queue) after(group analysis.GroupID) (analysis.GroupID, bool) {
	for i := slices.Index(q.asked, group) + 1; i < len(q.asked); i++ {
		if !q.ready[i] {
			return q.asked[i], true
		}
	}
	return 0, false
}

// queue returns whom the asker is asked about within the portfolio of manager
// (0: the office's): the groups of value.Ask that they may judge.
func (c Judging) queue(ctx context.Context, req Request, manager analysis.ManagerID) (queue, error) {
	office, err := c.Market.now(ctx, req.today())
	if err != nil {
		return queue{}, fmt.Errorf("ask who matters: %w", err)
	}
	rows, err := office.asked()
	if err != nil || len(rows) == 0 {
		return queue{}, err
	}
	ids := make([]analysis.GroupID, len(rows))
	for i, row := range rows {
		ids[i] = office.groups[row]
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return queue{}, fmt.Errorf("read the groups that matter: %w", err)
	}
	answered, err := c.answered(ctx)
	if err != nil {
		return queue{}, err
	}
	var q queue
	seen := make(map[analysis.GroupID]bool, len(listed))
	for _, g := range listed {
		row, ok := office.row(g.ID)
		within := manager == 0 || g.Manager == manager || g.Partner == manager
		if !ok || !within || seen[g.ID] || !analysis.Allow(req.Actor, analysis.JudgeGroups, subject(g.Group)) {
			continue
		}
		seen[g.ID] = true
		ready := true
		for _, criterion := range office.judged(office.kind(row)) {
			ready = ready && answered[question{g.ID, criterion.Key}]
		}
		q.asked, q.ready = append(q.asked, g.ID), append(q.ready, ready)
	}
	return q, nil
}

// question is what is asked about a group.
type question struct {
	group     analysis.GroupID
	criterion string
}

// answered are the questions that somebody answered, not knowing included.
func (c Judging) answered(ctx context.Context) (map[question]bool, error) {
	all, err := c.Judgements.AllJudgements(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the judgements: %w", err)
	}
	answered := make(map[question]bool, len(all))
	for _, j := range all {
		answered[question{j.Group, j.Criterion}] = true
	}
	return answered, nil
}

// asked returns the rows of the groups that people are asked about, the most
// revenue first; none while the office is not worked out, or too large for it.
func (s *surveyed) asked() ([]int, error) {
	if s == nil || s.scores == nil {
		return nil, nil
	}
	segments, err := s.settings.Rules.Segments(s.scores.Value)
	if err != nil {
		return nil, fmt.Errorf("cut the segments: %w", err)
	}
	revenue := make([]analysis.Cents, len(s.standings))
	for row, at := range s.standings {
		if at.yearly > 0 {
			revenue[row] = analysis.Cents(at.yearly)
		}
	}
	rows := value.Ask(revenue, s.scores.Value, segments)
	analysis.Sort(rows, func(a, b int) int { return cmp.Compare(revenue[b], revenue[a]) })
	return rows, nil
}

// judged are the criteria that people judge a kind of client on, and the mark of
// loyalty that is a judgement.
func (s *surveyed) judged(kind string) []value.Criterion {
	set := value.DefaultCriteria()
	if s != nil {
		set = s.settings.Set(kind)
	}
	set = slices.DeleteFunc(set, func(c value.Criterion) bool { return c.Source != value.Judged })
	return append(set, value.Criterion{Key: value.KeyPartnership, Source: value.Judged, Scale: value.Marks})
}

// wantsChance reports whether only a judgement can say what a group could still
// buy: it has too few peers, and nothing is known of what it spends elsewhere.
func (s *surveyed) wantsChance(group analysis.GroupID) bool {
	if _, ok := s.row(group); !ok {
		return false
	}
	return !s.market.Potential(group).Known()
}
