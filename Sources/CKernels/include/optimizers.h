// Optimizers' updates, averages of weights, and the clipping of gradients: number by number, so that any split gives the
// same bits. Nothing is contracted into fused multiply-adds, so the kernels have the bits of their naive twins on every
// instruction set.
#ifndef QUIRE_OPTIMIZERS_H
#define QUIRE_OPTIMIZERS_H
#include <stdint.h>

// The numbers of one optimizer update that are the same for all parameters.
typedef struct {
  float rate, decay, momentum;
  int nesterov;
} quire_sgd;
typedef struct {
  float step_size, correction, mean_gain, square_decay, square_gain, epsilon, shrink, decay;
} quire_adam;
typedef struct {
  float rate, decay, momentum, square_decay, square_gain, epsilon;
} quire_rmsprop;

// n parameters w with their gradients g and the optimizer's state, which is NULL where the optimizer keeps none.
#define QUIRE_OPTIMIZERS(EACH) \
  EACH(void, sgd, (const quire_sgd *, float *w, const float *g, float *_Nullable velocity, int64_t n)) \
  EACH(void, adam, (const quire_adam *, float *w, const float *g, float *mean, float *square, int64_t n)) \
  EACH(void, rmsprop, \
    (const quire_rmsprop *, float *w, const float *g, float *square, float *_Nullable velocity, int64_t n)) \
  EACH(double, sum_of_squares, (const float *x, int64_t n)) \
  EACH(void, scale, (float *x, float factor, int64_t n)) \
  /* Moves every average towards x by this share of the distance, as torch.lerp: 1 copies x. */ \
  EACH(void, lerp, (float *average, const float *x, float share, int64_t n)) \
  /* Limits every number to −limit … limit; NaN stays NaN. */ \
  EACH(void, clamp, (float *x, float limit, int64_t n))

#endif

#ifdef QUIRE_FAST
// The compiler vectorises the loops.
#define EXACT _Pragma("clang fp contract(off)")

static void sgd(const quire_sgd *s, float *restrict w, const float *restrict g, float *restrict velocity, int64_t n) {
  EXACT
  const float rate = s->rate, decay = s->decay, momentum = s->momentum;
  if (!velocity) {
    for (int64_t i = 0; i < n; i++) w[i] -= rate * (g[i] + decay * w[i]);
  } else if (s->nesterov) {
    for (int64_t i = 0; i < n; i++) {
      float gradient = g[i] + decay * w[i];
      float v = momentum * velocity[i] + gradient;
      velocity[i] = v;
      w[i] -= rate * (gradient + momentum * v);
    }
  } else {
    for (int64_t i = 0; i < n; i++) {
      float v = momentum * velocity[i] + (g[i] + decay * w[i]);
      velocity[i] = v;
      w[i] -= rate * v;
    }
  }
}

static void adam(
  const quire_adam *s, float *restrict w, const float *restrict g, float *restrict mean, float *restrict square,
  int64_t n
) {
  EXACT
  const float shrink = s->shrink, decay = s->decay, mean_gain = s->mean_gain, square_decay = s->square_decay,
    square_gain = s->square_gain, step_size = s->step_size, correction = s->correction, epsilon = s->epsilon;
  for (int64_t i = 0; i < n; i++) {
    float parameter = w[i] * shrink;
    float gradient = g[i] + decay * parameter;
    float m = mean[i] + mean_gain * (gradient - mean[i]);
    float v = square_decay * square[i] + square_gain * gradient * gradient;
    mean[i] = m;
    square[i] = v;
    w[i] = parameter - step_size * (m / (__builtin_sqrtf(v) / correction + epsilon));
  }
}

static void rmsprop(
  const quire_rmsprop *s, float *restrict w, const float *restrict g, float *restrict square,
  float *restrict velocity, int64_t n
) {
  EXACT
  const float rate = s->rate, decay = s->decay, momentum = s->momentum, square_decay = s->square_decay,
    square_gain = s->square_gain, epsilon = s->epsilon;
  if (velocity) {
    for (int64_t i = 0; i < n; i++) {
      float gradient = g[i] + decay * w[i];
      float v = square_decay * square[i] + square_gain * gradient * gradient;
      square[i] = v;
      float step = momentum * velocity[i] + gradient / (__builtin_sqrtf(v) + epsilon);
      velocity[i] = step;
      w[i] -= rate * step;
    }
  } else {
    for (int64_t i = 0; i < n; i++) {
      float gradient = g[i] + decay * w[i];
      float v = square_decay * square[i] + square_gain * gradient * gradient;
      square[i] = v;
      w[i] -= rate * (gradient / (__builtin_sqrtf(v) + epsilon));
    }
  }
}

// Sixteen sums side by side, whatever the instruction set has room for, then their sum in order.
static double sum_of_squares(const float *x, int64_t n) {
  EXACT
  enum { SUMS = 16 };
  double sums[SUMS] = {0};
  int64_t i = 0;
  for (; i + SUMS <= n; i += SUMS) {
    UNROLL for (int k = 0; k < SUMS; k++) sums[k] += (double)x[i + k] * (double)x[i + k];
  }
  for (int k = 0; i + k < n; k++) sums[k] += (double)x[i + k] * (double)x[i + k];
  double sum = 0;
  for (int k = 0; k < SUMS; k++) sum += sums[k];
  return sum;
}

static void scale(float *x, float factor, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] *= factor;
}

// As PyTorch, from the nearer end.
static void lerp(float *restrict average, const float *restrict x, float share, int64_t n) {
  EXACT
  if (share < 0.5f) {
    for (int64_t i = 0; i < n; i++) average[i] += share * (x[i] - average[i]);
  } else {
    for (int64_t i = 0; i < n; i++) average[i] = x[i] - (x[i] - average[i]) * (1 - share);
  }
}

static void clamp(float *x, float limit, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    float low = x[i] < -limit ? -limit : x[i];  // NaN stays NaN
    x[i] = low > limit ? limit : low;
  }
}
#undef EXACT
#endif

#ifdef QUIRE_NAIVE
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

void quire_reference_scale(float *x, float factor, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] = x[i] * factor;
}

void quire_reference_clamp(float *x, float limit, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    if (x[i] > limit) x[i] = limit;
    if (x[i] < -limit) x[i] = -limit;
  }
}
#endif
