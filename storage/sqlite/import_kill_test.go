package sqlite_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlite"
)

// killed names the database for the process that TestImportKilled kills.
const killed = "KLANTBOT_TEST_KILLED"

// TestImportKilled: a process that dies in the middle of an import leaves the
// database as it was, nothing staged, and nothing in the way of the next one.
func TestImportKilled(t *testing.T) {
	if path := os.Getenv(killed); path != "" {
		fmt.Println("applying")
		importLines(t, path)
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "office.db")
	died := 0
	for wait := 20 * time.Millisecond; wait < 20*time.Second; wait *= 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestImportKilled$")
		cmd.Env = append(os.Environ(), killed+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		bufio.NewScanner(out).Scan()
		kill := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() }) // it may be done
		err = cmd.Wait()
		kill.Stop()
		n := countLines(t, path)
		left, _ := filepath.Glob(filepath.Join(dir, "klantbot-import-*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		if err == nil {
			break
		}
		if died++; n != 0 && n != killedLines {
			t.Fatalf("killed after %v: %d lines, want none or all", wait, n)
		}
		if n != 0 {
			break // it died between its commit and its end
		}
	}
	if died == 0 {
		t.Skip("no process died on its way")
	}
	importLines(t, path)
	if n := countLines(t, path); n != killedLines {
		t.Errorf("%d lines in the end, want %d", n, killedLines)
	}
}

const killedLines = 100_000

func importLines(t *testing.T, path string) {
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportRevenue, Source: "boek"})
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]analysis.StagedLine, killedLines)
	for i := range lines {
		lines[i] = analysis.StagedLine{Line: i, Number: strconv.Itoa(i % 5000), Day: analysis.Day(20_000 + i/500), Invoice: strconv.Itoa(i), Amount: 1}
	}
	if err := s.AddLines(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// countLines opens the database as the next process does.
func countLines(t *testing.T, path string) (n int) {
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("open after a kill: %v", err)
	}
	defer db.Close()
	raw, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if err := raw.QueryRow(`SELECT COUNT(*) FROM invoice_line`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
