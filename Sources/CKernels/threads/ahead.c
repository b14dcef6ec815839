// The memory that each thread prefetches.
#include "ahead.h"
#include <stddef.h>

_Thread_local quire_ahead quire_ahead_of_thread;

void quire_ahead_clear(void) {
  quire_ahead *ahead = &quire_ahead_of_thread;
  ahead->at = ahead->end = NULL;
  ahead->next = ahead->count = 0;
}

void quire_ahead_add(const void *from, int64_t bytes) {
  quire_ahead *ahead = &quire_ahead_of_thread;
  if (ahead->count == QUIRE_AHEAD_MOST) return;
  ahead->ranges[ahead->count].at = from;
  ahead->ranges[ahead->count++].end = (const char *)from + bytes;
}
