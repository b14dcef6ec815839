// The kernels that multiply pairs of bf16, for CPUs with an instruction for it (Zen 4, Cooper Lake and later):
// each lane adds the products of both numbers of a pair to a float.
#if defined(__x86_64__)
// Include headers first, so that only our own functions use the instructions.
#include <immintrin.h>
#include <stdint.h>
#include <string.h>
#define QUIRE_LANES 16
#define QUIRE_LOAD_LANES(p, from, to) _mm512_maskz_loadu_ps((__mmask16)((1u << (to)) - (1u << (from))), p)
#define QUIRE_STORE_SOME(p, v, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), v)
#define QUIRE_ROUND_TO_BF16(v) _mm512_cvtneps_pbh((__m512)(v))
#define QUIRE_MULTIPLY_ADD(sum, a, b) \
  sum = (vf)_mm512_dpbf16_ps(sum, (__m512bh)(b), (__m512bh)(vf)(a))
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512bf16"))), apply_to = function)
#include "../templates/vectors.h"
#include "../templates/products.h"
#include "../templates/winograd_bf16.h"

void quire_product_avx512bf16(const quire_product *p);
void quire_product_avx512bf16(const quire_product *p) { product(p); }

quire_winograd_backward_function quire_winograd_backward_avx512bf16;
void quire_winograd_backward_avx512bf16(
  const quire_winograd *p, const void *x, const void *dy, const float *transposed, float *scratch, float *du,
  int first, void *dx, float *dbias
) {
  winograd_backward_bf16(p, x, dy, transposed, scratch, du, first, dx, dbias);
}
#pragma clang attribute pop
#endif
