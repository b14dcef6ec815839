// Loops that only multiply and add, or only move data.
#include "machine.h"
#include <string.h>

// Unknown to the compiler, so that nothing is precomputed. The sums converge and stay normal numbers.
static volatile float factor = 0.75f, term = 0.5f;
static volatile float sink;

// COUNT independent sums of LANES floats: enough to hide the latency, few enough to stay in registers.
#define MULTIPLY_ADD_LOOP(name, attribute, LANES, COUNT)                                    \
  typedef float name##_vector __attribute__((vector_size(4 * LANES)));                      \
  attribute static double name(int64_t rounds) {                                            \
    name##_vector sums[COUNT], x = factor - (name##_vector){}, y = term - (name##_vector){}; \
    for (int i = 0; i < COUNT; i++) sums[i] = y * (float)i;                                 \
    for (int64_t round = 0; round < rounds; round++) {                                      \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < COUNT; i++)                    \
        sums[i] = sums[i] * x + y;                                                          \
    }                                                                                       \
    for (int i = 1; i < COUNT; i++) sums[0] += sums[i];                                     \
    for (int i = 0; i < LANES; i++) sink += sums[0][i];                                     \
    return (double)rounds * COUNT * LANES * 2;                                              \
  }

MULTIPLY_ADD_LOOP(baseline, , 4, 10)

#if defined(__x86_64__)
MULTIPLY_ADD_LOOP(avx2, __attribute__((target("avx2,fma"))), 8, 12)
MULTIPLY_ADD_LOOP(avx512, __attribute__((target("avx512f"))), 16, 12)

typedef float sum_vector __attribute__((vector_size(64)));
typedef __bf16 pair_vector __attribute__((vector_size(64)));

__attribute__((target("avx512f,avx512bf16"))) static double bfloat16(int64_t rounds) {
  sum_vector sums[12], y = term - (sum_vector){};
  pair_vector x;
  // 0x3F00 is 0.5: the sums grow slowly enough.
  memset(&x, 0x3F, sizeof x);
  for (int i = 0; i < 12; i++) sums[i] = y * (float)i;
  for (int64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 12; i++) sums[i] = __builtin_ia32_dpbf16ps_512(sums[i], x, x);
  }
  for (int i = 1; i < 12; i++) sums[0] += sums[i];
  for (int i = 0; i < 16; i++) sink += sums[0][i];
  // Every lane takes two products.
  return (double)rounds * 12 * 16 * 4;
}
#endif

double quire_machine_float32(const char *instruction_set, int64_t rounds) {
#if defined(__x86_64__)
  if (strncmp(instruction_set, "avx512", 6) == 0) return __builtin_cpu_supports("avx512f") ? avx512(rounds) : 0;
  if (strcmp(instruction_set, "avx2") == 0)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? avx2(rounds) : 0;
#endif
  return baseline(rounds);
}

double quire_machine_bfloat16(int64_t rounds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bf16")) return bfloat16(rounds);
#endif
  return 0;
}

typedef float line __attribute__((vector_size(64)));

float quire_machine_read(const float *from, int64_t n) {
  const line *lines = (const line *)from;
  line a = {0}, b = a, c = a, d = a;
  for (int64_t i = 0; i < n / 16; i += 4) {
    a += lines[i];
    b += lines[i + 1];
    c += lines[i + 2];
    d += lines[i + 3];
  }
  a += b + c + d;
  float sum = 0;
  for (int i = 0; i < 16; i++) sum += a[i];
  return sum;
}

void quire_machine_scale(const float *from, float *to, int64_t n) {
  const float half = 0.5f;
  for (int64_t i = 0; i < n; i++) to[i] = half * from[i];
}
