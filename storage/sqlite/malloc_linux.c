#include <malloc.h>

#ifdef __GLIBC__
// Before Go begins: each thread takes a heap at its first allocation and keeps it. Up to
// a megabyte at the end of it is kept for the next statement: by default what a sort
// freed goes back to the machine each time, and a card faulted 150 pages in again.
__attribute__((constructor)) static void one_heap(void) {
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
}
#endif
