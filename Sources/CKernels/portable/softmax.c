// Softmax and its logarithm over the features of one sample, and the channels that Dropout2d keeps. Small.
#include "kernels.h"
#include "philox.h"
#include <math.h>

static float largest(const float *x, int64_t n) {
  float best = x[0];
  for (int64_t i = 1; i < n; i++) best = x[i] > best || x[i] != x[i] ? x[i] : best;
  return best;
}

void quire_log_softmax(const float *x, float *y, int64_t n) {
  double top = largest(x, n), sum = 0;
  for (int64_t i = 0; i < n; i++) sum += exp(x[i] - top);
  double base = top + log(sum);
  for (int64_t i = 0; i < n; i++) y[i] = (float)(x[i] - base);
}

void quire_log_softmax_backward(const float *y, const float *dy, float *dx, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += dy[i];
  for (int64_t i = 0; i < n; i++) dx[i] = (float)(dy[i] - exp(y[i]) * sum);
}

void quire_softmax(const float *x, float *y, int64_t n) {
  double top = largest(x, n), sum = 0;
  for (int64_t i = 0; i < n; i++) sum += exp(x[i] - top);
  for (int64_t i = 0; i < n; i++) y[i] = (float)(exp(x[i] - top) / sum);
}

void quire_softmax_backward(const float *y, const float *dy, float *dx, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (double)dy[i] * y[i];
  for (int64_t i = 0; i < n; i++) dx[i] = (float)(y[i] * (dy[i] - sum));
}

void quire_dropout_channels(float *scale, int64_t n, float p, uint64_t key, uint64_t high, uint32_t low) {
  for (int64_t c = 0; c < n; c += 4) {
    quire_philox4 block = quire_philox(key, high, (uint64_t)low << 32 | (uint32_t)(c / 4));
    uint32_t words[4] = {block.x, block.y, block.z, block.w};
    for (int64_t i = c; i < n && i < c + 4; i++) scale[i] = quire_unit(words[i - c]) >= p ? 1 / (1 - p) : 0;
  }
}
