package sqlstore

import "context"

// KeepFile fulfils storage.Files.
func (db *DB) KeepFile(ctx context.Context, id int64, file string) error {
	const keep = `INSERT INTO ledger_file (file, ledger_id) VALUES (?1, ?2) ON CONFLICT (file) DO NOTHING`
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, keep, file, id)
		return doing("remember a file", err)
	})
}

// UnwantedFiles fulfils storage.Files.
func (db *DB) UnwantedFiles(ctx context.Context, limit int) ([]string, error) {
	const unwanted = `
		SELECT f.file FROM ledger_file f
		LEFT JOIN ledger l ON l.id = f.ledger_id
		WHERE f.refused = '' AND (l.id IS NULL OR l.stubbed <> 0)
		ORDER BY f.ledger_id, f.file
		LIMIT ?1`
	rows, err := db.reader().query(ctx, unwanted, limit)
	files, err := collect(rows, err, func(row scanner) (file string, err error) { return file, row.Scan(&file) })
	return files, doing("read files that are to go", err)
}

// FileGone fulfils storage.Files.
func (db *DB) FileGone(ctx context.Context, file string) error {
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, `DELETE FROM ledger_file WHERE file = ?1`, file)
		return doing("forget a file", err)
	})
}

// FileRefused fulfils storage.Files.
func (db *DB) FileRefused(ctx context.Context, file, code string) error {
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, `UPDATE ledger_file SET refused = ?2 WHERE file = ?1`, file, code)
		return doing("record that a file stays", err)
	})
}
