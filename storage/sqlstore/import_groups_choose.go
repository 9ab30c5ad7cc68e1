package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
)

// choose gives each label its group, the label of the lowest client number
// first: by number, else by name, else the group its first client is in, else a
// new one. A group that one label means by number or name is not another
// label's because a client of it happens to be in it: then the office split it.
// What people merged stays together whatever the labels say.
func (g *groups) choose(ctx context.Context) error {
	var labels []*label
	for _, l := range g.labels {
		if l.same == nil {
			labels = append(labels, l)
		}
	}
	analysis.Sort(labels, func(a, b *label) int {
		return cmp.Or(byNumber(a.first, b.first), strings.Compare(a.value, b.value))
	})
	meant := map[analysis.GroupID]bool{}
	for _, l := range labels {
		if l.group == 0 {
			var err error
			if l.group, err = g.called(ctx, l); err != nil {
				return fmt.Errorf("read group by name: %w", err)
			}
		}
		meant[l.group] = true
	}
	for _, l := range labels {
		if l.group != 0 {
			continue
		}
		for _, m := range l.members {
			if g.merged[m.id] || !meant[m.group] {
				l.group = m.group
				break
			}
		}
		if l.group != 0 && !meant[l.group] {
			meant[l.group] = true
			if err := g.name(ctx, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// called returns the group that l means by its name, or 0: the one that clients
// of l are in, else the only one of that name, if that is more than the name of
// one client. Somebody who is called Jansen is not the family.
func (g *groups) called(ctx context.Context, l *label) (analysis.GroupID, error) {
	const sizes = `SELECT COUNT(*) FROM client WHERE group_id = ?1`
	for _, m := range l.members {
		if slices.Contains(l.byName, m.group) {
			return m.group, nil
		}
	}
	if len(l.byName) != 1 {
		return 0, nil
	}
	var n int
	if err := g.a.e.row(ctx, sizes, l.byName[0]).Scan(&n); err != nil || n < 2 {
		return 0, err
	}
	return l.byName[0], nil
}

// name calls the group of l as l does, where that is a name.
func (g *groups) name(ctx context.Context, l *label) error {
	const rename = `UPDATE client_group SET name = ?2, import_id = ?3 WHERE id = ?1 AND name <> ?2`
	if isNumber(l.value) {
		return nil
	}
	if err := g.a.images.keep(ctx, "client_group", int64(l.group)); err != nil {
		return err
	}
	_, err := g.a.e.exec(ctx, rename, l.group, l.value, g.a.id)
	return doing("rename group", err)
}

// settle gives the touched groups the manager and partner of their
// lowest-numbered client that has one, and ends those that nobody is left in.
func (g *groups) settle(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(g.touched)) {
		if err := g.manage(ctx, id); err != nil {
			return fmt.Errorf("settle group %d: %w", id, err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.left)) {
		if err := g.end(ctx, id, g.left[id]); err != nil {
			return fmt.Errorf("end group %d: %w", id, err)
		}
	}
	return nil
}

func (g *groups) manage(ctx context.Context, id analysis.GroupID) error {
	const (
		now     = `SELECT manager_id, partner_id FROM client_group WHERE id = ?1`
		members = `SELECT number, manager_id, partner_id FROM client WHERE group_id = ?1 AND (manager_id <> 0 OR partner_id <> 0)`
		update  = `UPDATE client_group SET manager_id = ?2, partner_id = ?3, import_id = ?4 WHERE id = ?1`
	)
	var was, is [2]int64
	if err := g.a.e.row(ctx, now, id).Scan(&was[0], &was[1]); err != nil {
		return err
	}
	is = was
	var lowest [2]string
	err := each(ctx, g.a.e, members, func(row scanner) error {
		var number string
		var has [2]int64
		err := row.Scan(&number, &has[0], &has[1])
		for i, who := range has {
			if who != 0 && (lowest[i] == "" || lower(number, lowest[i])) {
				is[i], lowest[i] = who, number
			}
		}
		return err
	}, id)
	if err != nil {
		return err
	}
	if is == was {
		return nil
	}
	if err := g.a.images.keep(ctx, "client_group", int64(id)); err != nil {
		return err
	}
	_, err = g.a.e.exec(ctx, update, id, is[0], is[1], g.a.id)
	return err
}

// end makes group id, if nobody is left in it, and what was merged into it
// before, part of the group its last client went to: a card that was posted
// before still finds it. A client moves once an import, so into is not ended.
func (g *groups) end(ctx context.Context, id, into analysis.GroupID) error {
	const (
		members = `SELECT COUNT(*) FROM client WHERE group_id = ?1`
		rows    = `SELECT id FROM client_group WHERE id = ?1 OR merged_into = ?1 ORDER BY id`
		merge   = `UPDATE client_group SET merged_into = ?2, import_id = ?3 WHERE id = ?1`
	)
	var n int
	if err := g.a.e.row(ctx, members, id).Scan(&n); err != nil || n > 0 {
		return err
	}
	found, err := g.a.e.query(ctx, rows, id)
	gone, err := collect(found, err, func(row scanner) (id int64, err error) { return id, row.Scan(&id) })
	if err != nil {
		return err
	}
	for _, one := range gone {
		if one == int64(into) {
			continue
		}
		if err := g.a.images.keep(ctx, "client_group", one); err != nil {
			return err
		}
		if _, err := g.a.e.exec(ctx, merge, one, into, g.a.id); err != nil {
			return err
		}
	}
	return nil
}
