// PyTorch's updates written out, one number after the other.
#include "reference.h"
#include <math.h>

void quire_reference_sgd(const quire_sgd *s, float *w, const float *g, float *velocity, int64_t n) {
#pragma STDC FP_CONTRACT OFF
  for (int64_t i = 0; i < n; i++) {
    float gradient = g[i] + s->decay * w[i];
    float step = gradient;
    if (velocity) {
      velocity[i] = s->momentum * velocity[i] + gradient;
      step = s->nesterov ? gradient + s->momentum * velocity[i] : velocity[i];
    }
    w[i] = w[i] - s->rate * step;
  }
}

void quire_reference_adam(const quire_adam *s, float *w, const float *g, float *mean, float *square, int64_t n) {
#pragma STDC FP_CONTRACT OFF
  for (int64_t i = 0; i < n; i++) {
    w[i] = w[i] * s->shrink;
    float gradient = g[i] + s->decay * w[i];
    mean[i] = mean[i] + s->mean_gain * (gradient - mean[i]);
    square[i] = s->square_decay * square[i] + s->square_gain * gradient * gradient;
    w[i] = w[i] - s->step_size * (mean[i] / (sqrtf(square[i]) / s->correction + s->epsilon));
  }
}

void quire_reference_rmsprop(
  const quire_rmsprop *s, float *w, const float *g, float *square, float *velocity, int64_t n
) {
#pragma STDC FP_CONTRACT OFF
  for (int64_t i = 0; i < n; i++) {
    float gradient = g[i] + s->decay * w[i];
    square[i] = s->square_decay * square[i] + s->square_gain * gradient * gradient;
    float step = gradient / (sqrtf(square[i]) + s->epsilon);
    if (velocity) step = velocity[i] = s->momentum * velocity[i] + step;
    w[i] = w[i] - s->rate * step;
  }
}

void quire_reference_lerp(float *average, const float *x, float share, int64_t n) {
#pragma STDC FP_CONTRACT OFF
  for (int64_t i = 0; i < n; i++) {
    average[i] = share < 0.5f ? average[i] + share * (x[i] - average[i]) : x[i] - (x[i] - average[i]) * (1 - share);
  }
}

double quire_reference_sum_of_squares(const float *x, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  return sum;
}
