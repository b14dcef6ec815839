// Memory that AddressSanitizer is to watch although it is part of a larger allocation. In any other build there
// are no red zones, and nothing is done.
#ifndef QUIRE_RED_ZONES_H
#define QUIRE_RED_ZONES_H
#include <stdint.h>

#pragma clang assume_nonnull begin
// Whether AddressSanitizer is there.
int quire_has_red_zones(void);
// Has every access to the memory reported, until it is opened again. Aligned to 8 bytes.
void quire_red_zone_close(const void *at, int64_t bytes);
void quire_red_zone_open(const void *at, int64_t bytes);
#pragma clang assume_nonnull end
#endif
