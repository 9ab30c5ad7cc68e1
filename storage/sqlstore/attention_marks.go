package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// markColumns are read by scanMark, in this order.
const markColumns = `
	COALESCE(g.merged_into, g.id), k.activity, k.period, k.version, k.state, COALESCE(k.until, -2147483648),
	k.to_manager, k.by_manager, k.by_user, k.reason, k.at`

func scanMark(row scanner) (storage.AttentionMark, error) {
	var m storage.AttentionMark
	var at int64
	err := row.Scan(&m.Group, &m.Activity, &m.Period, &m.Version, &m.State, &m.Until, &m.To, &m.By, &m.User, &m.Reason, &at)
	m.At = instant(at)
	return m, err
}

// newestMark keeps the present version of each mark.
const newestMark = `k.version = (SELECT MAX(v.version) FROM attention_mark v
	WHERE v.group_id = k.group_id AND v.activity = k.activity AND v.period = k.period)`

// Marks fulfils storage.Attention.
func (db *DB) Marks(ctx context.Context, group analysis.GroupID) ([]storage.AttentionMark, error) {
	const ofGroup = `SELECT ` + markColumns + `
		FROM client_group g
		JOIN attention_mark k ON k.group_id = g.id
		WHERE (g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `) AND ` + newestMark
	rows, err := db.reader().query(ctx, ofGroup, group)
	marks, err := collect(rows, err, scanMark)
	analysis.Sort(marks, func(a, b storage.AttentionMark) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Period, a.Period), cmp.Compare(a.Activity, b.Activity), cmp.Compare(b.Version, a.Version))
	})
	return marks, doing("read decisions about attention", err)
}

func (r *attentionReader) readMarks(ctx context.Context) error {
	const present = `SELECT ` + markColumns + `
		FROM attention_mark k
		JOIN client_group g ON g.id = k.group_id
		WHERE k.state <> '' AND k.period >= ?1 AND k.period <= ?2 AND ` + newestMark
	return each(ctx, r.e, present, func(row scanner) error {
		m, err := scanMark(row)
		more := r.of(m.Group)
		more.Marks = append(more.Marks, m.Mark)
		return err
	}, int64(r.asOf)-markDays, int64(r.asOf)+markDays)
}

// Mark fulfils storage.AttentionTx. What was decided about a group before it was
// merged keeps its own versions; the decisions of the whole begin anew.
func (t tx) Mark(ctx context.Context, m storage.AttentionMark) error {
	const newest = `SELECT COALESCE(MAX(version), 0) FROM attention_mark WHERE group_id = ?1 AND activity = ?2 AND period = ?3`
	const add = `
		INSERT INTO attention_mark (group_id, activity, period, version, state, until, to_manager, by_manager, by_user, reason, at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		ON CONFLICT (group_id, activity, period, version) DO NOTHING`
	states := []attention.MarkState{"", attention.Snoozed, attention.NotNeeded, attention.HandedOver}
	if m.Activity == "" || !m.Period.Known() || !slices.Contains(states, m.State) ||
		m.State == attention.Snoozed && !m.Until.Known() || m.State == attention.HandedOver && m.To == 0 {
		return analysis.Fail(analysis.Invalid, "storage.mark.state", nil)
	}
	group, err := t.wholeGroup(ctx, m.Group)
	if err != nil {
		return err
	}
	var version int
	if err := t.row(ctx, newest, group, m.Activity, m.Period).Scan(&version); err != nil {
		return fmt.Errorf("read version of decision: %w", err)
	}
	added := int64(0)
	if version == m.Version {
		until := known(m.State == attention.Snoozed, int64(m.Until))
		added, err = t.exec(ctx, add, group, m.Activity, m.Period, int64(version)+1, m.State, until, m.To, m.By, m.User,
			m.Reason, milliseconds(m.At))
		if err != nil {
			return fmt.Errorf("record decision about attention: %w", err)
		}
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.mark.changed", nil)
	}
	return nil
}

// ownColumns are read by scanOwn, in this order.
const ownColumns = `COALESCE(g.merged_into, g.id), o.version, o.lines, o.reason, o.by_user, o.at`

func scanOwn(row scanner) (storage.OwnLines, error) {
	var o storage.OwnLines
	var at int64
	var lines []byte
	if err := row.Scan(&o.Group, &o.Version, &lines, &o.Reason, &o.By, &at); err != nil {
		return o, err
	}
	o.At, o.Own, o.Until = instant(at), len(lines) > 0, analysis.NoDay
	if !o.Own {
		return o, nil
	}
	var err error
	if lines[0] == '[' {
		err = json.Unmarshal(lines, &o.Lines)
	} else {
		kept := keptLines{Until: analysis.NoDay}
		err = json.Unmarshal(lines, &kept)
		o.Until, o.Lines = kept.Until, kept.Lines
	}
	if err != nil {
		return o, fmt.Errorf("read own lines: %w", err)
	}
	return o, nil
}

// keptLines is how an exception is kept that ends some day; any other is the
// lines alone.
type keptLines struct {
	Until analysis.Day     `json:"until"`
	Lines []attention.Line `json:"lines"`
}

// OwnHistory fulfils storage.Attention.
func (db *DB) OwnHistory(ctx context.Context, group analysis.GroupID) ([]storage.OwnLines, error) {
	const all = `SELECT ` + ownColumns + `
		FROM client_group g
		JOIN attention_own o ON o.group_id = g.id
		WHERE g.id = ` + wholeGroup + `
		ORDER BY o.version DESC`
	rows, err := db.reader().query(ctx, all, group)
	versions, err := collect(rows, err, scanOwn)
	return versions, doing("read versions of own lines", err)
}

// newestOwn keeps the present version of each exception.
const newestOwn = `o.version = (SELECT MAX(v.version) FROM attention_own v WHERE v.group_id = o.group_id)`

// OwnLines fulfils storage.Attention. The whole group's own exception goes
// before that of a group that became part of it.
func (db *DB) OwnLines(ctx context.Context, group analysis.GroupID) (storage.OwnLines, error) {
	const one = `SELECT ` + ownColumns + `
		FROM client_group g
		JOIN attention_own o ON o.group_id = g.id
		WHERE (g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `) AND ` + newestOwn + `
		ORDER BY CASE WHEN g.merged_into IS NULL THEN 0 ELSE 1 END, g.id
		LIMIT 1`
	o, err := scanOwn(db.reader().row(ctx, one, group))
	return o, absent(err, "read own lines", "storage.own_lines.not_found")
}

// AllOwnLines fulfils storage.Attention.
func (db *DB) AllOwnLines(ctx context.Context) ([]storage.OwnLines, error) {
	all, err := db.reader().ownLines(ctx, math.MaxInt64)
	return slices.DeleteFunc(all, func(o storage.OwnLines) bool { return !o.Own }), doing("read own lines", err)
}

// ownLines returns the exception of every group as it stood before a moment, in
// milliseconds, by group.
func (e executor) ownLines(ctx context.Context, before int64) ([]storage.OwnLines, error) {
	const every = `SELECT ` + ownColumns + `
		FROM attention_own o
		JOIN client_group g ON g.id = o.group_id
		WHERE o.version = (SELECT MAX(v.version) FROM attention_own v WHERE v.group_id = o.group_id AND v.at < ?1)
		ORDER BY COALESCE(g.merged_into, g.id), CASE WHEN g.merged_into IS NULL THEN 0 ELSE 1 END, g.id`
	rows, err := e.query(ctx, every, before)
	all, err := collect(rows, err, scanOwn)
	return slices.CompactFunc(all, func(a, b storage.OwnLines) bool { return a.Group == b.Group }), err
}

// readOwn reads the exceptions as they stood on the day: what somebody decides
// today changes no quarter that is over.
func (r *attentionReader) readOwn(ctx context.Context) error {
	all, err := r.e.ownLines(ctx, milliseconds((r.asOf + 1).Time()))
	for _, o := range all {
		if o.Holds(r.asOf) {
			more := r.of(o.Group)
			more.HasOwn, more.Own = true, o.Lines
		}
	}
	return err
}

// SetOwnLines fulfils storage.AttentionTx.
func (t tx) SetOwnLines(ctx context.Context, o storage.OwnLines) error {
	const newest = `SELECT COALESCE(MAX(version), 0) FROM attention_own WHERE group_id = ?1`
	const add = `
		INSERT INTO attention_own (group_id, version, lines, reason, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (group_id, version) DO NOTHING`
	if err := attention.CheckOwn(o.Lines); err != nil {
		return err
	}
	group, err := t.wholeGroup(ctx, o.Group)
	if err != nil {
		return err
	}
	lines := ""
	if o.Own {
		var kept any = append([]attention.Line{}, o.Lines...) // no lines are [], not null
		if o.Until > 0 {
			kept = keptLines{o.Until, append([]attention.Line{}, o.Lines...)}
		}
		b, err := json.Marshal(kept)
		if err != nil {
			return fmt.Errorf("write own lines: %w", err)
		}
		lines = string(b)
	}
	var version int
	if err := t.row(ctx, newest, group).Scan(&version); err != nil {
		return fmt.Errorf("read version of own lines: %w", err)
	}
	added := int64(0)
	if version == o.Version {
		if added, err = t.exec(ctx, add, group, int64(version)+1, lines, o.Reason, o.By, milliseconds(o.At)); err != nil {
			return fmt.Errorf("record own lines: %w", err)
		}
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.own_lines.changed", nil)
	}
	return nil
}
