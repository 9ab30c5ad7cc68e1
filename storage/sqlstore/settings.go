package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// settingColumns are read by scanSetting, in this order.
const settingColumns = `s.key, s.version, s.value, s.by_user, s.at`

func scanSetting(row scanner) (storage.Setting, error) {
	var s storage.Setting
	var at int64
	err := row.Scan(&s.Key, &s.Version, &s.Value, &s.By, &at)
	s.At = instant(at)
	return s, err
}

// Setting fulfils storage.Settings.
func (db *DB) Setting(ctx context.Context, key string) (storage.Setting, error) {
	const present = `SELECT ` + settingColumns + ` FROM setting s WHERE s.key = ?1 ORDER BY s.version DESC LIMIT 1`
	s, err := scanSetting(db.reader().row(ctx, present, key))
	return s, absent(err, "read setting", "storage.setting.not_found")
}

// Settings fulfils storage.Settings.
func (db *DB) Settings(ctx context.Context, prefix string) ([]storage.Setting, error) {
	const present = `
		SELECT ` + settingColumns + `
		FROM setting s
		WHERE SUBSTR(s.key, 1, LENGTH(CAST(?1 AS TEXT))) = ?1
		AND s.version = (SELECT MAX(v.version) FROM setting v WHERE v.key = s.key)
		ORDER BY s.key`
	rows, err := db.reader().query(ctx, present, prefix)
	settings, err := collect(rows, err, scanSetting)
	return settings, doing("read settings", err)
}

// SettingHistory fulfils storage.Settings.
func (db *DB) SettingHistory(ctx context.Context, key string) ([]storage.Setting, error) {
	const versions = `SELECT ` + settingColumns + ` FROM setting s WHERE s.key = ?1 ORDER BY s.version DESC`
	rows, err := db.reader().query(ctx, versions, key)
	settings, err := collect(rows, err, scanSetting)
	return settings, doing("read versions of setting", err)
}

// Set fulfils storage.SettingTx. Of two at once on PostgreSQL the second waits
// for the first, whose version it then can not add again.
func (t tx) Set(ctx context.Context, s storage.Setting) error {
	const newest = `SELECT COALESCE(MAX(version), 0) FROM setting WHERE key = ?1`
	const add = `
		INSERT INTO setting (key, version, value, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (key, version) DO NOTHING`
	var version int
	if err := t.row(ctx, newest, s.Key).Scan(&version); err != nil {
		return fmt.Errorf("read version of setting: %w", err)
	}
	added := int64(0)
	if version == s.Version {
		value := append([]byte{}, s.Value...) // nil would be NULL
		n, err := t.exec(ctx, add, s.Key, int64(version)+1, value, s.By, milliseconds(s.At))
		if err != nil {
			return fmt.Errorf("change setting: %w", err)
		}
		added = n
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.setting.changed", nil)
	}
	return nil
}
