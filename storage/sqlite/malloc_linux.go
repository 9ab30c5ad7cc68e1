package sqlite

/*
#include <malloc.h>

static void trim(void) {
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
*/
import "C" // also for malloc_linux.c

// glibc's malloc gives each thread a heap of its own, which it fills anew and
// seldom gives back, and Go calls SQLite from whichever thread is free.
// malloc_linux.c has them share one, which saves a server about 1.5 MB. It does
// not slow SQLite down: each of its connections, and in glibc each thread, keeps
// what it frees most for itself.

// GiveBack gives the machine what SQLite no longer needs of its heap, as
// debug.FreeOSMemory does for Go's.
func GiveBack() { C.trim() }
