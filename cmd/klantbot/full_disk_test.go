package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestFullDisk: an import for which there is no room says so in a sentence and leaves
// the office as it was. A process that may write no more than a megabyte in a file
// stands for a disk that is full.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no limit to what a process may write here")
	}
	var list strings.Builder
	list.WriteString("Klantnummer;Naam\r\n")
	for n := range 20_000 {
		fmt.Fprintf(&list, "%05d;Klant met een lange naam om de schijf te vullen nummer %d B.V.\r\n", n, n)
	}
	db, file := filepath.Join(t.TempDir(), "office.db"), write(t, "clients.csv", list.String())
	if _, status := verb(t, "import", write(t, "few.csv", clientsCSV), "--db", db); status != done {
		t.Fatal("the first import failed")
	}
	cmd := exec.Command("/bin/sh", "-c", `ulimit -f 2048; exec "$0" import "$1" --db "$2" --lang en`, os.Args[0], file, db)
	cmd.Env = append(os.Environ(), "KLANTBOT_TEST_AS_PROGRAM=1")
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "The disk of the database is full or broken; nothing was changed.") {
		t.Errorf("the import ended with %v and said %s", err, said)
	}
	if n := count(t, db, `SELECT count(*) FROM client`); n != 3 {
		t.Errorf("%d clients are there, want 3", n)
	}
	if got, status := verb(t, "import", file, "--db", db); status != done || got["added"].(float64) != 20_000 {
		t.Errorf("with room again: %v", got)
	}
}
