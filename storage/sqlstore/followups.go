package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.FollowUps = (*DB)(nil)

// followUpColumns are read by scanFollowUp, in this order.
const followUpColumns = `f.response_id, f.kind, f.version, f.owner_id, f.state, f.note, f.by_user, f.at`

func scanFollowUp(row scanner) (f storage.FollowUp, err error) {
	var at int64
	err = row.Scan(&f.Response, &f.Kind, &f.Version, &f.Owner, &f.State, &f.Note, &f.By, &at)
	f.At = instant(at)
	return f, err
}

// FollowUps fulfils storage.FollowUps.
func (db *DB) FollowUps(ctx context.Context) ([]storage.FollowUp, error) {
	const newest = `
		SELECT ` + followUpColumns + `
		FROM survey_followup f
		WHERE f.version = (SELECT MAX(v.version) FROM survey_followup v WHERE v.response_id = f.response_id AND v.kind = f.kind)
		ORDER BY f.response_id, f.kind`
	rows, err := db.reader().query(ctx, newest)
	all, err := collect(rows, err, scanFollowUp)
	return all, doing("read follow-ups", err)
}

// FollowUpHistory fulfils storage.FollowUps.
func (db *DB) FollowUpHistory(ctx context.Context, response analysis.ResponseID, kind storage.FollowUpKind) ([]storage.FollowUp, error) {
	const of = `SELECT ` + followUpColumns + ` FROM survey_followup f WHERE f.response_id = ?1 AND f.kind = ?2 ORDER BY f.version DESC`
	rows, err := db.reader().query(ctx, of, int64(response), kind)
	all, err := collect(rows, err, scanFollowUp)
	return all, doing("read the versions of a follow-up", err)
}

// SaveFollowUp fulfils storage.FollowUpTx.
func (t tx) SaveFollowUp(ctx context.Context, f storage.FollowUp) error {
	const (
		find = `
			SELECT COUNT(*) FROM survey_response r
			JOIN survey_wave w ON w.id = r.wave_id
			WHERE r.id = ?1 AND w.disclosure = ?2`
		newest = `SELECT COALESCE(MAX(version), 0) FROM survey_followup WHERE response_id = ?1 AND kind = ?2`
		insert = `
			INSERT INTO survey_followup (response_id, kind, version, owner_id, state, note, by_user, at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (response_id, kind, version) DO NOTHING`
	)
	kinds := []storage.FollowUpKind{storage.Ambassador, storage.Winback, storage.Lead}
	states := []storage.FollowUpState{storage.FollowUpOpen, storage.FollowUpDone, storage.FollowUpDropped, storage.FollowUpFree}
	if (f.Owner == 0) != (f.State == storage.FollowUpFree) || !slices.Contains(kinds, f.Kind) || !slices.Contains(states, f.State) {
		return analysis.Fail(analysis.Invalid, "survey.followup_form", nil)
	}
	var n, version int
	if err := t.row(ctx, find, int64(f.Response), analysis.ByName).Scan(&n); err != nil {
		return fmt.Errorf("look for answer: %w", err)
	}
	if n == 0 {
		return analysis.Fail(analysis.NotFound, "survey.response_missing", nil)
	}
	if err := t.row(ctx, newest, int64(f.Response), f.Kind).Scan(&version); err != nil {
		return fmt.Errorf("read version of follow-up: %w", err)
	}
	added := int64(0)
	if version == f.Version {
		var err error
		added, err = t.exec(ctx, insert, int64(f.Response), f.Kind, version+1, int64(f.Owner), f.State, f.Note, f.By, milliseconds(f.At))
		if err != nil {
			return fmt.Errorf("record follow-up: %w", err)
		}
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "survey.followup_changed", nil)
	}
	return nil
}
