package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Feedbacks = (*DB)(nil)

// feedbackRows selects what stands; scanFeedback reads it.
const feedbackRows = `
	SELECT f.id, f.client_id, COALESCE(c.group_id, 0), f.theme, f.tone, f.words, f.link, f.day, f.by_user, f.at
	FROM feedback f
	LEFT JOIN client c ON c.id = f.client_id
	WHERE f.removed = 0 AND `

func scanFeedback(row scanner) (f storage.Feedback, err error) {
	var at int64
	err = row.Scan(&f.ID, &f.Client, &f.Group, &f.Theme, &f.Tone, &f.Words, &f.Link, &f.Day, &f.By, &at)
	f.At = instant(at)
	return f, err
}

// FeedbackOf fulfils storage.Feedbacks.
func (db *DB) FeedbackOf(ctx context.Context, group analysis.GroupID) ([]storage.Feedback, error) {
	const (
		all     = feedbackRows + `?1 = 0 ORDER BY f.id DESC`
		ofGroup = feedbackRows + `c.group_id = ` + wholeGroup + ` ORDER BY f.id DESC`
	)
	of := ofGroup
	if group == 0 {
		of = all
	}
	rows, err := db.reader().query(ctx, of, int64(group))
	found, err := collect(rows, err, scanFeedback)
	if err == nil {
		found, err = shown(ctx, db.reader(), found, func(f storage.Feedback) analysis.GroupID { return f.Group })
	}
	return found, doing("read feedback", err)
}

// Feedback fulfils storage.Feedbacks.
func (db *DB) Feedback(ctx context.Context, id storage.FeedbackID) (storage.Feedback, error) {
	f, err := scanFeedback(db.reader().row(ctx, feedbackRows+`f.id = ?1`, int64(id)))
	if err == nil {
		var unseen bool
		if unseen, err = db.reader().unseen(ctx, f.Group); unseen {
			f, err = storage.Feedback{}, sql.ErrNoRows
		}
	}
	return f, absent(err, "read feedback", "feedback.gone")
}

// AddFeedback fulfils storage.FeedbackTx.
func (t tx) AddFeedback(ctx context.Context, f storage.Feedback) (storage.FeedbackID, bool, error) {
	const (
		insert = `
			INSERT INTO feedback (client_id, theme, tone, words, link, day, by_user, at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (link) WHERE link <> '' AND removed = 0 DO NOTHING
			RETURNING id`
		there = `SELECT id FROM feedback WHERE link = ?1 AND removed = 0`
	)
	if strings.TrimSpace(f.Words) == "" || f.Client == 0 || f.Tone < storage.Critical || f.Tone > storage.Pleased {
		return 0, false, analysis.Fail(analysis.Invalid, "feedback.form", nil)
	}
	var id storage.FeedbackID
	err := absent(t.row(ctx, insert, int64(f.Client), text(f.Theme), int64(f.Tone), text(f.Words), f.Link, int64(f.Day), f.By, milliseconds(f.At)).Scan(&id),
		"keep feedback", "feedback.gone")
	if analysis.KindOf(err) != analysis.NotFound || err == nil {
		return id, err == nil, err
	}
	if err := t.row(ctx, there, f.Link).Scan(&id); err != nil {
		return 0, false, fmt.Errorf("find feedback: %w", err)
	}
	return id, false, nil
}

// RemoveFeedback fulfils storage.FeedbackTx.
func (t tx) RemoveFeedback(ctx context.Context, id storage.FeedbackID, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE feedback SET removed = ?2 WHERE id = ?1 AND removed = 0`, int64(id), milliseconds(at))
	return doing("take feedback back", err)
}
