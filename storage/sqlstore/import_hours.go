package sqlstore

import (
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
)

// worked is the table of hours. In staging and on its way a row is a line whose
// service is its minutes.
var worked = lineTable{"hours", imaged["hours"], 6}

// AddHours appends rows.
func (s *staging) AddHours(ctx context.Context, rows []analysis.StagedHours) error {
	if err := s.takes(ctx, analysis.ImportHours); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		l := analysis.StagedLine{Line: r.Line, Number: r.Number, Day: r.Day, Amount: r.Cost}
		if err := s.lines.put(&l, int32(r.Minutes)); err != nil {
			return fmt.Errorf("stage hours: %w", err)
		}
	}
	return nil
}

// takes refuses rows of a kind that was not staged for: they share a spool.
func (s *staging) takes(ctx context.Context, kind analysis.ImportKind) error {
	if s.closed {
		return errStagingClosed
	}
	if s.options.Kind != kind {
		return fmt.Errorf("stage %s: the file is of kind %q", kind, s.options.Kind)
	}
	return ctx.Err()
}

// takeHours takes over the staged hours.
func (a *applying) takeHours(ctx context.Context) (err error) {
	if a.s.lines.spool.n == 0 {
		return nil
	}
	source, err := a.source(ctx)
	if err != nil {
		return err
	}
	hours := newSorter(a.s.dir, runBytes)
	defer closing(&err, hours.close)
	if err := a.attributeHours(ctx, hours); err != nil {
		return err
	}
	if err := hours.finish(); err != nil {
		return err
	}
	if err := a.insertHours(ctx, hours, source); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	if a.s.options.ReplacePeriod {
		return doing("replace period", a.replacePeriod(ctx, worked, hours, source))
	}
	return nil
}

// attributeHours finds the client of every row, refuses what has none and gives
// the others to into.
func (a *applying) attributeHours(ctx context.Context, into *sorter) error {
	var seq uint32
	var buf []byte
	return a.eachKnown(ctx, func(l *spooledLine, client int64) error {
		if !analysis.Day(l.day).Known() {
			a.refuse(int(l.line), "import.date_missing", nil)
			return nil
		}
		seq++
		buf = putLine(buf[:0], l, client, int64(l.service), seq)
		return into.add(buf)
	})
}

// eachKnown gives fn every staged row with its client, in the order of the file,
// and refuses those without one. Only revenue makes clients: a number in a list
// of hours or judgements is no reason to invoice somebody.
func (a *applying) eachKnown(ctx context.Context, fn func(l *spooledLine, client int64) error) error {
	who, err := a.resolve(ctx)
	if err != nil {
		return fmt.Errorf("find clients: %w", err)
	}
	for l, err := range a.s.lines.all() {
		if err != nil {
			return err
		}
		switch to := who[l.ident]; {
		case l.ident == 0:
			a.refuse(int(l.line), "import.number_missing", nil)
		case to.refused != "":
			a.refuseOf(int(l.line), l.ident, to)
		default:
			if err := fn(&l, to.client); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertHours inserts the rows that are not there yet.
func (a *applying) insertHours(ctx context.Context, hours *sorter, source int64) error {
	if taken, err := a.loadLines(ctx, hours, source, worked); taken || err != nil {
		return err
	}
	w := newBulk(a.e, worked.name, strings.Join(worked.columns, ", "), "ON CONFLICT DO NOTHING")
	w.tell = func(_ context.Context, args []any, inserted int64) error {
		a.out.Added += int(inserted)
		a.out.Unchanged += len(args)/w.columns - int(inserted)
		return nil
	}
	for l, err := range numbered(hours) {
		if err != nil {
			return err
		}
		if err := w.add(ctx, worked.row(l, source, a.id)...); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

// hoursRow returns the columns of hours in l.
func hoursRow(l *numberedLine, source, importID int64) []any {
	return []any{l.client, int64(l.day), l.service, l.cents, source, l.occurrence, importID}
}

// hoursLine reads a row of hours.
func hoursLine(row []any) numberedLine {
	var l numberedLine
	l.client, l.day, l.service = row[0].(int64), int32(row[1].(int64)), row[2].(int64)
	l.cents, l.occurrence = row[3].(int64), row[5].(int64)
	return l
}
