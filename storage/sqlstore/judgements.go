package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"klantbot/analysis"
)

// judged is a judgement with its place in the order of writing.
type judged struct {
	analysis.Judgement
	id int64
}

// judgementColumns are read by judgedScan, in this order. A judgement is about
// the group that its group is part of by now.
const judgementColumns = `COALESCE(g.merged_into, g.id), j.criterion, j.value, j.by_user, j.at, j.id`

// judgedScan reads judgements without an allocation for each: there are few
// criteria and few people, and database/sql makes one for each of our own types.
type judgedScan struct {
	group, at     int64
	criterion, by sql.RawBytes
	words         map[string]string
}

func (s *judgedScan) read(row scanner) (j judged, err error) {
	err = row.Scan(&s.group, &s.criterion, &j.Value, &s.by, &s.at, &j.id)
	j.Group, j.At = analysis.GroupID(s.group), instant(s.at)
	j.Criterion, j.By = s.word(s.criterion), analysis.UserID(s.word(s.by))
	return j, err
}

// word is b as a string that all who say the same share.
func (s *judgedScan) word(b []byte) string {
	w, ok := s.words[string(b)]
	if !ok {
		w = string(b)
		s.words[w] = w
	}
	return w
}

func newJudgedScan() *judgedScan { return &judgedScan{words: map[string]string{}} }

// Judgements fulfils storage.Judgements.
func (db *DB) Judgements(ctx context.Context, id analysis.GroupID) ([]analysis.Judgement, error) {
	all, err := db.everJudged(ctx, id)
	return presentJudgements(all), err
}

// JudgementHistory fulfils storage.Judgements.
func (db *DB) JudgementHistory(ctx context.Context, id analysis.GroupID) ([]analysis.Judgement, error) {
	all, err := db.everJudged(ctx, id)
	history := make([]analysis.Judgement, len(all))
	for i, j := range all {
		history[i] = j.Judgement
	}
	return history, err
}

// everJudged returns all judgements of one group in the order of writing.
func (db *DB) everJudged(ctx context.Context, id analysis.GroupID) ([]judged, error) {
	const ofGroup = `
		SELECT ` + judgementColumns + `
		FROM client_group g
		JOIN judgement j ON j.group_id = g.id
		WHERE g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `
		ORDER BY j.id`
	rows, err := db.reader().query(ctx, ofGroup, id)
	all, err := collect(rows, err, newJudgedScan().read)
	return all, doing("read judgements", err)
}

// AllJudgements fulfils storage.Judgements.
func (db *DB) AllJudgements(ctx context.Context) ([]analysis.Judgement, error) {
	return db.reader().judgements(ctx)
}

// judgements returns the present judgements of every group. SQLite walks the
// index for this order and then hands them over as presentJudgements wants them.
func (e executor) judgements(ctx context.Context) ([]analysis.Judgement, error) {
	const every = `SELECT ` + judgementColumns + ` FROM judgement j JOIN client_group g ON g.id = j.group_id ORDER BY j.group_id`
	rows, err := e.query(ctx, every)
	all, err := collect(rows, err, newJudgedScan().read)
	return presentJudgements(all), doing("read judgements", err)
}

// presentJudgements returns the last of each group and criterion, by both,
// without those that were taken back.
func presentJudgements(all []judged) []analysis.Judgement {
	order := func(a, b judged) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Criterion, b.Criterion), cmp.Compare(a.id, b.id))
	}
	if !slices.IsSortedFunc(all, order) {
		analysis.Sort(all, order)
	}
	present := make([]analysis.Judgement, 0, len(all))
	for i, j := range all {
		if i+1 < len(all) && all[i+1].Group == j.Group && all[i+1].Criterion == j.Criterion {
			continue // a later one follows
		}
		if j.Value != analysis.TakenBack {
			present = append(present, j.Judgement)
		}
	}
	return present
}

// Judge fulfils storage.JudgementTx.
func (t tx) Judge(ctx context.Context, j analysis.Judgement) error {
	const insert = `INSERT INTO judgement (group_id, criterion, value, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5)`
	if (j.Value < 0 || j.Value > 4) && j.Value != analysis.TakenBack && j.Value != analysis.DontKnow {
		return analysis.Fail(analysis.Invalid, "storage.judgement.value", nil)
	}
	group, err := t.wholeGroup(ctx, j.Group)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, insert, group, j.Criterion, int64(j.Value), j.By, milliseconds(j.At)); err != nil {
		return fmt.Errorf("record judgement: %w", err)
	}
	return nil
}

// wholeGroup returns the group that id is part of by now, or an
// analysis.NotFound error.
func (t tx) wholeGroup(ctx context.Context, id analysis.GroupID) (analysis.GroupID, error) {
	const whole = `SELECT COALESCE(merged_into, id) FROM client_group WHERE id = ?1`
	var group analysis.GroupID
	err := t.row(ctx, whole, id).Scan(&group)
	return group, absent(err, "read group", "storage.group.not_found")
}
