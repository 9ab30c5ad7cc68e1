package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// makeRoom takes the names out of the way that contact persons are about to get
// back. A file may give the name of one to another, or to somebody new: without
// this a name would be there twice for a moment, which no client can have.
func (u *undoing) makeRoom(ctx context.Context) error {
	const (
		imaged  = `SELECT row_key FROM before_image WHERE import_id = ?1 AND table_name = 'contact'`
		created = `DELETE FROM contact WHERE import_id = ?1 AND CAST(id AS TEXT) NOT IN (` + imaged + `)`
		aside   = `UPDATE contact SET name = ?2 || CAST(id AS TEXT) WHERE import_id = ?1 AND CAST(id AS TEXT) IN (` + imaged + `)`
		unlike  = "\n\t" // as no name begins
	)
	n, err := u.e.exec(ctx, created, u.id)
	if err != nil {
		return fmt.Errorf("delete contacts that the import created: %w", err)
	}
	u.rows += int(n)
	_, err = u.e.exec(ctx, aside, u.id, unlike)
	return doing("set contact names aside", err)
}

// nameFree refuses to give contact person id back a name, the second of values,
// that a later import gave to somebody else at the same client.
func (u *undoing) nameFree(ctx context.Context, id int64, values []any) error {
	const taken = `SELECT import_id FROM contact WHERE client_id = ?1 AND name = ?2 AND id <> ?3`
	var by int64
	err := u.e.row(ctx, taken, values[0], values[1], id).Scan(&by)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for contact name: %w", err)
	}
	return u.touched(by)
}
