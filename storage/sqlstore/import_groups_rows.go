package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
)

// carriers yields the rows that say where a client belongs: of each number the
// first, unless it is refused as well. What the further rows say of a
// group is refused, see again, so it must not have a say in what labels mean.
func (g *groups) carriers(yield func(*analysis.StagedClient, error) bool) {
	last := ""
	for c, err := range g.a.s.stagedClients() {
		if err == nil && (c.Number == last || g.refused[c.Number]) {
			continue
		}
		if !yield(c, err) || err != nil {
			return
		}
		last = c.Number
	}
}

// readRefused finds the numbers of which every row is refused.
func (g *groups) readRefused(ctx context.Context) error {
	const known = `SELECT number FROM client WHERE number IN (SELECT value FROM json_each(?1))`
	g.refused = map[string]bool{}
	if !g.a.s.nameless && len(g.a.forgotten.salts) == 0 {
		return nil
	}
	for c, err := range g.carriers {
		if err != nil {
			return err
		}
		if c.Name == "" || g.a.forgotten.has(c.Number) {
			g.refused[c.Number] = true
		}
	}
	for some := range slices.Chunk(slices.Collect(maps.Keys(g.refused)), clientBatch) {
		asked, err := json.Marshal(some)
		if err != nil {
			return err
		}
		err = each(ctx, g.a.e, known, func(row scanner) error {
			var number string
			err := row.Scan(&number)
			delete(g.refused, number)
			return err
		}, string(asked))
		if err != nil {
			return fmt.Errorf("read clients: %w", err)
		}
	}
	return nil
}

// readMembers notes for each label the lowest number that carries it, the
// clients that were there, and what a label that is a number is called.
func (g *groups) readMembers(ctx context.Context) error {
	const some = `SELECT id, group_id, number FROM client WHERE number IN (SELECT value FROM json_each(?1))`
	batch := map[string]*label{}
	look := func() error {
		defer clear(batch)
		asked, err := json.Marshal(slices.Collect(maps.Keys(batch)))
		if err != nil || len(batch) == 0 || g.a.given["client"].last == 0 {
			return err
		}
		return each(ctx, g.a.e, some, func(row scanner) error {
			var m member
			var number string
			err := row.Scan(&m.id, &m.group, &number)
			batch[number].members = append(batch[number].members, m)
			return err
		}, string(asked))
	}
	for c, err := range g.carriers {
		if err != nil {
			return err
		}
		if named := g.labels[strings.ToLower(c.Number)]; named != nil {
			named.name = c.Name
		}
		l := g.labelOf(c)
		if l == nil {
			continue
		}
		if l.first == "" || lower(c.Number, l.first) {
			l.first, l.called = c.Number, c.Name
		}
		if batch[c.Number] = l; len(batch) == clientBatch {
			if err := look(); err != nil {
				return fmt.Errorf("read clients: %w", err)
			}
		}
	}
	return doing("read clients", look())
}
