package commands

import (
	"context"
	"testing"
)

// TestDirectoryStart: a question that comes while the names are read for the first time
// waits for them, and no longer than its context; what went wrong is said.
func TestDirectoryStart(t *testing.T) {
	db := bareOffice(t, clientsOf(t, 10, func(int) int64 { return 100_00 })).db
	dir := NewDirectory(db)
	failed := dir.Start(t.Context())
	if found, _ := dir.Find(t.Context(), "9001", 1); len(found) != 1 || dir.Size(t.Context()) == 0 {
		t.Errorf("at the start it finds %v of %d", found, dir.Size(t.Context()))
	}
	if err := <-failed; err != nil {
		t.Error(err)
	}

	over, end := context.WithCancel(t.Context())
	end()
	dir = NewDirectory(db)
	if err := <-dir.Start(over); err == nil {
		t.Error("names that could not be read were read")
	}
	if found, _ := dir.Find(over, "9001", 1); len(found) > 0 || dir.Nearest(over, "Klant", 1) != nil || dir.Size(over) != 0 {
		t.Errorf("without names it finds %v", found)
	}
}
