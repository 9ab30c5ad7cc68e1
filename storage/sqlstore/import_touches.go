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

// sameTouch is what makes two moments the same. The note is a hash: a hundred
// thousand of them are held.
type sameTouch struct {
	group   analysis.GroupID
	day     int32
	kind    int8
	manager int64
	note    uint64
}

// takeTouches adds the staged moments that are not there yet.
func (a *applying) takeTouches(ctx context.Context) error {
	if a.s.lines.spool.n == 0 {
		return nil
	}
	seed := maphash.MakeSeed()
	there, err := a.touchesThere(ctx, seed)
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
		same := sameTouch{groups[client], l.day, int8(l.year), colleagues[l.service], maphash.String(seed, note)}
		if there[same] > 0 {
			there[same]--
			a.out.Unchanged++
			return nil
		}
		a.out.Added++
		n++
		return rows.add(ctx, -n, 1, int64(same.group), client, kinds[l.year], int64(l.day), same.manager, note, "import", o.By,
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

// touchesThere counts the moments there are, also those that were taken back:
// who took one back does not want it again with the next file.
func (a *applying) touchesThere(ctx context.Context, seed maphash.Seed) (map[sameTouch]int, error) {
	const between = `
		SELECT COALESCE(g.merged_into, t.group_id), t.day, t.kind, t.manager_id, t.note
		FROM touch t
		LEFT JOIN client_group g ON g.id = t.group_id
		WHERE t.newest = 1 AND t.day BETWEEN ?1 AND ?2`
	there := map[sameTouch]int{}
	err := each(ctx, a.e, between, func(row scanner) error {
		var group, day, manager int64
		var kind, note string
		err := row.Scan(&group, &day, &kind, &manager, &note)
		same := sameTouch{analysis.GroupID(group), int32(day), int8(analysis.TouchKind(kind).Place()), manager, maphash.String(seed, note)}
		there[same]++
		return err
	}, int64(a.s.lines.first), int64(a.s.lines.last))
	return there, doing("read moments", err)
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
