#include "red_zones.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define QUIRE_RED_ZONES 1
#endif
#endif

#ifdef QUIRE_RED_ZONES
#include <sanitizer/asan_interface.h>
int quire_has_red_zones(void) { return 1; }
void quire_red_zone_close(const void *at, int64_t bytes) { __asan_poison_memory_region(at, (size_t)bytes); }
void quire_red_zone_open(const void *at, int64_t bytes) { __asan_unpoison_memory_region(at, (size_t)bytes); }
#else
int quire_has_red_zones(void) { return 0; }
void quire_red_zone_close(const void *at, int64_t bytes) { (void)at, (void)bytes; }
void quire_red_zone_open(const void *at, int64_t bytes) { (void)at, (void)bytes; }
#endif
