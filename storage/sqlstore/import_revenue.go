package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"klantbot/analysis"
)

// lineTable is one of the tables of lines: those with a client, those without,
// and hours.
type lineTable struct {
	name    string
	columns []string
	key     int // how many of columns are the primary key
}

var (
	attributed   = lineTable{"invoice_line", imaged["invoice_line"], 7}
	unattributed = lineTable{"unattributed_line", imaged["unattributed_line"], 6}
)

// row returns the columns of l.
func (t lineTable) row(l *numberedLine, source, importID int64) []any {
	if t.name == worked.name {
		return hoursRow(l, source, importID)
	}
	row := []any{l.client, int64(l.day), l.service, l.invoice, l.cents, source, l.occurrence, l.year, importID}
	return row[len(row)-len(t.columns):]
}

// rowKey names a row in before_image.
func (t lineTable) rowKey(row []any) (string, error) {
	b, err := json.Marshal(row[:t.key])
	return string(b), err
}

// where is the condition that a row's key fills, from ?1 on.
func (t lineTable) where() string {
	var s strings.Builder
	for i, c := range t.columns[:t.key] {
		if i > 0 {
			s.WriteString(" AND ")
		}
		fmt.Fprintf(&s, "%s = ?%d", c, i+1)
	}
	return s.String()
}

// takeLines takes over the staged invoice lines.
func (a *applying) takeLines(ctx context.Context) (err error) {
	if a.s.lines.spool.n == 0 {
		return nil
	}
	source, err := a.source(ctx)
	if err != nil {
		return err
	}
	lines := newSorter(a.s.dir, runBytes)
	defer closing(&err, lines.close)
	if err := a.attribute(ctx, lines); err != nil {
		return err
	}
	if err := lines.finish(); err != nil {
		return err
	}
	if err := a.insertLines(ctx, lines, source); err != nil {
		return err
	}
	if a.s.options.ReplacePeriod {
		for _, t := range []lineTable{unattributed, attributed} {
			if err := a.replacePeriod(ctx, t, lines, source); err != nil {
				return fmt.Errorf("replace period: %w", err)
			}
		}
	}
	return a.warnOverlap(ctx, source)
}

// attribute finds the client and service of every line, refuses what has none
// and gives the others to into.
func (a *applying) attribute(ctx context.Context, into *sorter) error {
	who, err := a.resolve(ctx)
	if err != nil {
		return fmt.Errorf("find clients: %w", err)
	}
	services, err := a.services(ctx)
	if err != nil {
		return err
	}
	var seq uint32
	var buf []byte
	for l, err := range a.s.lines.all() {
		if err != nil {
			return err
		}
		to := who[l.ident]
		if !analysis.Day(l.day).Known() {
			a.refuse(int(l.line), "import.date_missing", nil)
			continue
		}
		if to.refused != "" {
			a.refuseOf(int(l.line), l.ident, to)
			continue
		}
		service, err := services.id(ctx, l.service)
		if err != nil {
			return err
		}
		a.out.Total += analysis.Cents(l.cents)
		if to.client != 0 {
			a.out.Attributed += analysis.Cents(l.cents)
		}
		seq++
		buf = putLine(buf[:0], &l, to.client, service, seq)
		if err := into.add(buf); err != nil {
			return err
		}
	}
	return nil
}

// insertLines inserts the lines that are not there yet.
func (a *applying) insertLines(ctx context.Context, lines *sorter, source int64) error {
	if taken, err := a.loadLines(ctx, lines, source, unattributed, attributed); taken || err != nil {
		return err
	}
	client, nobody := a.lineWriter(attributed), a.lineWriter(unattributed)
	for l, err := range numbered(lines) {
		if err != nil {
			return err
		}
		w := client
		if l.client == 0 {
			w = nobody
		}
		if err := w.add(ctx, w.table.row(l, source, a.id)...); err != nil {
			return fmt.Errorf("insert into %s: %w", w.table.name, err)
		}
	}
	for _, w := range []*lineWriter{client, nobody} {
		if err := w.flush(ctx); err != nil {
			return fmt.Errorf("insert into %s: %w", w.table.name, err)
		}
	}
	return nil
}

// source returns the id of the bookkeeping the lines come from.
func (a *applying) source(ctx context.Context) (int64, error) {
	const find = `SELECT id FROM source WHERE name = ?1`
	return a.findOrCreate(ctx, "source", find, text(a.s.options.Source))
}

// findOrCreate returns the id of name in a table of names.
func (a *applying) findOrCreate(ctx context.Context, table, find, name string) (int64, error) {
	rows, err := a.e.query(ctx, find, name)
	found, err := collect(rows, err, func(row scanner) (id int64, err error) { return id, row.Scan(&id) })
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", table, err)
	}
	if len(found) > 0 {
		return found[0], nil
	}
	id := a.given[table].next()
	if _, err := a.e.exec(ctx, "INSERT INTO "+table+" (id, name) VALUES (?1, ?2)", id, name); err != nil {
		return 0, fmt.Errorf("insert %s: %w", table, err)
	}
	return id, a.images.created(ctx, table, id)
}
