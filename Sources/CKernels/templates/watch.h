// ThreadSanitizer watches accesses of at most 16 bytes. Vectors are wider, so their loads and stores report
// themselves: each of these gives the address back, and is nothing but the address in any other build.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define QUIRE_WATCHED 1
#endif
#endif

#ifdef QUIRE_WATCHED
void __tsan_read_range(void *, unsigned long);
void __tsan_write_range(void *, unsigned long);

static inline const void *watch_read(const void *p, unsigned long bytes) {
  __tsan_read_range((void *)p, bytes);
  return p;
}
static inline void *watch_write(void *p, unsigned long bytes) {
  __tsan_write_range(p, bytes);
  return p;
}
// Floats from ..< to.
static inline const float *watch_read_lanes(const float *p, int64_t from, int64_t to) {
  if (from < to) watch_read(p + from, (unsigned long)(to - from) * sizeof(float));
  return p;
}
#else
#define watch_read(p, bytes) (p)
#define watch_write(p, bytes) (p)
#define watch_read_lanes(p, from, to) (p)
#endif
