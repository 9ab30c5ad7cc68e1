package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
)

// AddJudgements appends rows. In staging a judgement is a line whose service is
// its criterion and whose service year is its value.
func (s *staging) AddJudgements(ctx context.Context, rows []analysis.StagedJudgement) error {
	if err := s.takes(ctx, analysis.ImportJudgements); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		if r.Value < 0 || r.Value > 4 || r.Criterion == "" {
			return analysis.Fail(analysis.Invalid, "storage.judgement.value", nil)
		}
		criterion, err := s.lines.service(r.Criterion)
		if err != nil {
			return err
		}
		l := analysis.StagedLine{Line: r.Line, Number: r.Number, Day: analysis.NoDay, ServiceYear: r.Value}
		if err := s.lines.put(&l, criterion); err != nil {
			return fmt.Errorf("stage judgement: %w", err)
		}
	}
	return nil
}

// aboutGroup is what a judgement is about.
type aboutGroup struct {
	group     analysis.GroupID
	criterion string
}

// saidOf is one judgement in the file.
type saidOf struct {
	aboutGroup
	value int
}

// takeJudgements records the staged judgements that say something else than the
// present ones. Of two about one group, through two of its clients, the later in
// the file counts, and the earlier changes nothing: else the two would change each
// other at every import.
func (a *applying) takeJudgements(ctx context.Context) error {
	if a.s.lines.spool.n == 0 {
		return nil
	}
	groups, err := a.groupOfClients(ctx)
	if err != nil {
		return err
	}
	all, err := a.e.judgements(ctx)
	if err != nil {
		return err
	}
	present := make(map[aboutGroup]int, len(all))
	for _, j := range all {
		present[aboutGroup{j.Group, j.Criterion}] = j.Value
	}
	var said []saidOf
	last := map[aboutGroup]int{} // the place in said that counts
	err = a.eachKnown(ctx, func(l *spooledLine, client int64) error {
		about := aboutGroup{groups[client], a.s.lines.services[l.service]}
		last[about] = len(said)
		said = append(said, saidOf{about, int(l.year)})
		return nil
	})
	if err != nil {
		return err
	}
	o := a.s.options
	rows := newBulk(a.e, "judgement", "group_id, criterion, value, by_user, at, import_id", "")
	for i, j := range said {
		was, judged := present[j.aboutGroup]
		switch {
		case last[j.aboutGroup] != i, judged && was == j.value:
			a.out.Unchanged++
			continue
		case judged:
			a.out.Changed++
		default:
			a.out.Added++
		}
		err := rows.add(ctx, int64(j.group), j.criterion, int64(j.value), o.By, milliseconds(o.At), a.id)
		if err != nil {
			return err
		}
	}
	return doing("insert", rows.flush(ctx))
}

// groupOfClients returns the group of every client of the office.
func (a *applying) groupOfClients(ctx context.Context) (map[int64]analysis.GroupID, error) {
	const all = `SELECT id, group_id FROM client`
	groups := map[int64]analysis.GroupID{}
	err := each(ctx, a.e, all, func(row scanner) error {
		var client, group int64
		err := row.Scan(&client, &group)
		groups[client] = analysis.GroupID(group)
		return err
	})
	return groups, doing("read groups", err)
}
