package sqlite_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// column is a line of a migration that defines a column; its first word is the
// name, and what stands behind the dashes its comment.
var column = regexp.MustCompile(`^\t(\w+) +(?:INTEGER|TEXT|REAL|BLOB|BIGINT|DOUBLE|BYTEA)\b[^-]*(?:-- (\S.*))?$`)

// TestMigrations: both engines have the same migrations with the same tables,
// columns and comments, every column has one, and none goes back.
func TestMigrations(t *testing.T) {
	ours, theirs := migrations(t, "migrations"), migrations(t, filepath.Join("..", "postgres", "migrations"))
	for name, file := range ours {
		if strings.Contains(file, "+goose Down") {
			t.Errorf("%s goes back", name)
		}
		a, b := columns(t, name, file), columns(t, name, theirs[name])
		if !slices.Equal(a, b) {
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					t.Fatalf("%s: SQLite has %q where PostgreSQL has %q", name, a[i], b[i])
				}
			}
			t.Errorf("%s: SQLite has %d tables and columns, PostgreSQL %d", name, len(a), len(b))
		}
	}
	if len(theirs) != len(ours) {
		t.Errorf("SQLite has %d migrations, PostgreSQL %d", len(ours), len(theirs))
	}
}

func migrations(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no migrations in %s: %v", dir, err)
	}
	files := map[string]string{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(b)
	}
	return files
}

// columns lists the tables and indexes of a migration, and its columns with
// their comments. Triggers are each engine's own.
func columns(t *testing.T, name, file string) []string {
	t.Helper()
	var found []string
	own := false
	for line := range strings.Lines(file) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "-- +goose Statement"):
			own = strings.HasSuffix(line, "Begin")
		case strings.HasPrefix(line, "CREATE TRIGGER"):
			continue
		}
		if own {
			continue
		}
		if strings.HasPrefix(line, "CREATE ") {
			found = append(found, line)
			continue
		}
		m := column.FindStringSubmatch(line)
		switch {
		case m == nil && strings.HasPrefix(line, "\t") && !strings.Contains(line, "PRIMARY KEY (") && !strings.Contains(line, "UNIQUE ("):
			t.Errorf("%s: can not read %q", name, line)
		case m != nil && m[2] == "":
			t.Errorf("%s: column %s has no comment", name, m[1])
		case m != nil:
			found = append(found, m[1]+" -- "+m[2])
		}
	}
	return found
}
