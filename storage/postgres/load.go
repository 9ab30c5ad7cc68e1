package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// load writes rows by COPY, as sqlstore.Loader says.
func load(ctx context.Context, on *sql.Conn, table string, columns []string, next func() ([]any, error)) error {
	return on.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("load %s: not a connection of pgx", table)
		}
		var failed error // the server only gives its words back
		rows := pgx.CopyFromFunc(func() (row []any, err error) {
			row, failed = next()
			return row, failed
		})
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, rows)
		if failed != nil {
			return failed
		}
		return err
	})
}
