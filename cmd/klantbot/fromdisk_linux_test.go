package main

import (
	"os"
	"syscall"
	"testing"
)

// dontNeed is POSIX_FADV_DONTNEED.
const dontNeed = 4

// fromDisk has a file that was just written read from the disk when it is used, as a
// program is after the machine started. What the linker just wrote lies in the page
// cache in pieces of two megabytes, and Linux 6.18 maps such a piece whole at the first
// touch: seven megabytes more than what is read from the disk, or was copied.
func fromDisk(t testing.TB, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Sync()
	if _, _, errno := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); errno != 0 && err == nil {
		err = errno
	}
	if err := firstError(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// calmDisk returns when all that was written is on the disk: a gigabyte that another
// benchmark left to be written makes every flush beside it wait.
func calmDisk() { syscall.Sync() }
