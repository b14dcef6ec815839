// Batch normalisation by definition, in two passes.
#include "reference.h"
#include <math.h>

static void statistics(
  const float *x, int64_t n, int64_t channels, int64_t c, double *mean, double *variance
) {
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i * channels + c];
  *mean = sum / (double)n;
  for (int64_t i = 0; i < n; i++) {
    double d = x[i * channels + c] - *mean;
    squares += d * d;
  }
  *variance = squares / (double)n;
}

void quire_reference_normalisation(
  const float *x, const float *gamma, const float *beta, double eps, int64_t count, int64_t pixels,
  int64_t channels, float *y, double *mean, double *variance
) {
  int64_t n = count * pixels;
  for (int64_t c = 0; c < channels; c++) {
    statistics(x, n, channels, c, &mean[c], &variance[c]);
    double inverse = 1 / sqrt(variance[c] + eps);
    for (int64_t i = c; i < n * channels; i += channels) {
      y[i] = (float)((x[i] - mean[c]) * inverse * gamma[c] + beta[c]);
    }
  }
}

void quire_reference_normalisation_backward(
  const float *x, const float *gamma, double eps, const float *dy, int64_t count, int64_t pixels,
  int64_t channels, float *dx, double *dgamma, double *dbeta
) {
  int64_t n = count * pixels;
  for (int64_t c = 0; c < channels; c++) {
    double mean, variance;
    statistics(x, n, channels, c, &mean, &variance);
    double inverse = 1 / sqrt(variance + eps);
    dgamma[c] = dbeta[c] = 0;
    for (int64_t i = c; i < n * channels; i += channels) {
      dgamma[c] += dy[i] * (x[i] - mean) * inverse;
      dbeta[c] += dy[i];
    }
    for (int64_t i = c; i < n * channels; i += channels) {
      double normal = (x[i] - mean) * inverse;
      dx[i] = (float)(gamma[c] * inverse * (dy[i] - dbeta[c] / (double)n - normal * dgamma[c] / (double)n));
    }
  }
}
