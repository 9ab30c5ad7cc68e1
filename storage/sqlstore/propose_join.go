package sqlstore

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"klantbot/analysis"
)

// join joins the groups that share a clue.
func (f *finder) join() error {
	const head = 1 + 8
	var key []byte
	var groups []analysis.GroupID
	plain := true // false: the clue is a word that is more than one family's
	var detail int64
	for rec, err := range f.clues.all() {
		if err != nil {
			return err
		}
		if !bytes.Equal(rec[:head], key) {
			f.joined(key, groups, plain)
			key, groups, plain = append(key[:0], rec[:head]...), groups[:0], true
		}
		r := record(rec[head+1:])
		was := detail
		if detail = r.int(); len(groups) > 0 && detail != was {
			plain = false
		}
		if mark := rec[head]; mark == 't' || mark == 'p' {
			plain = false
		}
		group := analysis.GroupID(r.int())
		if len(groups) <= togetherAtMost && !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	f.joined(key, groups, plain)
	return nil
}

// joined joins groups that share the clue key.
func (f *finder) joined(key []byte, groups []analysis.GroupID, plain bool) {
	if len(groups) < 2 || len(groups) > togetherAtMost || !plain {
		return
	}
	slices.Sort(groups)
	for i, g := range groups {
		for _, h := range groups[i+1:] {
			if !f.dismissed[[2]analysis.GroupID{g, h}] {
				f.union(g, h, key[0])
			}
		}
	}
}

// root returns the root of the tree that id is in.
func (f *finder) root(id analysis.GroupID) analysis.GroupID {
	for {
		up, ok := f.parent[id]
		if !ok || up == id {
			return id
		}
		id = up
	}
}

// union makes one tree of those of g and h; the lower root stays, which keeps
// the outcome the same whatever the order.
func (f *finder) union(g, h analysis.GroupID, kind byte) {
	g, h = f.root(g), f.root(h)
	if g > h {
		g, h = h, g
	}
	f.parent[g], f.parent[h] = g, g
	best := kind
	for _, was := range []byte{f.why[g], f.why[h]} {
		if was != 0 && rank(was) < rank(best) {
			best = was
		}
	}
	delete(f.why, h)
	f.why[g] = best
}

// rank orders reasons, the most telling first.
func rank(kind byte) int {
	return bytes.IndexByte([]byte{byName, byWord, byContact, byAddress, byDomain}, kind)
}

// write writes the proposals that are new.
func (f *finder) write(ctx context.Context, importID int64) (int, error) {
	trees := map[analysis.GroupID][]analysis.GroupID{}
	for _, id := range slices.Sorted(maps.Keys(f.parent)) {
		root := f.root(id)
		trees[root] = append(trees[root], id)
	}
	n := 0
	for _, root := range slices.Sorted(maps.Keys(trees)) {
		if n == proposedAtMost {
			break
		}
		if len(trees[root]) > membersAtMost {
			continue // a chain of accidents, not a family
		}
		added, err := f.insert(ctx, whys[f.why[root]], trees[root], importID)
		if err != nil {
			return 0, fmt.Errorf("insert proposal: %w", err)
		}
		if added {
			n++
		}
	}
	return n, nil
}

// insert writes one proposal unless the same groups were proposed before.
func (f *finder) insert(ctx context.Context, why string, groups []analysis.GroupID, importID int64) (bool, error) {
	const (
		insert = `INSERT INTO proposal (why, group_key, import_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING`
		find   = `SELECT id FROM proposal WHERE group_key = ?1`
		member = `INSERT INTO proposal_group (proposal_id, group_id) VALUES (?1, ?2)`
	)
	key := proposalKey(groups)
	n, err := f.e.exec(ctx, insert, why, key, importID)
	if err != nil || n == 0 {
		return false, err
	}
	var id int64
	if err := f.e.row(ctx, find, key).Scan(&id); err != nil {
		return false, err
	}
	for _, g := range groups {
		if _, err := f.e.exec(ctx, member, id, g); err != nil {
			return false, err
		}
	}
	return true, nil
}
