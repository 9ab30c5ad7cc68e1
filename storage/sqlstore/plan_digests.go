package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// digestColumns are read by scanDigest, in this order.
const digestColumns = `d.user_id, d.version, d.weekday, d.minute, d.stopped, d.shown, d.at`

func scanDigest(row scanner) (storage.DigestChoice, error) {
	var c storage.DigestChoice
	var stopped, at int64
	err := row.Scan(&c.User, &c.Version, &c.Weekday, &c.Minute, &stopped, &c.Shown, &at)
	c.Stopped, c.At = stopped != 0, instant(at)
	return c, err
}

// Digest fulfils storage.Digests.
func (db *DB) Digest(ctx context.Context, user analysis.UserID) (storage.DigestChoice, error) {
	const one = `SELECT ` + digestColumns + ` FROM digest_choice d WHERE d.user_id = ?1 ORDER BY d.version DESC LIMIT 1`
	c, err := scanDigest(db.reader().row(ctx, one, user))
	return c, absent(err, "read digest choice", "storage.digest.not_found")
}

// Digests fulfils storage.Digests.
func (db *DB) Digests(ctx context.Context) ([]storage.DigestChoice, error) {
	const present = `
		SELECT ` + digestColumns + `
		FROM digest_choice d
		WHERE d.version = (SELECT MAX(v.version) FROM digest_choice v WHERE v.user_id = d.user_id)
		ORDER BY d.user_id`
	rows, err := db.reader().query(ctx, present)
	choices, err := collect(rows, err, scanDigest)
	return choices, doing("read digest choices", err)
}

// ChooseDigest fulfils storage.DigestTx.
func (t tx) ChooseDigest(ctx context.Context, c storage.DigestChoice) error {
	const newest = `SELECT COALESCE(MAX(version), 0) FROM digest_choice WHERE user_id = ?1`
	const add = `
		INSERT INTO digest_choice (user_id, version, weekday, minute, stopped, shown, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (user_id, version) DO NOTHING`
	if c.User == "" || c.Weekday < 1 || c.Weekday > 7 || c.Minute < 0 || c.Minute >= 24*60 || c.Shown < 0 {
		return analysis.Fail(analysis.Invalid, "storage.digest.when", nil)
	}
	var version int
	if err := t.row(ctx, newest, c.User).Scan(&version); err != nil {
		return fmt.Errorf("read version of digest choice: %w", err)
	}
	added := int64(0)
	if version == c.Version {
		n, err := t.exec(ctx, add, c.User, int64(version)+1, c.Weekday, c.Minute, bit(c.Stopped), c.Shown, milliseconds(c.At))
		if err != nil {
			return fmt.Errorf("change digest choice: %w", err)
		}
		added = n
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.digest.changed", nil)
	}
	return nil
}
