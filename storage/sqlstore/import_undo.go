package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// UndoImport puts back what import id changed. Rows it created go, except
// clients that something of a later import refers to, with their group, and
// managers, services and bookkeepings that are in use by then. What people
// merged since stays merged.
func (db *DB) UndoImport(ctx context.Context, id analysis.ImportID, by analysis.UserID, at time.Time, also ...func(storage.Tx) error) (int, error) {
	u := undoing{id: int64(id)}
	err := db.change(ctx, func(e executor) error {
		u.e, u.rows = e, 0
		if err := u.all(ctx, by, at); err != nil {
			return err
		}
		return alongside(e, also)
	})
	if err != nil {
		return 0, doing(fmt.Sprintf("undo import %d", id), err)
	}
	return u.rows, nil
}

// alongside does within the transaction of e what belongs to a change.
func alongside(e executor, also []func(storage.Tx) error) error {
	for _, do := range also {
		if err := do(tx{e}); err != nil {
			return err
		}
	}
	return nil
}

// undoing is one undo, within one transaction.
type undoing struct {
	e    executor
	id   int64
	rows int // put back so far
}

func (u *undoing) all(ctx context.Context, by analysis.UserID, at time.Time) error {
	const (
		find   = `SELECT id FROM import WHERE id = ?1 AND undone_at = 0`
		forget = `DELETE FROM before_image WHERE import_id = ?1`
		record = `UPDATE import SET undone_by = ?2, undone_at = ?3 WHERE id = ?1`
	)
	if _, err := lockOffice(ctx, u.e); err != nil {
		return err
	}
	err := u.e.row(ctx, find, u.id).Scan(&u.id)
	if errors.Is(err, sql.ErrNoRows) {
		return analysis.Fail(analysis.NotFound, "import.not_found", analysis.Args{"id": u.id})
	}
	if err != nil {
		return fmt.Errorf("read import: %w", err)
	}
	later, err := touchedLater(ctx, u.e, u.id)
	if err != nil {
		return err
	}
	if later != 0 {
		return u.touched(later)
	}
	for _, step := range []func(context.Context) error{u.makeRoom, u.restore, u.removeAnswers, u.remove, u.removeUnused, u.forgetList} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := raiseNames(ctx, u.e); err != nil {
		return err
	}
	if _, err := u.e.exec(ctx, forget, u.id); err != nil {
		return fmt.Errorf("delete before-images: %w", err)
	}
	_, err = u.e.exec(ctx, record, u.id, by, max(milliseconds(at), 1))
	return doing("record undo", err)
}

// touched is the refusal because of import later.
func (u *undoing) touched(later int64) error {
	return analysis.Fail(analysis.Invalid, "import.touched_later", analysis.Args{"id": u.id, "later": later})
}

// restore writes every row with a before-image as it was. Groups come first,
// for clients refer to them.
func (u *undoing) restore(ctx context.Context) error {
	const page = `SELECT row_key, row_before FROM before_image
		WHERE import_id = ?1 AND table_name = ?2 AND row_before IS NOT NULL AND row_key > ?3
		ORDER BY row_key LIMIT 1000`
	type image struct{ key, before string }
	for _, table := range []string{"manager", "client_group", "client", "contact", unattributed.name, attributed.name, worked.name} {
		for after := ""; ; {
			rows, err := u.e.query(ctx, page, u.id, table, after)
			images, err := collect(rows, err, func(row scanner) (i image, err error) { return i, row.Scan(&i.key, &i.before) })
			if err != nil {
				return fmt.Errorf("read before-images: %w", err)
			}
			for _, i := range images {
				if err := u.restoreRow(ctx, table, i.key, i.before); err != nil {
					return err
				}
				after = i.key
			}
			if len(images) == 0 {
				break
			}
		}
	}
	return nil
}

// restoreRow writes one row as it was.
func (u *undoing) restoreRow(ctx context.Context, table, key, before string) error {
	values, err := readRow(imaged[table], before)
	if err != nil {
		return err
	}
	u.rows++
	switch table {
	case attributed.name:
		return doing("restore invoice line", u.restoreLine(ctx, attributed, values))
	case unattributed.name:
		return doing("restore unattributed line", u.restoreLine(ctx, unattributed, values))
	case worked.name:
		return doing("restore hours", u.restoreLine(ctx, worked, values))
	}
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return fmt.Errorf("read before-image: %w", err)
	}
	if table == "contact" {
		if err := u.nameFree(ctx, id, values); err != nil {
			return err
		}
	}
	if _, err := u.e.exec(ctx, updateByID(table), append(values, id)...); err != nil {
		return fmt.Errorf("restore %s: %w", table, err)
	}
	if table == "client" {
		const whole = `UPDATE client SET group_id = (SELECT COALESCE(g.merged_into, g.id) FROM client_group g
			WHERE g.id = client.group_id) WHERE id = ?1`
		_, err = u.e.exec(ctx, whole, id)
	}
	return doing("restore group of client", err)
}

// restoreLine writes an invoice line as it was, or puts it back where it was
// taken out. Where another import brought it again since, that one touched it.
func (u *undoing) restoreLine(ctx context.Context, t lineTable, values []any) error {
	find := "SELECT import_id FROM " + t.name + " WHERE " + t.where()
	rows, err := u.e.query(ctx, find, values[:t.key]...)
	there, err := collect(rows, err, func(row scanner) (id int64, err error) { return id, row.Scan(&id) })
	if err != nil {
		return err
	}
	if len(there) > 0 && there[0] != u.id {
		return u.touched(there[0])
	}
	if len(there) > 0 {
		_, err = u.e.exec(ctx, t.updateYear(), values...)
		return err
	}
	marks := make([]string, len(values))
	for i := range marks {
		marks[i] = "?" + strconv.Itoa(i+1)
	}
	insert := "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	_, err = u.e.exec(ctx, insert, values...)
	return err
}

// remove deletes the rows that the import created, which are those that still
// say so: what it changed was restored with the import that touched it before.
func (u *undoing) remove(ctx context.Context) error {
	for _, statement := range []string{
		`DELETE FROM invoice_line WHERE import_id = ?1`,
		`DELETE FROM unattributed_line WHERE import_id = ?1`,
		`DELETE FROM hours WHERE import_id = ?1`,
		`DELETE FROM judgement WHERE import_id = ?1`,
		`DELETE FROM touch WHERE import_id = ?1`,
		`DELETE FROM client WHERE import_id = ?1
			AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.client_id = client.id)
			AND NOT EXISTS (SELECT 1 FROM hours h WHERE h.client_id = client.id)
			AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.client_id = client.id)
			AND NOT EXISTS (SELECT 1 FROM survey_response r WHERE r.client_id = client.id)
			AND NOT EXISTS (SELECT 1 FROM contact p WHERE p.client_id = client.id)`,
		`DELETE FROM client_group WHERE import_id = ?1 AND merged_into IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM client c WHERE c.group_id = client_group.id)`,
		`DELETE FROM client_group WHERE import_id = ?1
			AND NOT EXISTS (SELECT 1 FROM client c WHERE c.group_id = client_group.id)
			AND NOT EXISTS (SELECT 1 FROM client_group m WHERE m.merged_into = client_group.id)`,
	} {
		n, err := u.e.exec(ctx, statement, u.id)
		if err != nil {
			return fmt.Errorf("delete what the import created: %w", err)
		}
		u.rows += int(n)
	}
	const (
		groups    = `DELETE FROM proposal_group WHERE proposal_id IN (SELECT id FROM proposal WHERE import_id = ?1 AND state = 'open')`
		proposals = `DELETE FROM proposal WHERE import_id = ?1 AND state = 'open'`
	)
	for _, statement := range []string{groups, proposals} {
		if _, err := u.e.exec(ctx, statement, u.id); err != nil {
			return fmt.Errorf("delete proposals: %w", err)
		}
	}
	return nil
}

// inUse lists, for each table without import_id, where its rows are used.
var inUse = []struct{ table, used string }{
	{"service", `SELECT service_id FROM invoice_line UNION SELECT service_id FROM unattributed_line`},
	{"source", `SELECT source_id FROM invoice_line UNION SELECT source_id FROM unattributed_line UNION SELECT source_id FROM hours`},
	{"manager", `SELECT manager_id FROM client UNION SELECT partner_id FROM client
		UNION SELECT manager_id FROM client_group UNION SELECT partner_id FROM client_group UNION SELECT manager_id FROM touch`},
}

// removeUnused deletes the managers, services and bookkeepings that the import
// created and nothing uses any more.
func (u *undoing) removeUnused(ctx context.Context) error {
	const created = `SELECT row_key FROM before_image WHERE import_id = ?1 AND table_name = ?2 AND row_before IS NULL`
	for _, t := range inUse {
		rows, err := u.e.query(ctx, created, u.id, t.table)
		keys, err := collect(rows, err, func(row scanner) (key json.Number, err error) { return key, row.Scan((*string)(&key)) })
		if err != nil {
			return fmt.Errorf("read created %s: %w", t.table, err)
		}
		if len(keys) == 0 {
			continue
		}
		ids, err := json.Marshal(keys)
		if err != nil {
			return err
		}
		remove := "DELETE FROM " + t.table + " WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1)) AND id NOT IN (" + t.used + ")"
		n, err := u.e.exec(ctx, remove, string(ids))
		if err != nil {
			return fmt.Errorf("delete unused %s: %w", t.table, err)
		}
		u.rows += int(n)
	}
	return nil
}

// forgetList clears the mark that a client list was imported when this was the
// only one.
func (u *undoing) forgetList(ctx context.Context) error {
	const clear = `UPDATE office SET clients_imported = 0 WHERE NOT EXISTS (
		SELECT 1 FROM import WHERE kind = 'clients' AND undone_at = 0 AND id <> ?1 AND added + changed + unchanged > 0)`
	_, err := u.e.exec(ctx, clear, u.id)
	return doing("clear mark of client list", err)
}
