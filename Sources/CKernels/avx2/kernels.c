// The kernels for x86-64 with AVX2 and fused multiply-add (Haswell, Zen and later).
#if defined(__x86_64__)
// Include headers first, so that only our own functions use the instructions.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#define QUIRE_LANE ((vi){0, 1, 2, 3, 4, 5, 6, 7})
#define QUIRE_LOAD_LANES(p, from, to) \
  _mm256_maskload_ps(p, (__m256i)(QUIRE_LANE >= (int)(from) & QUIRE_LANE < (int)(to)))
#define QUIRE_STORE_SOME(p, v, n) _mm256_maskstore_ps(p, (__m256i)(QUIRE_LANE < (int)(n)), v)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "../templates/table.h"
#pragma clang attribute pop

const quire_kernels quire_kernels_avx2 = {QUIRE_ROWS("avx2"), .openblas_computes_gradients = 1};
#endif
