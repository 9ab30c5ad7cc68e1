package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// named puts people and groups beside the items, with one question to the
// database for all groups.
func (c Attention) named(ctx context.Context, people []attention.Personal) ([]AttentionPerson, error) {
	var ids []analysis.GroupID
	for _, p := range people {
		for _, i := range slices.Concat(p.Items, p.Overdue) {
			ids = append(ids, i.Group)
		}
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups of the week: %w", err)
	}
	groups := make(map[analysis.GroupID]storage.Listed, len(listed))
	for _, l := range listed {
		groups[l.ID] = l
	}
	names := colleagues{managers: c.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	week := make([]AttentionPerson, 0, len(people))
	for _, p := range people {
		person := AttentionPerson{Personal: p}
		if person.Person, err = names.of(ctx, p.Manager); err != nil {
			return nil, err
		}
		if person.Rows, err = names.rows(ctx, p.Items, groups); err != nil {
			return nil, err
		}
		if person.Overdue, err = names.rows(ctx, p.Overdue, groups); err != nil {
			return nil, err
		}
		week = append(week, person)
	}
	analysis.Sort(week, func(a, b AttentionPerson) int {
		return cmp.Or(cmp.Compare(a.Person.Email, b.Person.Email), cmp.Compare(a.Manager, b.Manager))
	})
	return week, nil
}

// colleagues reads managers once each.
type colleagues struct {
	managers storage.Managers
	known    map[analysis.ManagerID]analysis.Manager
}

func (p colleagues) of(ctx context.Context, id analysis.ManagerID) (analysis.Manager, error) {
	if m, ok := p.known[id]; ok || id == 0 {
		return m, nil
	}
	m, err := p.managers.Manager(ctx, id)
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		return m, fmt.Errorf("read manager %d: %w", id, err)
	}
	p.known[id] = m // nobody, where an undone import removed them
	return m, nil
}

func (p colleagues) rows(ctx context.Context, items []attention.Item, groups map[analysis.GroupID]storage.Listed) ([]AttentionRow, error) {
	rows := make([]AttentionRow, 0, len(items))
	for _, i := range items {
		row := AttentionRow{Item: i, Group: groups[i.Group]}
		for _, who := range []struct {
			id   analysis.ManagerID
			name *string
		}{{i.Holder, &row.Holder}, {i.HandedBy, &row.HandedBy}} {
			m, err := p.of(ctx, who.id)
			if err != nil {
				return nil, err
			}
			*who.name = nameOf(m)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
