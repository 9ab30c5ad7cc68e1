package sqlite_test

import (
	"debug/elf"
	"os"
	"slices"
	"testing"
)

// TestFlushesData: SQLite, as it is linked here, has the system write what a commit needs
// and nothing more.
func TestFlushesData(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := elf.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	imported, err := program.ImportedSymbols()
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(imported, func(s elf.ImportedSymbol) bool { return s.Name == name })
	}
	if !has("fdatasync") || has("fsync") {
		t.Errorf("fdatasync is taken from the C library: %v, fsync: %v; want only the first", has("fdatasync"), has("fsync"))
	}
}
