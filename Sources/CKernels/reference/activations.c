// Activations by definition.
#include "reference.h"
#include <math.h>

#define DEFINE(name, y_of, dx_of, definition, gradient_definition) \
  void quire_reference_##name(const float *from, float constant, float *to, int64_t n) { \
    double a = constant; \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      double x = from[i]; \
      to[i] = (float)(definition); \
    } \
  } \
  void quire_reference_##name##_backward( \
    const float *from, const float *gradient, float constant, float *to, int64_t n \
  ) { \
    double a = constant; \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      double x = from[i], dy = gradient[i]; \
      to[i] = (float)(gradient_definition); \
    } \
  }
QUIRE_ACTIVATIONS(DEFINE)

void quire_reference_prelu(const float *x, const float *slope, float *y, int64_t rows, int64_t channels) {
  for (int64_t i = 0; i < rows * channels; i++) y[i] = x[i] > 0 ? x[i] : slope[i % channels] * x[i];
}

void quire_reference_prelu_backward(
  const float *x, const float *dy, const float *slope, float *dx, double *dslope, int64_t rows,
  int64_t channels
) {
  for (int64_t c = 0; c < channels; c++) {
    dslope[c] = 0;
    for (int64_t i = c; i < rows * channels; i += channels) {
      dx[i] = x[i] > 0 ? dy[i] : slope[c] * dy[i];
      if (x[i] <= 0) dslope[c] += (double)x[i] * dy[i];
    }
  }
}
