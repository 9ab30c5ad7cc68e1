package sqlite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"klantbot/storage/sqlite"
)

// TestBackupFullDisk: on a disk that is full there is a sentence and no file.
func TestBackupFullDisk(t *testing.T) {
	path, disk := large(t), smallDisk(t)
	if disk == "" {
		return // TestBackupFileLimit needs no disk
	}
	_, err := sqlite.Backup(t.Context(), path, filepath.Join(disk, "backup.db"), quietly)
	wantKey(t, "backup", err, "storage.backup.full")
	wantFiles(t, disk)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := sqlite.Backup(t.Context(), path, backup, quietly); err != nil {
		t.Fatal(err)
	}
	small := filepath.Join(disk, "office.db")
	closed(t, small)
	_, err = sqlite.Restore(t.Context(), backup, small, small+".before", true, quietly)
	wantKey(t, "restore", err, "storage.backup.full")
	wantFiles(t, disk, "office.db")
	if _, err := sqlite.Inspect(t.Context(), small); err != nil {
		t.Errorf("what was there: %v", err)
	}
}

// smallDisk is a disk of 4 MB, or "" for who may make none.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		return ""
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

// TestBackupFileLimit is TestBackupFullDisk for who may make no disk: a process that
// can write no more than 2 MB in a file.
func TestBackupFileLimit(t *testing.T) {
	if path := os.Getenv(limited); path != "" {
		_, err := sqlite.Backup(t.Context(), path, path+".backup", quietly)
		wantKey(t, "backup", err, "storage.backup.full")
		return
	}
	path := large(t)
	cmd := exec.Command("/bin/sh", "-c", `ulimit -f 4096; exec "$0" -test.run='^TestBackupFileLimit$'`, os.Args[0])
	cmd.Env = append(os.Environ(), limited+"="+path)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	wantFiles(t, filepath.Dir(path), "office.db")
}

const limited = "KLANTBOT_TEST_LIMITED"
