// The kernels for x86-64 with AVX-512 (Skylake-X, Zen 4 and later), in vectors of 512 bits.
#if defined(__x86_64__)
// Include headers first, so that only our own functions use the instructions.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#define QUIRE_LANES 16
#define QUIRE_LOAD_LANES(p, from, to) _mm512_maskz_loadu_ps((__mmask16)((1u << (to)) - (1u << (from))), p)
#define QUIRE_STORE_SOME(p, v, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), v)
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "../templates/table.h"
#pragma clang attribute pop

const quire_kernels quire_kernels_avx512 = {QUIRE_ROWS("avx512")};
#endif
