// The AVX-512 kernels again, for CPUs with an instruction that rounds to bf16.
#if defined(__x86_64__)
// Include headers first, so that only our own functions use the instructions.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#define QUIRE_LANES 16
#define QUIRE_LOAD_LANES(p, from, to) _mm512_maskz_loadu_ps((__mmask16)((1u << (to)) - (1u << (from))), p)
#define QUIRE_STORE_SOME(p, v, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), v)
#define QUIRE_ROUND_TO_BF16(v) _mm512_cvtneps_pbh((__m512)(v))
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma"))), apply_to = function)
#include "../templates/table.h"
#pragma clang attribute pop

void quire_product_avx512bf16(const quire_product *);
quire_winograd_backward_function quire_winograd_backward_avx512bf16;

const quire_kernels quire_kernels_avx512bf16 = {
  QUIRE_ROWS("avx512bf16"), .product_bf16 = quire_product_avx512bf16,
  .winograd_backward_bf16 = quire_winograd_backward_avx512bf16};
#endif
