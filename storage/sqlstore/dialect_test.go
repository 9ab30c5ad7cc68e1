package sqlstore

import "testing"

func TestDialectSQL(t *testing.T) {
	const statement = `SELECT key FROM inbox WHERE id IN (SELECT value FROM json_each(?2)) AND a = ?1 AND b = ?10 FOR UPDATE SKIP LOCKED`
	for _, d := range []struct {
		dialect Dialect
		want    string
	}{
		{SQLite, `SELECT key FROM inbox WHERE id IN (SELECT value FROM json_each(?2)) AND a = ?1 AND b = ?10`},
		{PostgreSQL, `SELECT key FROM inbox WHERE id IN (SELECT value FROM json_array_elements_text($2)) AND a = $1 AND b = $10 FOR UPDATE SKIP LOCKED`},
	} {
		for range 2 { // the second time it is remembered
			if got := d.dialect.SQL(statement); got != d.want {
				t.Errorf("%s: %s, want %s", d.dialect, got, d.want)
			}
		}
	}
}
