#include <malloc.h>

#ifdef __GLIBC__
// Before Go begins: each thread takes a heap at its first allocation and keeps it.
__attribute__((constructor)) static void one_heap(void) {
	mallopt(M_ARENA_MAX, 1);
}
#endif
