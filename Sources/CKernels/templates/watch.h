// ThreadSanitizer watches accesses of at most 16 bytes. Vectors are wider, so their loads and stores call these
// functions, which report the access and return the address; in other builds they only return the address.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define QUIRE_WATCHED 1
#endif
#endif

#ifdef QUIRE_WATCHED
void __tsan_unaligned_read4(void *);
void __tsan_unaligned_read16(void *);
void __tsan_unaligned_write4(void *);
void __tsan_unaligned_write16(void *);

#define WATCH static inline __attribute__((always_inline))

// `bytes` is a multiple of 4.
WATCH const void *watch_read(const void *p, unsigned long bytes) {
  char *at = (char *)p, *end = at + bytes;
  for (; end - at >= 16; at += 16) __tsan_unaligned_read16(at);
  for (; at < end; at += 4) __tsan_unaligned_read4(at);
  return p;
}
WATCH void *watch_write(void *p, unsigned long bytes) {
  char *at = p, *end = at + bytes;
  for (; end - at >= 16; at += 16) __tsan_unaligned_write16(at);
  for (; at < end; at += 4) __tsan_unaligned_write4(at);
  return p;
}
// Floats from ..< to.
WATCH const float *watch_read_lanes(const float *p, int64_t from, int64_t to) {
  if (from < to) watch_read(p + from, (unsigned long)(to - from) * sizeof(float));
  return p;
}
#else
#define watch_read(p, bytes) (p)
#define watch_write(p, bytes) (p)
#define watch_read_lanes(p, from, to) (p)
#endif
