// Memory that a thread is going to read. The products, which are not memory-bound, prefetch it into the second-level
// cache: a line with every step along k. This is only a hint; no result depends on it.
#ifndef QUIRE_AHEAD_H
#define QUIRE_AHEAD_H
#include <stdint.h>

#pragma clang assume_nonnull begin
enum { QUIRE_AHEAD_MOST = 16 };

typedef struct {
  const char *at, *end;  // what is left of the current range
  int32_t next, count;
  struct { const char *at, *end; } ranges[QUIRE_AHEAD_MOST];
} quire_ahead;

extern _Thread_local quire_ahead quire_ahead_of_thread;

// Discards ranges that this thread has not prefetched yet.
void quire_ahead_clear(void);
// Adds a range; beyond QUIRE_AHEAD_MOST they are ignored.
void quire_ahead_add(const void *from, int64_t bytes);
#pragma clang assume_nonnull end
#endif
