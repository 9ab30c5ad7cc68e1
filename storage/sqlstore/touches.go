package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// touchColumns are read by scanTouch, in this order. A moment is of the group
// that its group is part of by now.
const touchColumns = `
	t.touch_id, t.version, COALESCE(g.merged_into, t.group_id), t.client_id, t.contact_id, t.kind, t.day, t.by_user,
	t.manager_id, t.note, t.next_step, COALESCE(t.next_day, -2147483648), t.source, t.link, t.asked, t.removed, t.author, t.at`

// touchInto is where scanTouch puts them; finish completes t.
func touchInto(t *analysis.Touch) (into []any, finish func()) {
	var at, removed int64
	into = []any{&t.ID, &t.Version, &t.Group, &t.Client, &t.Contact, &t.Kind, &t.Day, &t.By,
		&t.Manager, &t.Note, &t.Next, &t.NextDay, &t.Source, &t.Link, &t.Asked, &removed, &t.Author, &at}
	return into, func() { t.Removed, t.At = removed != 0, instant(at) }
}

func scanTouch(row scanner) (analysis.Touch, error) {
	var t analysis.Touch
	into, finish := touchInto(&t)
	err := row.Scan(into...)
	finish()
	return t, err
}

func groupOfTouch(t analysis.Touch) analysis.GroupID { return t.Group }

// Touches fulfils storage.Touches.
func (db *DB) Touches(ctx context.Context, group analysis.GroupID, offset, limit int) ([]analysis.Touch, int, error) {
	const ofGroup = `
		FROM client_group g
		JOIN touch t ON t.group_id = g.id
		WHERE (g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `) AND t.newest = 1 AND t.removed = 0`
	const count = `SELECT COUNT(*)` + ofGroup
	const page = `SELECT ` + touchColumns + ofGroup + ` ORDER BY t.day DESC, t.touch_id DESC LIMIT ?2 OFFSET ?3`
	var touches []analysis.Touch
	var all int
	err := db.snapshot(ctx, func(e executor) error {
		if err := e.row(ctx, count, group).Scan(&all); err != nil {
			return err
		}
		unseen, err := e.unseen(ctx, group)
		if unseen || err != nil {
			all = 0
			return err
		}
		rows, err := e.query(ctx, page, group, limit, offset)
		touches, err = collect(rows, err, scanTouch)
		return err
	})
	return touches, all, doing("read moments", err)
}

// Touch fulfils storage.Touches.
func (db *DB) Touch(ctx context.Context, id analysis.TouchID) (analysis.Touch, error) {
	const one = `SELECT ` + touchColumns + `
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		WHERE t.touch_id = ?1 AND t.newest = 1`
	t, err := scanTouch(db.reader().row(ctx, one, id))
	if err == nil {
		var unseen bool
		if unseen, err = db.reader().unseen(ctx, t.Group); unseen {
			t, err = analysis.Touch{}, sql.ErrNoRows
		}
	}
	return t, absent(err, "read moment", "storage.touch.not_found")
}

// Answered fulfils storage.Touches.
func (db *DB) Answered(ctx context.Context, group analysis.GroupID, asked string) (analysis.Touch, error) {
	const one = `SELECT ` + touchColumns + `
		FROM client_group g
		JOIN touch t ON t.group_id = g.id
		WHERE (g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `)
		AND t.asked = ?2 AND t.asked <> '' AND t.newest = 1 AND t.removed = 0
		ORDER BY t.touch_id
		LIMIT 1`
	t, err := scanTouch(db.reader().row(ctx, one, group, asked))
	return t, absent(err, "read moment that answered", "storage.touch.not_found")
}

// TouchHistory fulfils storage.Touches.
func (db *DB) TouchHistory(ctx context.Context, id analysis.TouchID) ([]analysis.Touch, error) {
	const versions = `SELECT ` + touchColumns + `
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		WHERE t.touch_id = ?1
		ORDER BY t.version DESC`
	rows, err := db.reader().query(ctx, versions, id)
	touches, err := collect(rows, err, scanTouch)
	if err == nil {
		touches, err = shown(ctx, db.reader(), touches, groupOfTouch)
	}
	if err == nil && len(touches) == 0 {
		return nil, analysis.Fail(analysis.NotFound, "storage.touch.not_found", nil)
	}
	return touches, doing("read versions of moment", err)
}

// Moments fulfils storage.Touches.
func (db *DB) Moments(ctx context.Context, from, to analysis.Day) iter.Seq2[storage.TouchLine, error] {
	const between = `
		SELECT ` + touchColumns + `,
			COALESCE(c.number, w.number, ''), COALESCE(c.name, w.name, ''), COALESCE(p.name, ''),
			COALESCE(m.email, ''), COALESCE(m.name, '')
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		LEFT JOIN client_group w ON w.id = COALESCE(g.merged_into, g.id)
		LEFT JOIN client c ON c.id = t.client_id
		LEFT JOIN contact p ON p.id = t.contact_id
		LEFT JOIN manager m ON m.id = t.manager_id
		WHERE t.newest = 1 AND t.removed = 0 AND t.day BETWEEN ?1 AND ?2
		ORDER BY t.day, t.touch_id`
	return func(yield func(storage.TouchLine, error) bool) {
		hidden, err := db.reader().hidden(ctx)
		if err != nil {
			yield(storage.TouchLine{}, err)
			return
		}
		err = each(ctx, db.reader(), between, func(row scanner) error {
			var l storage.TouchLine
			into, finish := touchInto(&l.Touch)
			err := row.Scan(append(into, &l.Number, &l.Name, &l.ContactName, &l.ByEmail, &l.ByName)...)
			finish()
			if err == nil && !hidden[l.Group] && !yield(l, nil) {
				return errEnough
			}
			return err
		}, from, to)
		if err != nil && !errors.Is(err, errEnough) {
			yield(storage.TouchLine{}, fmt.Errorf("read moments: %w", err))
		}
	}
}

// FirstTouch fulfils storage.Touches.
func (db *DB) FirstTouch(ctx context.Context) (time.Time, error) {
	const first = `SELECT at FROM touch ORDER BY id LIMIT 1`
	var at int64
	err := db.reader().row(ctx, first).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return instant(at), doing("read the first moment", err)
}

// NextSteps fulfils storage.Touches.
func (db *DB) NextSteps(ctx context.Context, user analysis.UserID, manager analysis.ManagerID, limit int) ([]analysis.Touch, int, error) {
	const open = `
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		WHERE t.newest = 1 AND t.removed = 0 AND t.next_step <> ''
			AND (t.by_user = ?1 AND ?1 <> '' OR t.manager_id = ?2 AND ?2 <> 0)
			AND NOT EXISTS (SELECT 1 FROM touch l
				WHERE l.group_id = t.group_id AND l.newest = 1 AND l.removed = 0
					AND (l.day > t.day OR l.day = t.day AND l.touch_id > t.touch_id))`
	const count = `SELECT COUNT(*)` + open
	const first = `SELECT ` + touchColumns + open + ` ORDER BY COALESCE(t.next_day, 2147483647), t.touch_id LIMIT ?3`
	var touches []analysis.Touch
	var all int
	err := db.snapshot(ctx, func(e executor) error {
		if err := e.row(ctx, count, user, manager).Scan(&all); err != nil || all == 0 {
			return err
		}
		rows, err := e.query(ctx, first, user, manager, limit)
		if touches, err = collect(rows, err, scanTouch); err != nil {
			return err
		}
		found := len(touches)
		touches, err = shown(ctx, e, touches, groupOfTouch)
		all -= found - len(touches)
		return err
	})
	return touches, all, doing("read next steps", err)
}
