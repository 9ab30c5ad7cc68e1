package sqlstore

import (
	"context"
	"crypto/rand"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Audit fulfils storage.AuditTx.
func (t tx) Audit(ctx context.Context, line storage.AuditLine) error {
	const insert = `
		INSERT INTO audit (at, user_id, action, token, channel, request) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (request, action, token) WHERE request <> '' DO NOTHING`
	token, err := t.subjectToken(ctx, line.Client, line.Group)
	if err != nil {
		return fmt.Errorf("name subject: %w", err)
	}
	_, err = t.exec(ctx, insert, milliseconds(line.At), line.User, line.Action, token, line.Channel, line.Request)
	return doing("write audit", err)
}

// subjectToken returns the token that stands for a client, a group or a client
// in a group, making one the first time; the office as a whole has none.
func (t tx) subjectToken(ctx context.Context, client analysis.ClientID, group analysis.GroupID) (string, error) {
	const insert = `
		INSERT INTO subject_token (token, client_id, group_id) VALUES (?1, ?2, ?3)
		ON CONFLICT (client_id, group_id) DO NOTHING`
	const read = `SELECT token FROM subject_token WHERE client_id = ?1 AND group_id = ?2`
	if client == 0 && group == 0 {
		return "", nil
	}
	if _, err := t.exec(ctx, insert, rand.Text(), client, group); err != nil {
		return "", err
	}
	var token string
	err := t.row(ctx, read, client, group).Scan(&token)
	return token, err
}

// AuditOf fulfils storage.AuditTrail. What was written about groups that are
// part of the group by now belongs to it.
func (db *DB) AuditOf(ctx context.Context, group analysis.GroupID, limit int) ([]storage.AuditLine, error) {
	const lines = `
		WITH whole AS (
			SELECT COALESCE(merged_into, id) AS id FROM client_group WHERE id = ?1
		), subject AS (
			SELECT s.token, s.client_id, s.group_id
			FROM subject_token s
			WHERE s.group_id IN (
				SELECT id FROM whole
				UNION ALL
				SELECT g.id FROM client_group g JOIN whole w ON g.merged_into = w.id
			)
			UNION
			SELECT s.token, s.client_id, s.group_id
			FROM subject_token s
			JOIN client c ON c.id = s.client_id
			JOIN whole w ON w.id = c.group_id
		)
		SELECT a.at, a.user_id, a.action, s.client_id, s.group_id, a.channel, a.request
		FROM subject s
		JOIN audit a ON a.token = s.token
		ORDER BY a.at DESC, a.id DESC
		LIMIT ?2`
	rows, err := db.reader().query(ctx, lines, group, limit)
	trail, err := collect(rows, err, func(row scanner) (storage.AuditLine, error) {
		var l storage.AuditLine
		var at int64
		err := row.Scan(&at, &l.User, &l.Action, &l.Client, &l.Group, &l.Channel, &l.Request)
		l.At = instant(at)
		return l, err
	})
	return trail, doing("read audit", err)
}
