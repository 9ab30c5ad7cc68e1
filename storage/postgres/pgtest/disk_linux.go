package pgtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// SmallDisk gives the server a disk of so many megabytes, and returns the folder where
// it may keep a tablespace on it. Where t may not mount anything it is skipped.
func (s *Server) SmallDisk(t testing.TB, megabytes int) (folder string) {
	t.Helper()
	disk := filepath.Join(s.c.dir, "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=0755", megabytes))
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skip("a small disk is not here: this user may not mount one")
	}
	if err != nil {
		t.Fatalf("mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		s.Stop() // it holds files there
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Errorf("unmount the small disk: %v", err)
		}
	})
	folder = filepath.Join(disk, "space")
	if err := errors.Join(os.Mkdir(folder, 0o700), s.c.own(folder)); err != nil {
		t.Fatal(err)
	}
	return folder
}
