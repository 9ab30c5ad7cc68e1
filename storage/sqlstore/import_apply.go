package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// applying is one import on its way into the store, within one transaction.
type applying struct {
	e       executor
	s       *staging
	id      int64
	list    bool // a client list was imported before
	images  *images
	names   bool // something changed that a client can be found by
	out     storage.ImportOutcome
	office  *people
	groups  *groups
	clients *clientRows
	// forgotten are numbers that do not come back by themselves.
	forgotten *forgottenNumbers
	given     map[string]*ids // by table
}

// lockOffice makes imports wait for each other, on PostgreSQL by the one row of
// the office. It reports whether a client list was ever imported.
func lockOffice(ctx context.Context, e executor) (bool, error) {
	const lock = `SELECT clients_imported FROM office WHERE id = 1 FOR UPDATE`
	var imported int64
	if err := e.row(ctx, lock).Scan(&imported); err != nil {
		return false, fmt.Errorf("lock office: %w", err)
	}
	return imported != 0, nil
}

// newApplying begins an import: it gets a number, and its row.
func newApplying(ctx context.Context, e executor, s *staging) (*applying, error) {
	a := &applying{e: e, s: s, given: map[string]*ids{}}
	var err error
	if a.list, err = lockOffice(ctx, e); err != nil {
		return nil, err
	}
	for _, table := range []string{"import", "client", "client_group", "contact", "manager", "service", "source",
		"survey_wave", "survey_respondent"} {
		if a.given[table], err = newIDs(ctx, e, table); err != nil {
			return nil, err
		}
	}
	a.id = a.given["import"].next()
	const insert = `INSERT INTO import (id, kind, file, source, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`
	o := s.options
	if _, err := e.exec(ctx, insert, a.id, o.Kind, o.File, o.Source, o.By, milliseconds(o.At)); err != nil {
		return nil, fmt.Errorf("insert import: %w", err)
	}
	a.images = newImages(e, a.id)
	if a.forgotten, err = newForgotten(ctx, e, o.Again); err != nil {
		return nil, err
	}
	if a.office, err = newPeople(ctx, a); err != nil {
		return nil, err
	}
	a.clients, a.groups = newClientRows(a), newGroups(a)
	return a, nil
}

// all takes over clients, then lines, then says what it was.
func (a *applying) all(ctx context.Context) error {
	if err := a.takeClients(ctx); err != nil {
		return fmt.Errorf("import clients: %w", err)
	}
	if err := a.takeRows(ctx); err != nil {
		return fmt.Errorf("import %s: %w", a.s.options.Kind, err)
	}
	if err := a.tellAgain(ctx); err != nil {
		return err
	}
	if err := a.images.rows.flush(ctx); err != nil {
		return fmt.Errorf("keep before-images: %w", err)
	}
	if a.names {
		if err := raiseNames(ctx, a.e); err != nil {
			return err
		}
		n, err := propose(ctx, a.e, a.id, a.s.dir)
		if err != nil {
			return fmt.Errorf("propose relatiegroepen: %w", err)
		}
		a.out.Proposals = n
	}
	return a.finish(ctx)
}

// takeRows takes over what was staged beside clients.
func (a *applying) takeRows(ctx context.Context) error {
	switch a.s.options.Kind {
	case analysis.ImportHours:
		return a.takeHours(ctx)
	case analysis.ImportJudgements:
		return a.takeJudgements(ctx)
	case analysis.ImportTouches:
		return a.takeTouches(ctx)
	case analysis.ImportSurvey:
		return a.takeSurvey(ctx)
	}
	return a.takeLines(ctx)
}

// finish writes the totals into the import's row.
func (a *applying) finish(ctx context.Context) error {
	first := int64(0)
	if a.s.options.Kind == analysis.ImportClients && a.out.Added+a.out.Changed+a.out.Unchanged > 0 {
		const imported = `UPDATE office SET clients_imported = 1 WHERE id = 1`
		if _, err := a.e.exec(ctx, imported); err != nil {
			return fmt.Errorf("record client list: %w", err)
		}
		if !a.list {
			first = 1
		}
	}
	const totals = `UPDATE import SET added = ?2, changed = ?3, unchanged = ?4, removed = ?5, refused = ?6,
		total_cents = ?7, attributed_cents = ?8, first_list = ?9 WHERE id = ?1`
	o := a.out
	_, err := a.e.exec(ctx, totals, a.id, o.Added, o.Changed, o.Unchanged, o.Removed, o.RefusedCount+a.s.refused,
		int64(o.Total), int64(o.Attributed), first)
	if err != nil {
		return fmt.Errorf("write import: %w", err)
	}
	return nil
}

// outcome returns what was done, refusals by line.
func (a *applying) outcome() storage.ImportOutcome {
	out := a.out
	out.ID = analysis.ImportID(a.id)
	analysis.Sort(out.Refused, func(x, y analysis.Refusal) int { return cmp.Compare(x.Line, y.Line) })
	return out
}

// keepIDs is the last thing before the commit.
func (a *applying) keepIDs(ctx context.Context) error {
	var errs []error
	for _, d := range a.given {
		errs = append(errs, d.keep(ctx, a.e))
	}
	return errors.Join(errs...)
}

// analyzeFrom is how many new rows are reason to look at the tables again.
const analyzeFrom = 1000

// analyze tells PostgreSQL what its tables hold by now. It does so by itself
// after a minute or so, until when it would read a whole table for each page of
// one. SQLite reads by the indexes that there are.
func (a *applying) analyze(ctx context.Context) error {
	const analyze = `ANALYZE client_group, client, contact, invoice_line, hours`
	if a.e.dialect != PostgreSQL || a.out.Added+a.out.Removed < analyzeFrom {
		return nil
	}
	_, err := a.e.exec(ctx, analyze)
	return doing("analyze tables", err)
}

// refuse counts a row that is not taken over.
func (a *applying) refuse(line int, key string, args analysis.Args) {
	a.out.RefusedCount++
	if len(a.out.Refused) < storage.RefusedShown {
		a.out.Refused = append(a.out.Refused, analysis.Refusal{Line: line, Reason: analysis.Fail(analysis.Invalid, key, args)})
	}
}
