package sqlstore

import (
	"context"
	"iter"
)

// loadLines inserts lines by the engine's Loader and reports whether it did. That
// knows no ON CONFLICT, so it is for files of which no line can be there already:
// most bring a month of their own. tables are in the order of lines, those of nobody
// first.
func (a *applying) loadLines(ctx context.Context, lines *sorter, source int64, tables ...lineTable) (bool, error) {
	if a.e.load == nil || a.s.lines.spool.n < loadFrom {
		return false, nil
	}
	for _, t := range tables {
		if there, err := a.hasPeriod(ctx, t, source); there || err != nil {
			return false, doing("look for lines of the period", err)
		}
	}
	next, stop := iter.Pull2(numbered(lines))
	defer stop()
	l, err, more := next()
	for _, t := range tables {
		// The engine works on one row while the next is made ready.
		failed := a.e.load(ctx, t.name, t.columns, func() ([]any, error) {
			if err != nil || !more || l.client != 0 && t.name == unattributed.name {
				return nil, err
			}
			row := t.row(l, source, a.id)
			a.out.Added++
			l, err, more = next()
			return row, ctx.Err()
		})
		if failed != nil {
			return false, failed
		}
	}
	return true, nil
}

// hasPeriod reports whether lines of source are there between the first and the last
// date of the file.
func (a *applying) hasPeriod(ctx context.Context, t lineTable, source int64) (bool, error) {
	query := "SELECT EXISTS (SELECT 1 FROM " + t.name + " WHERE source_id = ?1 AND day BETWEEN ?2 AND ?3)"
	var there bool
	err := a.e.row(ctx, query, source, int64(a.s.lines.first), int64(a.s.lines.last)).Scan(&there)
	return there, err
}
