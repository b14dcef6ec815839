// Activations and sums: one number in, one out; the compiler vectorises the loops.
#include "activations.h"
#include <string.h>

#define QUIRE_DEFINE_ACTIVATION(name, y_of, dx_of, ...) \
  static void activation_##name(const float *restrict from, float a, float *restrict to, int64_t n) { \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      float x = from[i]; \
      to[i] = y_of; \
    } \
  } \
  static void activation_##name##_backward( \
    const float *restrict from, const float *restrict gradient, float a, float *restrict to, int64_t n \
  ) { \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      float x = from[i], dy = gradient[i];  /* read in any case: the loop has no branch */ \
      to[i] = dx_of; \
    } \
  }
QUIRE_ACTIVATIONS(QUIRE_DEFINE_ACTIVATION)

static void add(const float *a, const float *b, float *y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}
