// Counts the process's calls of malloc and its relatives. Nothing that is shipped links this: it is preloaded
// into quire as a shared library (LD_PRELOAD), or linked into a test bundle. Where it cannot count (no glibc,
// under a sanitizer), both numbers are -1.
#ifndef QUIRE_ALLOCATIONS_H
#define QUIRE_ALLOCATIONS_H
#include <stdint.h>

// Allocations so far: by any thread, and by the thread that asks.
int64_t quire_allocations(void);
int64_t quire_allocations_of_this_thread(void);
#endif
