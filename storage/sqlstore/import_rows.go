package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
)

// clientRows inserts groups, clients and contact persons, many at a time, in
// the order that their foreign keys need.
type clientRows struct {
	a                         *applying
	groups, clients, contacts *bulk
	fresh                     bool // no group was there before: no number can be taken
}

func newClientRows(a *applying) *clientRows {
	insert := func(table string) *bulk {
		return newBulk(a.e, table, "id, "+strings.Join(imaged[table], ", "), "")
	}
	r := &clientRows{a: a, groups: insert("client_group"), clients: insert("client"), contacts: insert("contact"),
		fresh: a.given["client_group"].last == 0}
	r.clients.before, r.contacts.before = r.groups, r.clients
	return r
}

// newGroup adds a group of its own for the client with number.
func (r *clientRows) newGroup(ctx context.Context, number, name string, manager, partner analysis.ManagerID) (analysis.GroupID, error) {
	number, err := r.freeNumber(ctx, number)
	if err != nil {
		return 0, err
	}
	id := r.a.given["client_group"].next()
	err = r.groups.add(ctx, id, number, name, int64(manager), int64(partner), nil, r.a.id)
	return analysis.GroupID(id), err
}

// freeNumber returns number, or number with a suffix where a group has it that
// its client left.
func (r *clientRows) freeNumber(ctx context.Context, number string) (string, error) {
	const taken = `SELECT COUNT(*) FROM client_group WHERE number = ?1`
	if r.fresh {
		return number, nil
	}
	free := number
	for i := 2; ; i++ {
		var n int
		if err := r.a.e.row(ctx, taken, free).Scan(&n); err != nil {
			return "", fmt.Errorf("look for group number: %w", err)
		}
		if n == 0 {
			return free, nil
		}
		free = fmt.Sprintf("%s/%d", number, i)
	}
}

// insert adds a client.
func (r *clientRows) insert(ctx context.Context, c *analysis.Client) (analysis.ClientID, error) {
	id := r.a.given["client"].next()
	row := append([]any{id}, clientValues(c, r.a.id)...)
	r.a.forgotten.cameBack(c, analysis.ClientID(id))
	return analysis.ClientID(id), r.clients.add(ctx, row...)
}

// clientValues returns the columns of a client but its id; unknown is NULL.
func clientValues(c *analysis.Client, importID int64) []any {
	return []any{int64(c.Group), c.Number, c.Debtor, c.Name, c.KVK, c.VAT, c.Email, c.Kind, c.SBI, c.Stage, string(c.Status),
		known(c.FTE >= 0, c.FTE), known(c.Balance >= 0, int64(c.Balance)), known(c.Since.Known(), int64(c.Since)),
		known(c.Until.Known(), int64(c.Until)), c.Market, c.Referrer, known(c.Elsewhere >= 0, int64(c.Elsewhere)),
		int64(c.Manager), int64(c.Partner), known(c.Audit != "", string(c.Audit)), importID}
}

// known returns v where is, and NULL otherwise.
func known[T any](is bool, v T) any {
	if !is {
		return nil
	}
	return v
}

// update writes the changed client c, keeping what it was.
func (r *clientRows) update(ctx context.Context, c *analysis.Client) error {
	if err := r.a.images.keep(ctx, "client", int64(c.ID)); err != nil {
		return err
	}
	if err := r.groups.flush(ctx); err != nil {
		return err
	}
	_, err := r.a.e.exec(ctx, updateByID("client"), append(clientValues(c, r.a.id), int64(c.ID))...)
	return doing("update client", err)
}

// updateByID returns the statement that writes every column of a row whose id
// is the last argument.
func updateByID(table string) string {
	var s strings.Builder
	s.WriteString("UPDATE " + table + " SET ")
	columns := imaged[table]
	for i, c := range columns {
		if i > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, "%s = ?%d", c, i+1)
	}
	fmt.Fprintf(&s, " WHERE id = ?%d", len(columns)+1)
	return s.String()
}

// flush inserts what is left.
func (r *clientRows) flush(ctx context.Context) error {
	for _, b := range []*bulk{r.groups, r.clients, r.contacts} {
		if err := b.flush(ctx); err != nil {
			return fmt.Errorf("insert clients: %w", err)
		}
	}
	return nil
}
