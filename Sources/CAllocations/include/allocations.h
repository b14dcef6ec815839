// Counts the process's calls of malloc and its relatives. No shipped program links this: it is preloaded into
// quire as a shared library (LD_PRELOAD), or linked into a test bundle. If it cannot count (no glibc, or under a
// sanitizer), both numbers are -1.
#ifndef QUIRE_ALLOCATIONS_H
#define QUIRE_ALLOCATIONS_H
#include <stdint.h>

// Allocations so far: by all threads, and by the calling thread.
int64_t quire_allocations(void);
int64_t quire_allocations_of_this_thread(void);
#endif
