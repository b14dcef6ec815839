// Activations by definition.
#include "reference.h"
#include <math.h>

void quire_reference_activation(quire_activation kind, double slope, const float *x, float *y, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    double v = x[i];
    switch (kind) {
    case QUIRE_RELU: y[i] = (float)(v > 0 ? v : 0); break;
    case QUIRE_LEAKY_RELU: y[i] = (float)(v > 0 ? v : v * slope); break;
    case QUIRE_SILU: y[i] = (float)(v / (1 + exp(-v))); break;
    }
  }
}

void quire_reference_activation_backward(
  quire_activation kind, double slope, const float *x, const float *dy, float *dx, int64_t n
) {
  for (int64_t i = 0; i < n; i++) {
    double v = x[i], s = 1 / (1 + exp(-v));
    switch (kind) {
    case QUIRE_RELU: dx[i] = v > 0 ? dy[i] : 0; break;
    case QUIRE_LEAKY_RELU: dx[i] = (float)(v > 0 ? dy[i] : dy[i] * slope); break;
    case QUIRE_SILU: dx[i] = (float)(dy[i] * s * (1 + v * (1 - s))); break;
    }
  }
}
