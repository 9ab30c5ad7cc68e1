package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"
)

// replacePeriod takes out the lines of source in the file's period that the
// file does not have. Store and file are both read in the order of the key, so
// that neither is held in memory; what goes is spooled first, because a
// connection can not read and write at the same time.
func (a *applying) replacePeriod(ctx context.Context, t lineTable, lines *sorter, source int64) (err error) {
	gone, err := newSpool(a.s.dir)
	if err != nil {
		return err
	}
	defer closing(&err, gone.close)
	if err := a.findGone(ctx, t, lines, source, gone); err != nil {
		return err
	}
	remove := "DELETE FROM " + t.name + " WHERE " + t.where()
	for rec, err := range gone.all() {
		if err != nil {
			return err
		}
		l, importID := storedLine(record(rec))
		row := t.row(&l, source, importID)
		key, err := t.rowKey(row)
		if err != nil {
			return err
		}
		if err := a.images.put(ctx, t.name, key, row); err != nil {
			return err
		}
		if _, err := a.e.exec(ctx, remove, row[:t.key]...); err != nil {
			return fmt.Errorf("delete from %s: %w", t.name, err)
		}
		a.out.Removed++
	}
	return nil
}

// findGone spools the stored lines that lines has not.
func (a *applying) findGone(ctx context.Context, t lineTable, lines *sorter, source int64, gone *spool) error {
	query := "SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name +
		" WHERE source_id = ?1 AND day BETWEEN ?2 AND ?3 AND import_id <> ?4 ORDER BY " + strings.Join(t.columns[:t.key], ", ")
	rows, err := a.e.query(ctx, query, source, int64(a.s.lines.first), int64(a.s.lines.last), a.id)
	if err != nil {
		return err
	}
	defer rows.Close()
	next, stop := iter.Pull2(numbered(lines))
	defer stop()
	file, err, more := next()
	var buf []byte
	for rows.Next() {
		values, err2 := scanValues(rows, len(t.columns))
		if err2 != nil {
			return err2
		}
		l := lineOf(t, values)
		for more && err == nil && file.compare(&l) < 0 {
			file, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && file.compare(&l) == 0 {
			continue
		}
		buf = putStored(buf[:0], &l, values[len(values)-1].(int64))
		if err := gone.add(buf); err != nil {
			return err
		}
	}
	return rows.Err()
}

// lineOf returns the line in a row of t.
func lineOf(t lineTable, row []any) numberedLine {
	if t.name == worked.name {
		return hoursLine(row)
	}
	var l numberedLine
	if t.name == attributed.name {
		l.client, row = row[0].(int64), row[1:]
	}
	l.day, l.service, l.invoice, l.cents = int32(row[0].(int64)), row[1].(int64), row[2].(string), row[3].(int64)
	l.occurrence, l.year = row[5].(int64), row[6].(int64)
	return l
}

// compare orders lines of one source as the primary key does.
func (l *numberedLine) compare(m *numberedLine) int {
	return cmp.Or(cmp.Compare(l.client, m.client), cmp.Compare(l.day, m.day), cmp.Compare(l.service, m.service),
		strings.Compare(l.invoice, m.invoice), cmp.Compare(l.cents, m.cents), cmp.Compare(l.occurrence, m.occurrence))
}

// putStored appends a stored line and the import that brought it.
func putStored(b []byte, l *numberedLine, importID int64) []byte {
	b = putInt32(putInt(b, l.client), l.day)
	b = putInt(putText(putInt(b, l.service), l.invoice), l.cents)
	return putInt(putInt(putInt(b, l.occurrence), l.year), importID)
}

// storedLine reads what putStored wrote.
func storedLine(r record) (l numberedLine, importID int64) {
	l.client, l.day, l.service, l.invoice, l.cents = r.int(), r.int32(), r.int(), r.text(), r.int()
	l.occurrence, l.year = r.int(), r.int()
	return l, r.int()
}
