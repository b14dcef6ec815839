// Wraps glibc's allocation functions and counts their calls; freeing memory is not counted.
#include "allocations.h"
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define QUIRE_SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(QUIRE_SANITIZED)
// glibc's own names for its functions, provided for programs that wrap them.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// Each thread counts in a cache line of its own, because adding to a shared number slows every allocation. Threads
// beyond the first `places - 1` share the last line.
enum { places = 1024 };
static struct {
  _Alignas(64) _Atomic int64_t number;
} counts[places];
static _Atomic int threads;
// The general TLS model could allocate a thread's copy inside malloc.
static _Thread_local int64_t own __attribute__((tls_model("initial-exec")));
static _Thread_local int place __attribute__((tls_model("initial-exec"))) = -1;

static void count(void) {
  own++;
  if (place < 0) {
    place = atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed);
    if (place >= places) place = places - 1;
  }
  if (place == places - 1)
    atomic_fetch_add_explicit(&counts[place].number, 1, memory_order_relaxed);
  else
    atomic_store_explicit(&counts[place].number, own, memory_order_relaxed);
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  count();
  return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
  count();
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *memory = memalign(alignment, size);
  if (!memory) return ENOMEM;
  *result = memory;
  return 0;
}

int64_t quire_allocations(void) {
  int64_t all = 0;
  for (int i = 0; i < places; i++) all += atomic_load_explicit(&counts[i].number, memory_order_relaxed);
  return all;
}
int64_t quire_allocations_of_this_thread(void) { return own; }
#else
int64_t quire_allocations(void) { return -1; }
int64_t quire_allocations_of_this_thread(void) { return -1; }
#endif
