// Elementwise dropout. Philox's rounds run in vectors of 64-bit lanes, one block of four numbers a lane: a
// 32 × 32-bit product reads the lower half of a lane only, so what is left in the upper half does no harm.
#include "philox.h"

enum { BLOCKS = LANES / 2, GROUPS = 2 };  // blocks in a vector, vectors side by side

typedef uint64_t vw __attribute__((ext_vector_type(LANES / 2)));

#define low_half(w) ((w) & 0xFFFFFFFFu)

// The numbers of the blocks from `block` on, in their order.
INLINE void philox_blocks(
  uint64_t key, uint64_t high, uint64_t low, uint32_t block, vu numbers[2 * GROUPS]
) {
  vw c0[GROUPS], c1[GROUPS], c2[GROUPS], c3[GROUPS];
  UNROLL for (int g = 0; g < GROUPS; g++) {
    UNROLL for (int i = 0; i < BLOCKS; i++) c0[g][i] = (uint64_t)(g * BLOCKS + i);
    c0[g] += block;
    c1[g] = (vw)low;
    c2[g] = (vw)(high & 0xFFFFFFFFu);
    c3[g] = (vw)(high >> 32);
  }
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  UNROLL for (int round = 0; round < 10; round++) {
    UNROLL for (int g = 0; g < GROUPS; g++) {
      vw a = low_half(c0[g]) * 0xD2511F53u, b = low_half(c2[g]) * 0xCD9E8D57u;
      c0[g] = (b >> 32) ^ c1[g] ^ k0;
      c2[g] = (a >> 32) ^ c3[g] ^ k1;
      c1[g] = b;
      c3[g] = a;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  UNROLL for (int g = 0; g < GROUPS; g++) {
    vw first = low_half(c0[g]) | c1[g] << 32, second = low_half(c2[g]) | c3[g] << 32, ordered[2];
    UNROLL for (int i = 0; i < BLOCKS; i++) {
      ordered[2 * i / BLOCKS][2 * i % BLOCKS] = first[i];
      ordered[2 * i / BLOCKS][2 * i % BLOCKS + 1] = second[i];
    }
    memcpy(numbers + 2 * g, ordered, sizeof ordered);
  }
}

static void dropout(
  const float *x, float *y, int64_t n, float p, uint64_t key, uint64_t high, uint32_t low
) {
  float scale = 1 / (1 - p);
  for (int64_t from = 0; from < n; from += 2 * GROUPS * LANES) {
    vu numbers[2 * GROUPS];
    philox_blocks(key, high, low, (uint32_t)(from / 4), numbers);
    UNROLL for (int v = 0; v < 2 * GROUPS; v++) {
      int64_t at = from + v * LANES, left = lanes_left(at, n);
      vf unit = __builtin_convertvector((vi)(numbers[v] >> 8), vf) * 0x1p-24f;
      if (left > 0) store_first(y + at, unit >= p ? load_first(x + at, left) * scale : (vf)0, left);
    }
  }
}
