package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/storage"
)

// Copied is what Copy took over.
type Copied struct {
	Tables []CopiedTable      // by name
	Trail  storage.AuditState // of the audit, as it stands in both
}

// CopiedTable is a table as both databases hold it.
type CopiedTable struct {
	Name  string
	Rows  int64
	Cents map[string]int64 // sum of each column of money, in cents
}

// Rows is how many rows there are in all.
func (c Copied) Rows() (rows int64) {
	for _, t := range c.Tables {
		rows += t.Rows
	}
	return rows
}

// Copy copies one moment of db, which others may go on using, to the empty
// database to of either engine: every row of every table, and which ids were given
// out. It holds a few rows at a time. All of it is there at once and read back, or
// nothing is: what to holds is worked out from to itself, and has to be what was
// read, table by table, the seals of the audit among it. progress is told of rows
// that were written or read back.
//
// A database that holds anything is an analysis.Error of kind Invalid,
// copy.occupied, and a copy that is not what was copied one of kind Internal,
// copy.differs.
func Copy(ctx context.Context, db, to *DB, progress func(done, total int64)) (Copied, error) {
	c := copying{progress: progress}
	err := db.snapshot(ctx, func(from executor) error {
		return to.changeAlone(ctx, func(into executor) error {
			c.from, c.into = from, into
			return c.run(ctx)
		})
	})
	if err != nil {
		return Copied{}, fmt.Errorf("copy the database: %w", err)
	}
	return c.made, doing("analyze the copy", to.analyzed(ctx))
}

// copying is one run of Copy.
type copying struct {
	from, into  executor
	progress    func(done, total int64)
	done, total int64
	made        Copied
}

func (c *copying) run(ctx context.Context) error {
	for _, e := range []executor{c.from, c.into} {
		if err := e.patient(ctx); err != nil {
			return err
		}
	}
	tables, err := c.shapes(ctx)
	if err != nil {
		return err
	}
	guards, err := c.into.unguarded(ctx, tables)
	if err != nil {
		return fmt.Errorf("lock the tables: %w", err)
	}
	if err := c.into.empty(ctx, tables); err != nil {
		return err
	}
	if err := c.count(ctx, tables); err != nil {
		return err
	}
	for _, t := range tables {
		if err := c.table(ctx, t); err != nil {
			return err
		}
	}
	slices.SortFunc(c.made.Tables, func(a, b CopiedTable) int { return strings.Compare(a.Name, b.Name) })
	if err := c.into.guarded(ctx, guards); err != nil {
		return fmt.Errorf("put the triggers back: %w", err)
	}
	return c.trail(ctx)
}

// shapes are the tables of both, which have to be the same, those that others refer
// to first.
func (c *copying) shapes(ctx context.Context) ([]shape, error) {
	ours, err := c.from.shapes(ctx)
	if err != nil {
		return nil, err
	}
	theirs, err := c.into.shapes(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.EqualFunc(ours, theirs, shape.equal) {
		return nil, fmt.Errorf("the databases have other tables, though their schemas have one number")
	}
	return c.into.parentsFirst(ctx, theirs)
}

// count finds out how much there is to do: each row is written and read back.
func (c *copying) count(ctx context.Context, tables []shape) error {
	for _, t := range tables {
		var n int64
		if err := c.from.on.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+t.quoted()).Scan(&n); err != nil {
			return fmt.Errorf("count %s: %w", t.name, err)
		}
		c.total += 2 * n
	}
	c.progress(0, c.total)
	return nil
}

// table copies one table and reads it back.
func (c *copying) table(ctx context.Context, t shape) error {
	want, got := newTally(t), newTally(t)
	err := c.from.eachRow(ctx, t, func(rows *rowReader) error {
		return c.into.takeIn(ctx, t, func() ([]any, error) {
			row, err := rows.next()
			if row != nil {
				want.add(row)
				c.step()
			}
			return row, err
		})
	})
	if err != nil {
		return fmt.Errorf("copy %s: %w", t.name, err)
	}
	if err := c.identity(ctx, t); err != nil {
		return fmt.Errorf("set the next id of %s: %w", t.name, err)
	}
	err = c.into.eachRow(ctx, t, func(rows *rowReader) error {
		for {
			row, err := rows.next()
			if row == nil || err != nil {
				return err
			}
			got.add(row)
			c.step()
		}
	})
	if err != nil {
		return fmt.Errorf("read %s back: %w", t.name, err)
	}
	if !want.equal(got) {
		return analysis.Fail(analysis.Internal, "copy.differs", analysis.Args{"table": t.name})
	}
	c.made.Tables = append(c.made.Tables, CopiedTable{Name: t.name, Rows: got.rows, Cents: got.cents()})
	return nil
}

// identity has the copy go on with ids where the original would: an id that was
// given out and is gone is not given out again.
func (c *copying) identity(ctx context.Context, t shape) error {
	if !t.identity {
		return nil
	}
	given, err := c.from.given(ctx, t)
	if err != nil || given == 0 {
		return err
	}
	return c.into.give(ctx, t, given)
}

// trail holds that the seals of the audit stand in the copy as they did.
func (c *copying) trail(ctx context.Context) error {
	var want storage.AuditState
	if err := c.from.checkChain(ctx, &want); err != nil {
		return fmt.Errorf("check the trail: %w", err)
	}
	if err := c.into.checkChain(ctx, &c.made.Trail); err != nil {
		return fmt.Errorf("check the trail of the copy: %w", err)
	}
	if c.made.Trail != want {
		return analysis.Fail(analysis.Internal, "copy.differs", analysis.Args{"table": "audit_seal"})
	}
	return nil
}

// stepRows is how often progress is told.
const stepRows = 4096

func (c *copying) step() {
	if c.done++; c.done%stepRows == 0 || c.done == c.total {
		c.progress(c.done, c.total)
	}
}
