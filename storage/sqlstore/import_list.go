package sqlstore

import (
	"context"
	"fmt"

	"klantbot/storage"
)

// ListImports returns the newest imports first.
func (db *DB) ListImports(ctx context.Context, limit int) ([]storage.ImportRecord, error) {
	const newest = `SELECT id, kind, file, by_user, at, added, changed, removed, undone_at
		FROM import ORDER BY id DESC LIMIT ?1`
	rows, err := db.reader().query(ctx, newest, limit)
	all, err := collect(rows, err, func(row scanner) (storage.ImportRecord, error) {
		var r storage.ImportRecord
		var at, undone int64
		err := row.Scan(&r.ID, &r.Kind, &r.File, &r.By, &at, &r.Added, &r.Changed, &r.Removed, &undone)
		r.At, r.Undone = instant(at), undone != 0
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	return all, nil
}
