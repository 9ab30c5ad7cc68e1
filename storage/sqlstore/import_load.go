package sqlstore

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// besideRows is how many lines that may be there already are looked at together.
const besideRows = 50_000

// loadLines inserts lines by the engine's Loader and reports whether it did. tables are
// in the order of lines, those of nobody first. The Loader knows no ON CONFLICT: where
// lines of the file can be there already, they are loaded beside the table first, for
// which the user has to have the right to make temporary tables.
func (a *applying) loadLines(ctx context.Context, lines *sorter, source int64, tables ...lineTable) (bool, error) {
	if a.e.load == nil || a.s.lines.spool.n < loadFrom {
		return false, nil
	}
	there, err := a.hasPeriod(ctx, source, tables)
	if err != nil {
		return false, err
	}
	if there {
		if may, err := a.mayLoadBeside(ctx); !may || err != nil {
			return false, err
		}
	}
	next, stop := iter.Pull2(numbered(lines))
	defer stop()
	feed := lineFeed{a: a, source: source, next: next}
	feed.step()
	for _, t := range tables {
		if there {
			err = a.loadBeside(ctx, t, &feed)
		} else {
			err = a.e.load(ctx, t.name, t.columns, feed.rows(ctx, t, -1))
			a.out.Added += feed.n
		}
		if err != nil {
			return false, fmt.Errorf("load %s: %w", t.name, err)
		}
	}
	return true, nil
}

// hasPeriod reports whether lines of source are there between the first and the last
// date of the file. Most files bring a month of their own.
func (a *applying) hasPeriod(ctx context.Context, source int64, tables []lineTable) (there bool, err error) {
	for _, t := range tables {
		query := "SELECT EXISTS (SELECT 1 FROM " + t.name + " WHERE source_id = ?1 AND day BETWEEN ?2 AND ?3)"
		err := a.e.row(ctx, query, source, int64(a.s.lines.first), int64(a.s.lines.last)).Scan(&there)
		if there || err != nil {
			return there, doing("look for lines of the period", err)
		}
	}
	return false, nil
}

// mayLoadBeside reports whether this user may make temporary tables.
func (a *applying) mayLoadBeside(ctx context.Context) (may bool, err error) {
	const right = `SELECT has_database_privilege(current_database(), 'TEMP')`
	err = a.e.row(ctx, right).Scan(&may)
	return may, doing("read rights", err)
}

// loadBeside loads the rows of t into a table beside it, so many at a time, and takes
// over those that are not there.
func (a *applying) loadBeside(ctx context.Context, t lineTable, feed *lineFeed) error {
	beside, columns := "loaded_"+t.name, strings.Join(t.columns, ", ")
	if _, err := a.e.exec(ctx, "CREATE TEMP TABLE "+beside+" (LIKE "+t.name+") ON COMMIT DROP"); err != nil {
		return err
	}
	for {
		if err := a.e.load(ctx, beside, t.columns, feed.rows(ctx, t, besideRows)); err != nil {
			return err
		}
		if feed.n == 0 {
			return nil
		}
		added, err := a.e.exec(ctx, "INSERT INTO "+t.name+" ("+columns+") SELECT "+columns+" FROM "+beside+" ON CONFLICT DO NOTHING")
		if err != nil {
			return err
		}
		a.out.Added += int(added)
		if err := a.known(ctx, t, beside, feed, feed.n-int(added)); err != nil {
			return fmt.Errorf("compare: %w", err)
		}
		if _, err := a.e.exec(ctx, "TRUNCATE "+beside); err != nil {
			return err
		}
	}
}

// known counts the n rows of beside that were in t already, and gives those another
// service year that the file does.
func (a *applying) known(ctx context.Context, t lineTable, beside string, feed *lineFeed, n int) error {
	a.out.Unchanged += n
	if n == 0 || !slices.Contains(t.columns, "service_year") {
		return nil
	}
	// Of the table only the part is read that these rows, which are in its order, are in.
	query := "SELECT l." + strings.Join(t.columns, ", l.") + ", v.service_year FROM " + beside + " v JOIN " + t.name + " l ON "
	for i, c := range t.columns[:t.key] {
		query += []string{"", " AND "}[min(i, 1)] + "l." + c + " = v." + c
	}
	query += " WHERE l." + t.columns[0] + " BETWEEN ?1 AND ?2 AND v.service_year <> 0 AND l.service_year <> v.service_year AND l.import_id <> ?3"
	rows, err := a.e.query(ctx, query, feed.first, feed.last, a.id)
	changed, err := collect(rows, err, func(row scanner) ([]any, error) { return scanValues(row, len(t.columns)+1) })
	if err != nil {
		return err
	}
	w := a.lineWriter(t)
	for _, row := range changed {
		if err := w.changeYear(ctx, row); err != nil {
			return err
		}
	}
	a.out.Changed += len(changed)
	a.out.Unchanged -= len(changed)
	return nil
}

// lineFeed gives a Loader the rows of one table after the other.
type lineFeed struct {
	a           *applying
	source      int64
	next        func() (*numberedLine, error, bool)
	line        *numberedLine // the next one
	err         error
	more        bool
	n           int // rows given since rows was called
	first, last any // the column that the first and the last of them begin with
}

func (f *lineFeed) step() { f.line, f.err, f.more = f.next() }

// rows returns what gives the next rows of t, at most so many; below 0: all. While the
// engine works on one the next is made ready.
func (f *lineFeed) rows(ctx context.Context, t lineTable, most int) func() ([]any, error) {
	f.n = 0
	return func() ([]any, error) {
		if f.err != nil || !f.more || f.n == most || f.line.client != 0 && t.name == unattributed.name {
			return nil, f.err
		}
		row := t.row(f.line, f.source, f.a.id)
		if f.n == 0 {
			f.first = row[0]
		}
		f.last = row[0]
		f.n++
		f.step()
		return row, ctx.Err()
	}
}
