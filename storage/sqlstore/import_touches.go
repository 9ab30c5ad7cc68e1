package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"strings"

	"klantbot/analysis"
)

// AddTouches appends rows. In staging a moment is a line whose service is the
// colleague, whose service year is its kind and whose invoice is its note.
func (s *staging) AddTouches(ctx context.Context, rows []analysis.StagedTouch) error {
	if err := s.takes(ctx, analysis.ImportTouches); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		if r.Kind.Place() < 0 {
			return analysis.Fail(analysis.Invalid, "storage.touch.kind", nil)
		}
		by, err := s.lines.service(cmp.Or(r.ByEmail, r.ByName))
		if err != nil {
			return err
		}
		nameColleague(s.colleagues, r.ByEmail, r.ByName)
		l := analysis.StagedLine{Line: r.Line, Number: r.Number, Day: r.Day, ServiceYear: r.Kind.Place(), Invoice: r.Note}
		if err := s.lines.put(&l, by); err != nil {
			return fmt.Errorf("stage moment: %w", err)
		}
	}
	return nil
}

// takeTouches adds the staged moments that are not there yet.
func (a *applying) takeTouches(ctx context.Context) error {
	if a.s.lines.spool.n == 0 {
		return nil
	}
	there, err := a.touchesThere(ctx)
	if err != nil {
		return err
	}
	groups, err := a.groupOfClients(ctx)
	if err != nil {
		return err
	}
	colleagues := a.colleagues()
	kinds, o := analysis.TouchKinds(), a.s.options
	last, n := int32(analysis.DayOf(o.At.UTC()))+1, int64(0)
	rows := newBulk(a.e, "touch", "touch_id, version, group_id, client_id, kind, day, manager_id, note, source, author, at, import_id", "")
	err = a.eachKnown(ctx, func(l *spooledLine, client int64) error {
		switch {
		case !analysis.Day(l.day).Known():
			a.refuse(int(l.line), "import.date_missing", nil)
			return nil
		case l.day > last:
			a.refuse(int(l.line), "import.touch_future", analysis.Args{"on": analysis.Day(l.day)})
			return nil
		}
		note := string(l.invoice)
		group, by := groups[client], colleagues[l.service]
		if there.take(client, group, sameTouch{day: l.day, kind: int8(l.year), manager: by, note: maphash.String(there.seed, note)}) {
			a.out.Unchanged++
			return nil
		}
		a.out.Added++
		n++
		return rows.add(ctx, -n, 1, int64(group), client, kinds[l.year], int64(l.day), by, note, "import", o.By,
			milliseconds(o.At), a.id)
	})
	if err != nil {
		return err
	}
	if err := rows.flush(ctx); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	const number = `UPDATE touch SET touch_id = id WHERE import_id = ?1 AND touch_id < 0`
	_, err = a.e.exec(ctx, number, a.id)
	return doing("number moments", err)
}

// find returns the colleague that is known by an e-mail address or a name, and 0
// for anybody else: a list of moments makes nobody a manager.
func (p *people) find(who string) int64 {
	email := who
	if !strings.Contains(who, "@") {
		called := p.named[nameKey(who)]
		if called.several {
			return 0
		}
		email = called.email
	}
	if m := p.emails[email]; m != nil {
		return int64(m.ID)
	}
	return 0
}

// colleagues returns who is meant by each of the staged names, and warns of those
// that nobody knows.
func (a *applying) colleagues() []int64 {
	found := make([]int64, len(a.s.lines.services))
	var missed []string
	for i, who := range a.s.lines.services[1:] {
		if found[i+1] = a.office.find(who); found[i+1] == 0 && len(missed) < missedAtMost {
			missed = append(missed, who)
		}
	}
	if len(missed) > 0 {
		a.out.Warnings = append(a.out.Warnings, analysis.Fail(analysis.Invalid, "import.touches_by_nobody",
			analysis.Args{"names": strings.Join(missed, ", ")}))
	}
	return found
}
