package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// imaged lists, for each table an import may change a row of, the columns of a
// before-image. import_id comes last, which lastTouch relies on.
var imaged = map[string][]string{
	"client_group": {"number", "name", "manager_id", "partner_id", "merged_into", "import_id"},
	"client": {"group_id", "number", "debtor", "name", "kvk", "vat", "email", "kind", "sbi", "stage", "status", "fte",
		"balance", "since", "until", "market", "referrer", "elsewhere", "manager_id", "partner_id", "audit", "import_id"},
	"contact":           {"client_id", "name", "role", "email", "phone", "import_id"},
	"manager":           {"name", "email", "user_id"},
	"invoice_line":      append([]string{"client_id"}, lineColumns...),
	"unattributed_line": lineColumns,
	"hours":             {"client_id", "day", "minutes", "cents", "source_id", "occurrence", "import_id"},
}

// lineColumns are the columns of unattributed_line; the first six are its key.
var lineColumns = []string{"day", "service_id", "invoice", "cents", "source_id", "occurrence", "service_year", "import_id"}

// lastTouch is how a before-image ends whose row was last touched by an import.
// No text in a row can look like it: JSON writes its quotes with a backslash.
func lastTouch(id int64) string { return `"import_id":` + strconv.FormatInt(id, 10) + `}` }

// images keeps the rows of an import as they were before it. What has
// import_id of the import and no image was created by it; tables without that
// column get an image that says so.
type images struct {
	e    executor
	id   int64 // the import
	rows *bulk
}

func newImages(e executor, id int64) *images {
	return &images{e: e, id: id,
		rows: newBulk(e, "before_image", "import_id, table_name, row_key, row_before", "ON CONFLICT DO NOTHING")}
}

// keep keeps row id of table as it is now, unless this import kept it before
// or created it.
func (m *images) keep(ctx context.Context, table string, id int64) error {
	columns := imaged[table]
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + table + " WHERE id = ?1"
	values, err := scanValues(m.e.row(ctx, query, id), len(columns))
	if err != nil {
		return fmt.Errorf("read %s %d before it changes: %w", table, id, err)
	}
	if last := len(columns) - 1; columns[last] == "import_id" && values[last] == m.id {
		return nil
	}
	return m.put(ctx, table, strconv.FormatInt(id, 10), values)
}

// put keeps a row that the caller has at hand.
func (m *images) put(ctx context.Context, table, key string, values []any) error {
	before, err := rowJSON(imaged[table], values)
	if err != nil {
		return err
	}
	return m.rows.add(ctx, m.id, table, key, before)
}

// created marks row id of a table without import_id as created by the import.
func (m *images) created(ctx context.Context, table string, id int64) error {
	return m.rows.add(ctx, m.id, table, strconv.FormatInt(id, 10), nil)
}

// scanValues reads a row of n columns of any type.
func scanValues(row scanner, n int) ([]any, error) {
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	if err := row.Scan(into...); err != nil {
		return nil, err
	}
	for i, v := range values {
		if b, ok := v.([]byte); ok {
			values[i] = string(b)
		}
	}
	return values, nil
}

// rowJSON writes a row as a JSON object, columns in their order.
func rowJSON(columns []string, values []any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, c := range columns {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(`"` + c + `":`)
		if err := enc.Encode(values[i]); err != nil {
			return "", fmt.Errorf("write row as JSON: %w", err)
		}
		b.Truncate(b.Len() - 1) // the line feed of Encode
	}
	b.WriteByte('}')
	return b.String(), nil
}

// readRow reads what rowJSON wrote, in the order of columns.
func readRow(columns []string, object string) ([]any, error) {
	var fields map[string]any
	dec := json.NewDecoder(strings.NewReader(object))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return nil, fmt.Errorf("read row from JSON: %w", err)
	}
	values := make([]any, len(columns))
	for i, c := range columns {
		n, ok := fields[c].(json.Number)
		if !ok {
			values[i] = fields[c]
			continue
		}
		var err error
		if c == "fte" {
			values[i], err = n.Float64()
		} else {
			values[i], err = n.Int64()
		}
		if err != nil {
			return nil, fmt.Errorf("read row from JSON: column %s: %w", c, err)
		}
	}
	return values, nil
}

// touchedLater returns the newest import after id that touched a row which id
// had touched last, or 0.
func touchedLater(ctx context.Context, e executor, id int64) (int64, error) {
	const newest = `SELECT COALESCE(MAX(import_id), 0) FROM before_image
		WHERE import_id > ?1 AND row_before LIKE '%' || ?2`
	var later int64
	err := e.row(ctx, newest, id, lastTouch(id)).Scan(&later)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look for later imports: %w", err)
	}
	return later, nil
}
