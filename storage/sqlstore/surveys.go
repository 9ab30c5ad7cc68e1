package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/storage"
)

var _ storage.Surveys = (*DB)(nil)

// Waves fulfils storage.Surveys.
func (db *DB) Waves(ctx context.Context) ([]survey.Wave, error) {
	const all = `
		SELECT id, name, audience, disclosure, scale, held, n FROM (
			SELECT w.id, w.name, w.audience, w.disclosure, w.scale, COALESCE(MAX(r.day), w.day) AS held, COUNT(r.id) AS n
			FROM survey_wave w
			LEFT JOIN survey_response r ON r.wave_id = w.id
			GROUP BY w.id, w.name, w.audience, w.disclosure, w.scale, w.day) held
		ORDER BY held, id`
	rows, err := db.reader().query(ctx, all)
	waves, err := collect(rows, err, func(row scanner) (w survey.Wave, err error) {
		return w, row.Scan(&w.ID, &w.Name, &w.Audience, &w.Disclosure, &w.Scale, &w.Day, &w.Responses)
	})
	return waves, doing("read waves", err)
}

// Responses fulfils storage.Surveys.
func (db *DB) Responses(ctx context.Context, wave analysis.WaveID) ([]survey.Response, error) {
	return db.responses(ctx, false, `r.wave_id = ?1`, int64(wave))
}

// NamedResponses fulfils storage.Surveys.
func (db *DB) NamedResponses(ctx context.Context, group analysis.GroupID) ([]survey.Response, error) {
	if group == 0 {
		return db.responses(ctx, true, `r.client_id <> 0 AND ?1 = 0`, int64(0))
	}
	return db.responses(ctx, true, `r.client_id IN (SELECT id FROM client WHERE group_id = `+wholeGroup+`)`, int64(group))
}

// responses reads the responses that a condition on r, with one argument, holds
// for: three queries however many there are. Those of people who object to profiling
// are not among them where they are read to say something of who gave them (named),
// and else are of nobody, without words.
func (db *DB) responses(ctx context.Context, named bool, where string, arg int64) ([]survey.Response, error) {
	e := db.reader()
	of := `
		SELECT r.id, r.wave_id, COALESCE(r.day, -2147483648), r.client_id, r.contact_id, COALESCE(c.group_id, 0), r.market,
			COALESCE(r.nps, -1), COALESCE(r.grade, -1), r.understanding, r.wants_contact, r.words
		FROM survey_response r
		LEFT JOIN client c ON c.id = r.client_id
		WHERE ` + where + `
		ORDER BY r.id`
	rows, err := e.query(ctx, of, arg)
	all, err := collect(rows, err, func(row scanner) (r survey.Response, err error) {
		var words []byte
		var wants int64
		err = row.Scan(&r.ID, &r.Wave, &r.Day, &r.Client, &r.Contact, &r.Group, &r.Market, &r.NPS, &r.Grade, &r.Understanding, &wants, &words)
		if err != nil {
			return r, err
		}
		r.ContactWanted = wants != 0
		return r, json.Unmarshal(words, &r.Words)
	})
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	objecting, err := e.objectors(ctx)
	if err != nil {
		return nil, err
	}
	if named {
		all = slices.DeleteFunc(all, objecting.objects)
	}
	var wordless []int
	for i, r := range all {
		if objecting.objects(r) {
			wordless = append(wordless, i)
			all[i].Client, all[i].Contact, all[i].Group, all[i].ContactWanted = 0, 0, 0, false
		}
	}
	if all, err = e.unattributed(ctx, all); err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	at := make(map[analysis.ResponseID]*survey.Response, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	err = db.addAnswers(ctx, e, at, where, arg)
	for _, i := range wordless {
		all[i].Comments = nil
	}
	return all, err
}

// unattributed takes who they are out of answers of clients that ctx does not show:
// they count, as they do for everybody, and are nobody's.
func (e executor) unattributed(ctx context.Context, all []survey.Response) ([]survey.Response, error) {
	hidden, err := e.hidden(ctx)
	if err != nil || len(hidden) == 0 {
		return all, err
	}
	for i, r := range all {
		if hidden[r.Group] {
			all[i].Client, all[i].Contact, all[i].Group, all[i].ContactWanted = 0, 0, 0, false
		}
	}
	return all, nil
}

// addAnswers adds the scores and the comments to the answers at their ids.
func (db *DB) addAnswers(ctx context.Context, e executor, at map[analysis.ResponseID]*survey.Response, where string, arg int64) error {
	scores := `
		SELECT s.response_id, s.kind, s.name, COALESCE(s.importance, -1), COALESCE(s.performance, -1)
		FROM survey_response r
		JOIN survey_score s ON s.response_id = r.id
		WHERE ` + where + `
		ORDER BY s.response_id, s.kind, s.name`
	err := each(ctx, e, scores, func(row scanner) error {
		var id analysis.ResponseID
		var s analysis.SurveyScore
		err := row.Scan(&id, &s.Kind, &s.Name, &s.Importance, &s.Performance)
		if r := at[id]; r != nil {
			r.Scores = append(r.Scores, s)
		}
		return err
	}, arg)
	if err != nil {
		return fmt.Errorf("read scores: %w", err)
	}
	comments := `
		SELECT s.response_id, s.question, s.words
		FROM survey_response r
		JOIN survey_comment s ON s.response_id = r.id
		WHERE ` + where + `
		ORDER BY s.response_id, s.place`
	err = each(ctx, e, comments, func(row scanner) error {
		var id analysis.ResponseID
		var c analysis.SurveyComment
		err := row.Scan(&id, &c.Question, &c.Text)
		if r := at[id]; r != nil {
			r.Comments = append(r.Comments, c)
		}
		return err
	}, arg)
	return doing("read comments", err)
}

// ShownCells fulfils storage.Surveys.
func (db *DB) ShownCells(ctx context.Context, wave analysis.WaveID) ([]survey.Cell, error) {
	const of = `SELECT figure, part, persons FROM survey_shown WHERE wave_id = ?1 ORDER BY id`
	rows, err := db.reader().query(ctx, of, int64(wave))
	cells, err := collect(rows, err, func(row scanner) (c survey.Cell, err error) {
		var persons []byte
		if err := row.Scan(&c.Figure, &c.Group, &persons); err != nil {
			return c, err
		}
		return c, json.Unmarshal(persons, &c.Persons)
	})
	return cells, doing("read what was shown", err)
}

// RefusedRows fulfils storage.Surveys.
func (db *DB) RefusedRows(ctx context.Context, waves []analysis.WaveID) (int, error) {
	const of = `
		SELECT CAST(COALESCE(SUM(i.refused), 0) AS BIGINT) FROM import i
		WHERE i.id IN (SELECT r.import_id FROM survey_response r WHERE r.wave_id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1)))`
	ids, err := json.Marshal(append([]analysis.WaveID{}, waves...))
	if err != nil {
		return 0, fmt.Errorf("write waves: %w", err)
	}
	var n int
	err = db.reader().row(ctx, of, string(ids)).Scan(&n)
	return n, doing("count refused answers", err)
}
