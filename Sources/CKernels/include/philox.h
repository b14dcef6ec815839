// Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3"
// (SC 2011). Same key and counter, same numbers: nothing to store, nothing that depends on threads.
#ifndef QUIRE_PHILOX_H
#define QUIRE_PHILOX_H
#include <stdint.h>

typedef struct { uint32_t x, y, z, w; } quire_philox4;

static inline quire_philox4 quire_philox(uint64_t key, uint64_t counter_high, uint64_t counter_low) {
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  uint32_t c0 = (uint32_t)counter_low, c1 = (uint32_t)(counter_low >> 32);
  uint32_t c2 = (uint32_t)counter_high, c3 = (uint32_t)(counter_high >> 32);
  for (int round = 0; round < 10; round++) {
    uint64_t a = (uint64_t)0xD2511F53u * c0, b = (uint64_t)0xCD9E8D57u * c2;
    uint32_t n0 = (uint32_t)(b >> 32) ^ c1 ^ k0, n2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)b; c3 = (uint32_t)a; c0 = n0; c2 = n2;
    k0 += 0x9E3779B9u; k1 += 0xBB67AE85u;
  }
  return (quire_philox4){c0, c1, c2, c3};
}

// 24 random bits as a float in [0, 1).
static inline float quire_unit(uint32_t bits) { return (float)(bits >> 8) * 0x1p-24f; }
#endif
