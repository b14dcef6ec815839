// Memory that AddressSanitizer guards although it is part of a larger allocation. Other builds have no red zones,
// and the functions do nothing.
#ifndef QUIRE_RED_ZONES_H
#define QUIRE_RED_ZONES_H
#include <stdint.h>

#pragma clang assume_nonnull begin
// Whether AddressSanitizer is active.
int quire_has_red_zones(void);
// Makes AddressSanitizer report every access to the memory until it is opened again. Aligned to 8 bytes.
void quire_red_zone_close(const void *at, int64_t bytes);
void quire_red_zone_open(const void *at, int64_t bytes);
#pragma clang assume_nonnull end
#endif
