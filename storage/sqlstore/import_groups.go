package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"klantbot/analysis"
)

// groups decides which relatiegroep each client of a list belongs to. A value
// of the list's group column is a label: the clients that carry it are one
// group. A client whose own number is a label carries it too.
type groups struct {
	a      *applying
	labels map[string]*label // by value in lower case
	merged map[analysis.ClientID]bool
	// Numbers that nobody has and of which the rows are refused: the list gives them
	// no name, or they were forgotten.
	refused map[string]bool
	// Groups whose members, managers or partners changed, and which of them lost
	// a member, with where the last of those went.
	touched map[analysis.GroupID]bool
	left    map[analysis.GroupID]analysis.GroupID
}

// label is one value of the group column.
type label struct {
	value   string
	same    *label           // what it means: the label of the client whose number it is
	first   string           // lowest number of its clients, see lower
	called  string           // name of the client with that number
	group   analysis.GroupID // 0: a new one, made for its first client
	name    string           // of a new group, where the label is a number: that client's
	members []member         // clients that were there before
	byName  []analysis.GroupID
}

// member is a client that carries a label and was there before.
type member struct {
	id    analysis.ClientID
	group analysis.GroupID
}

func newGroups(a *applying) *groups {
	return &groups{a: a, labels: map[string]*label{}, touched: map[analysis.GroupID]bool{},
		left: map[analysis.GroupID]analysis.GroupID{}}
}

// labelOf returns the label of a staged client, or nil.
func (g *groups) labelOf(c *analysis.StagedClient) *label {
	if len(g.labels) == 0 {
		return nil
	}
	return g.labels[strings.ToLower(cmp.Or(c.GroupName, c.Number))].meaning()
}

// meaning follows same to its end.
func (l *label) meaning() *label {
	for l != nil && l.same != nil {
		l = l.same
	}
	return l
}

// place returns the group that c belongs in: known's own where the file says
// nothing else or people decided so, and 0 for a new client that gets a group
// of its own.
func (g *groups) place(ctx context.Context, c *analysis.StagedClient, known *analysis.Client) (analysis.GroupID, error) {
	l := g.labelOf(c)
	switch {
	case l == nil && known == nil:
		return 0, nil
	case l == nil:
		return known.Group, nil
	case known != nil && g.merged[known.ID]:
		return known.Group, nil
	case l.group == 0:
		name := cmp.Or(l.name, l.called, c.Name)
		if !isNumber(l.value) {
			name = l.value
		}
		var err error
		if l.group, err = g.a.clients.newGroup(ctx, cmp.Or(l.first, c.Number), name, 0, 0); err != nil {
			return 0, err
		}
	}
	g.touched[l.group] = true
	return l.group, nil
}

// isNumber reports whether a label names its group by number.
func isNumber(value string) bool { return strings.IndexFunc(value, unicode.IsLetter) < 0 }

// changed notes that a client that was there has changed from was to now.
func (g *groups) changed(was, now *analysis.Client) {
	if was.Group != now.Group {
		g.touched[was.Group], g.touched[now.Group] = true, true
		g.left[was.Group] = now.Group
	} else if was.Manager != now.Manager || was.Partner != now.Partner {
		g.touched[now.Group] = true
	}
}

// plan reads the labels of the file and finds the groups they mean.
func (g *groups) plan(ctx context.Context) error {
	if err := g.readRefused(ctx); err != nil {
		return err
	}
	if err := g.readLabels(); err != nil || len(g.labels) == 0 {
		return err
	}
	if err := g.readMembers(ctx); err != nil {
		return err
	}
	const merged = `SELECT m.row_id FROM merge_move m JOIN proposal p ON p.id = m.proposal_id
		WHERE m.entity = 'client' AND p.state = 'merged'`
	g.merged = map[analysis.ClientID]bool{}
	err := each(ctx, g.a.e, merged, func(row scanner) error {
		var id analysis.ClientID
		err := row.Scan(&id)
		g.merged[id] = true
		return err
	})
	if err != nil {
		return fmt.Errorf("read merges: %w", err)
	}
	if err := g.readGroups(ctx); err != nil {
		return err
	}
	return g.choose(ctx)
}

// readLabels collects the labels. One that is the number of a client which
// carries another label itself means that one.
func (g *groups) readLabels() error {
	for c, err := range g.carriers {
		if err != nil {
			return err
		}
		key := strings.ToLower(c.GroupName)
		if key != "" && g.labels[key] == nil {
			g.labels[key] = &label{value: c.GroupName}
		}
	}
	if len(g.labels) == 0 {
		return nil
	}
	for c, err := range g.carriers {
		if err != nil {
			return err
		}
		named := g.labels[strings.ToLower(c.Number)].meaning()
		if carried := g.labelOf(c); named != nil && carried != named {
			named.same = carried
		}
	}
	return nil
}

// readGroups finds what the labels may mean: the group of the client with that
// number, else the group with that number, and groups with that name.
func (g *groups) readGroups(ctx context.Context) error {
	const (
		all  = `SELECT COALESCE(merged_into, id), number, name FROM client_group ORDER BY number`
		ofNo = `SELECT group_id, number FROM client WHERE number IN (SELECT value FROM json_each(?1))`
	)
	if g.a.clients.fresh {
		return nil
	}
	err := each(ctx, g.a.e, all, func(row scanner) error {
		var id analysis.GroupID
		var number, name string
		if err := row.Scan(&id, &number, &name); err != nil {
			return err
		}
		if l := g.labels[strings.ToLower(number)]; l != nil {
			l.group = id
		}
		if l := g.labels[strings.ToLower(name)]; l != nil && !slices.Contains(l.byName, id) {
			l.byName = append(l.byName, id)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read groups: %w", err)
	}
	values := []string{}
	for _, l := range g.labels {
		values = append(values, l.value)
	}
	asked, err := json.Marshal(values)
	if err != nil {
		return err
	}
	err = each(ctx, g.a.e, ofNo, func(row scanner) error {
		var id analysis.GroupID
		var number string
		err := row.Scan(&id, &number)
		g.labels[strings.ToLower(number)].group = id
		return err
	}, string(asked))
	return doing("read clients", err)
}
