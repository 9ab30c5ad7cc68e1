package sqlite_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
)

// BenchmarkImportPostgres is BenchmarkImport on PostgreSQL, beside psql's \copy of the
// same rows, made ready for it, into the same schema. x-copy is our time divided by
// psql's. It stands here for the files that both import.
//
//	KLANTBOT_BENCH_CLIENTS=1000000 go test ./storage/sqlite -run xxx -bench ImportPostgres -benchtime 1x
func BenchmarkImportPostgres(b *testing.B) {
	clients, err := strconv.Atoi(cmp.Or(os.Getenv("KLANTBOT_BENCH_CLIENTS"), "20000"))
	if err != nil {
		b.Fatal(err)
	}
	psql, err := exec.LookPath("psql")
	if err != nil {
		b.Skip("psql is not here")
	}
	server := pgtest.NewServer(b, nil, "shared_buffers=256MB", "max_wal_size=4GB")
	dir := b.TempDir()
	writeExport(b, dir, clients, 5*clients)
	var ours, theirs float64
	for round := 0; b.Loop(); round++ {
		for _, name := range []string{"ours", "theirs"} {
			database := fmt.Sprint(name, round)
			server.Run("postgres", `CREATE DATABASE `+database)
			db, err := postgres.Open(b.Context(), server.URL("postgres", database))
			if err != nil {
				b.Fatal(err)
			}
			began := time.Now()
			if name == "ours" {
				importInto(b, dir, db, 6*clients)
				ours += time.Since(began).Seconds()
			} else {
				psqlImport(b, psql, server.URL("postgres", database), dir)
				theirs += time.Since(began).Seconds()
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours/float64(b.N), "s/import")
	b.ReportMetric(theirs/float64(b.N), "s/copy")
	b.ReportMetric(ours/theirs, "x-copy")
}

// psqlImport has psql copy the files that were made ready.
func psqlImport(b *testing.B, psql, dsn, dir string) {
	b.Helper()
	columns := map[string]string{"client": ` (id, group_id, number, debtor, name, kvk, vat, email, kind, sbi, stage, status, fte, balance,
		since, until, market, referrer, elsewhere, manager_id, partner_id, import_id)`}
	cmd := exec.Command(psql, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", dsn)
	var script strings.Builder
	for _, table := range []string{"client_group", "client", "invoice_line"} {
		fmt.Fprintf(&script, "\\copy %s%s from '%s' with (format csv, null '\\N')\n", table, strings.Join(strings.Fields(columns[table]), " "), filepath.Join(dir, table+".csv"))
	}
	cmd.Stdin = strings.NewReader(script.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("psql: %v\n%s", err, out)
	}
}
