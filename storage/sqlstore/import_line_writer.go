package sqlstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// lineWriter inserts lines of one table and counts them.
type lineWriter struct {
	*bulk
	a     *applying
	table lineTable
}

func (a *applying) lineWriter(t lineTable) *lineWriter {
	w := &lineWriter{a: a, table: t,
		bulk: newBulk(a.e, t.name, strings.Join(t.columns, ", "), "ON CONFLICT DO NOTHING")}
	w.tell = w.count
	return w
}

// count counts the rows of one statement. Those that were there already may
// have another service year now, which is no part of a line's identity.
func (w *lineWriter) count(ctx context.Context, args []any, inserted int64) error {
	n := len(args) / w.columns
	w.a.out.Added += int(inserted)
	if int(inserted) == n {
		return nil
	}
	changed, err := w.otherYears(ctx, args)
	if err != nil {
		return fmt.Errorf("compare %s: %w", w.table.name, err)
	}
	for _, row := range changed {
		if err := w.changeYear(ctx, row); err != nil {
			return fmt.Errorf("update %s: %w", w.table.name, err)
		}
	}
	w.a.out.Changed += len(changed)
	w.a.out.Unchanged += n - int(inserted) - len(changed)
	return nil
}

// otherYears returns the stored lines that an earlier import brought and that
// args, the rows of one statement, give another service year, with that year
// after the columns.
func (w *lineWriter) otherYears(ctx context.Context, args []any) ([][]any, error) {
	var keys []any
	for i := 0; i < len(args); i += w.columns {
		row := args[i : i+w.columns]
		keys = append(append(keys, row[:w.table.key]...), row[len(row)-2])
	}
	n := len(w.table.columns) + 1
	rows, err := w.e.query(ctx, w.table.otherYears(len(args)/w.columns), append(keys, w.a.id)...)
	return collect(rows, err, func(row scanner) ([]any, error) { return scanValues(row, n) })
}

// otherYears returns the query for so many rows. The rows are read first and
// each looks up its line: CROSS JOIN is how SQLite is told so.
func (t lineTable) otherYears(rows int) string {
	n := t.key + 1
	var s strings.Builder
	for _, c := range t.columns {
		s.WriteString(", l." + c)
	}
	year := "v.column" + strconv.Itoa(n)
	query := "SELECT " + s.String()[2:] + ", " + year + " FROM (VALUES "
	s.Reset()
	for i := range rows * n {
		mark := "?" + strconv.Itoa(i+1)
		if i < n { // the types of the first row are those of all
			mark = "CAST(" + mark + " AS " + t.sqlType(i) + ")"
		}
		switch {
		case i == 0:
			mark = "(" + mark
		case i%n == 0:
			mark = "), (" + mark
		default:
			mark = ", " + mark
		}
		s.WriteString(mark)
	}
	query += s.String() + ")) AS v CROSS JOIN " + t.name + " l WHERE " + year + " <> 0 AND l.service_year <> " + year +
		" AND l.import_id <> ?" + strconv.Itoa(rows*n+1)
	for i, c := range t.columns[:t.key] {
		query += " AND l." + c + " = v.column" + strconv.Itoa(i+1)
	}
	return query
}

// sqlType returns the type of column i.
func (t lineTable) sqlType(i int) string {
	if t.columns[i] == "invoice" {
		return "TEXT"
	}
	return "BIGINT"
}

// changeYear gives a stored line the service year that follows its columns.
func (w *lineWriter) changeYear(ctx context.Context, row []any) error {
	t := w.table
	key, err := t.rowKey(row)
	if err != nil {
		return err
	}
	if err := w.a.images.put(ctx, t.name, key, row[:len(t.columns)]); err != nil {
		return err
	}
	now := append(append([]any(nil), row[:t.key]...), row[len(row)-1], w.a.id)
	_, err = w.e.exec(ctx, t.updateYear(), now...)
	return err
}

// updateYear returns the statement that writes the two columns after the key.
func (t lineTable) updateYear() string {
	return fmt.Sprintf("UPDATE %s SET service_year = ?%d, import_id = ?%d WHERE %s", t.name, t.key+1, t.key+2, t.where())
}
