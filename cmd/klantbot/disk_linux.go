package main

import "syscall"

// freeOn is how many bytes an ordinary user may still write on the disk of folder.
func freeOn(folder string) (int64, bool) {
	var disk syscall.Statfs_t
	if syscall.Statfs(folder, &disk) != nil {
		return 0, false
	}
	return int64(disk.Bavail) * disk.Bsize, true
}
