// The kernels for x86-64 with AVX-512 (Skylake-X, Zen 4 and later), in vectors of 512 bits.
#if defined(__x86_64__)
// The headers come first: only our own functions are to use the instructions.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#define QUIRE_LANES 16
#define QUIRE_LOAD_SOME(p, n) _mm512_maskz_loadu_ps((__mmask16)((1u << (n)) - 1), p)
#define QUIRE_STORE_SOME(p, v, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), v)
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "../templates/table.h"
#pragma clang attribute pop

void quire_product_avx512bf16(const quire_product *);
quire_winograd_backward_function quire_winograd_backward_avx512bf16;

const quire_kernels quire_kernels_avx512 = {QUIRE_ROWS("avx512")};
const quire_kernels quire_kernels_avx512bf16 = {
  QUIRE_ROWS("avx512"), .product_bf16 = quire_product_avx512bf16,
  .winograd_backward_bf16 = quire_winograd_backward_avx512bf16};
#endif
