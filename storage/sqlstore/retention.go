package sqlstore

import (
	"context"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

var _ storage.Retention = (*DB)(nil)

// aged is how a kind is counted and taken out: which rows are of before day ?1, as
// instant ?2, and what becomes of ?3 of them. Both arguments are in every condition.
type aged struct{ count, expire string }

const (
	oldNotes = `(note <> '' OR next_step <> '') AND day < ?1 AND CAST(?2 AS BIGINT) = CAST(?2 AS BIGINT)`
	oldWords = `
		FROM survey_comment c
		JOIN survey_response r ON r.id = c.response_id
		JOIN survey_wave w ON w.id = r.wave_id
		WHERE w.disclosure = 'op naam' AND COALESCE(r.day, w.day) < ?1 AND CAST(?2 AS BIGINT) = CAST(?2 AS BIGINT)`
	oldSaid  = `day < ?1 AND CAST(?2 AS BIGINT) = CAST(?2 AS BIGINT)`
	oldTalks = `
		FROM session s
		WHERE (s.status = 'gestopt' OR s.phase = 'uitkomst') AND s.goal <> '[…]' AND s.last < ?2 AND CAST(?1 AS BIGINT) = CAST(?1 AS BIGINT)
			AND NOT EXISTS (SELECT 1 FROM session_action a WHERE a.session_id = s.id AND a.state NOT IN ('gedaan', 'vervallen'))`
	oldRemarks = `at < ?2 AND CAST(?1 AS BIGINT) = CAST(?1 AS BIGINT)`
)

var agedKinds = map[storage.Retained]aged{
	storage.RetainNotes: {`SELECT COUNT(*) FROM touch WHERE ` + oldNotes,
		`UPDATE touch SET note = '', next_step = '' WHERE id IN (SELECT t.id FROM touch t WHERE ` + oldNotes + ` ORDER BY t.id LIMIT ?3)`},
	storage.RetainAnswers: {`SELECT COUNT(*) ` + oldWords,
		`DELETE FROM survey_comment WHERE (response_id, place) IN (SELECT c.response_id, c.place ` + oldWords + ` ORDER BY c.response_id, c.place LIMIT ?3)`},
	storage.RetainFeedback: {`SELECT COUNT(*) FROM feedback WHERE ` + oldSaid,
		`DELETE FROM feedback WHERE id IN (SELECT f.id FROM feedback f WHERE ` + oldSaid + ` ORDER BY f.id LIMIT ?3)`},
	storage.RetainRemarks: {`SELECT COUNT(*) FROM remark WHERE ` + oldRemarks,
		`DELETE FROM remark WHERE id IN (SELECT r.id FROM remark r WHERE ` + oldRemarks + ` ORDER BY r.id LIMIT ?3)`},
	storage.RetainSessions: {`SELECT COUNT(*) ` + oldTalks, ""}, // by events: expireTalks
}

// Older fulfils storage.Retention.
func (db *DB) Older(ctx context.Context, kind storage.Retained, day analysis.Day) (int, error) {
	of, ok := agedKinds[kind]
	if !ok {
		return 0, analysis.Fail(analysis.Invalid, "retention.kind", analysis.Args{"kind": string(kind)})
	}
	var n int
	err := db.reader().row(ctx, of.count, int64(day), day.Time().UnixMilli()).Scan(&n)
	return n, doing("count what is old", err)
}

// Expire fulfils storage.RetentionTx.
func (t tx) Expire(ctx context.Context, kind storage.Retained, day analysis.Day, limit int) (int, error) {
	of, ok := agedKinds[kind]
	if !ok {
		return 0, analysis.Fail(analysis.Invalid, "retention.kind", analysis.Args{"kind": string(kind)})
	}
	if kind == storage.RetainSessions {
		n, err := t.expireTalks(ctx, day, limit)
		return n, doing("take the words out of old discussions", err)
	}
	n, err := t.exec(ctx, of.expire, int64(day), day.Time().UnixMilli(), limit)
	return int(n), doing("take out what is old", err)
}

// expireTalks takes the words out of at most limit discussions that are over since
// before day.
func (t tx) expireTalks(ctx context.Context, day analysis.Day, limit int) (int, error) {
	rows, err := t.query(ctx, `SELECT s.id `+oldTalks+` ORDER BY s.id LIMIT ?3`, int64(day), day.Time().UnixMilli(), limit)
	ids, err := collect(rows, err, scanNumber[session.ID])
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if _, err := t.eraseSession(ctx, id, session.Erasure{Words: true}); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}
