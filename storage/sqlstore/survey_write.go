package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// FixWave fulfils storage.SurveyTx. Waves get their ids while the office is
// locked, as imports do.
func (t tx) FixWave(ctx context.Context, w survey.Wave, by analysis.UserID, at time.Time) error {
	const (
		find = `SELECT disclosure FROM survey_wave WHERE name = ?1 AND audience = ?2`
	)
	w.Name = waveName(w.Name)
	known := slices.Contains(analysis.Audiences(), w.Audience) && (w.Disclosure == analysis.Anonymous || w.Disclosure == analysis.ByName)
	if w.Name == "" || !known {
		return analysis.Fail(analysis.Invalid, "survey.wave_form", nil)
	}
	if w.Audience == analysis.AskedEmployees && w.Disclosure == analysis.ByName {
		return analysis.Fail(analysis.Invalid, "survey.employees_anonymous", nil)
	}
	if _, err := lockOffice(ctx, t.executor); err != nil {
		return err
	}
	var fixed analysis.Disclosure
	err := absent(t.row(ctx, find, w.Name, w.Audience).Scan(&fixed), "read wave", "survey.wave_missing")
	switch {
	case err == nil && fixed == w.Disclosure:
		return nil
	case err == nil:
		return analysis.Fail(analysis.Invalid, "survey.disclosure_fixed", analysis.Args{"wave": w.Name})
	case analysis.KindOf(err) != analysis.NotFound:
		return err
	}
	ids, err := newIDs(ctx, t.executor, "survey_wave")
	if err != nil {
		return err
	}
	if !w.Day.Known() || w.Day == 0 {
		w.Day = analysis.DayOf(at.UTC())
	}
	if _, err := insertWave(ctx, t.executor, w, ids.next(), by, milliseconds(at), 0); err != nil {
		return err
	}
	return ids.keep(ctx, t.executor)
}

// RecordShown fulfils storage.SurveyTx. The row of the wave is locked, on
// PostgreSQL, so that of two reports one is recorded first.
func (t tx) RecordShown(ctx context.Context, wave analysis.WaveID, seen int, cells []survey.Cell, at time.Time) (bool, error) {
	const (
		lock   = `SELECT id FROM survey_wave WHERE id = ?1 FOR UPDATE`
		count  = `SELECT COUNT(*) FROM survey_shown WHERE wave_id = ?1`
		same   = `SELECT COUNT(*) FROM survey_shown WHERE wave_id = ?1 AND figure = ?2 AND part = ?3 AND persons = ?4`
		insert = `INSERT INTO survey_shown (wave_id, figure, part, persons, at) VALUES (?1, ?2, ?3, ?4, ?5)`
	)
	var id, n int
	if err := t.row(ctx, lock, int64(wave)).Scan(&id); err != nil {
		return false, absent(err, "lock wave", "survey.wave_missing")
	}
	if err := t.row(ctx, count, int64(wave)).Scan(&n); err != nil {
		return false, fmt.Errorf("count what was shown: %w", err)
	}
	if n != seen {
		return false, nil
	}
	for _, c := range cells {
		persons, err := json.Marshal(c.Persons)
		if err != nil {
			return false, fmt.Errorf("write persons: %w", err)
		}
		if err := t.row(ctx, same, int64(wave), c.Figure, c.Group, string(persons)).Scan(&n); err != nil {
			return false, fmt.Errorf("look for what was shown: %w", err)
		}
		if n > 0 {
			continue
		}
		if _, err := t.exec(ctx, insert, int64(wave), c.Figure, c.Group, string(persons), milliseconds(at)); err != nil {
			return false, fmt.Errorf("record what is shown: %w", err)
		}
	}
	return true, nil
}
