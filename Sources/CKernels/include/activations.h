// The activations: every number of y is computed from the number of x at the same place. A row of the list makes the
// kernels of one on every instruction set, their places in the table and their naive twins.
#ifndef QUIRE_ACTIVATIONS_H
#define QUIRE_ACTIVATIONS_H

// EACH(name, y, dx, the definition of y, the definition of dx): expressions of x, dy and the activation's constant a.
// Those of the kernels are of floats and have no branches, so that the compiler vectorises them; NaN stays NaN. The
// definitions are of doubles and use only <math.h>.
#define QUIRE_ACTIVATIONS(EACH) \
  EACH(relu, x < 0 ? 0 : x, x <= 0 ? 0 : dy, \
    x > 0 ? x : 0, x > 0 ? dy : 0) \
  EACH(relu6, x < 0 ? 0 : x > 6 ? 6 : x, x <= 0 ? 0 : x >= 6 ? 0 : dy, \
    fmin(fmax(x, 0), 6), x > 0 && x < 6 ? dy : 0) \
  EACH(leaky_relu, x > 0 ? x : x * a, x > 0 ? dy : dy * a, \
    x > 0 ? x : x * a, x > 0 ? dy : dy * a) \
  EACH(silu, x * sigmoid(x), dy * sigmoid(x) * (1 + x * (1 - sigmoid(x))), \
    x / (1 + exp(-x)), dy / (1 + exp(-x)) * (1 + x - x / (1 + exp(-x)))) \
  EACH(gelu, x * normal_cdf(x), dy * (normal_cdf(x) + x * normal_density(x)), \
    x / 2 * erfc(-x / sqrt(2)), dy * (erfc(-x / sqrt(2)) / 2 + x * exp(-x * x / 2) / sqrt(2 * acos(-1)))) \
  EACH(sigmoid, sigmoid(x), dy * logistic_density(x), \
    1 / (1 + exp(-x)), dy / (1 + exp(-x)) / (1 + exp(x))) \
  EACH(tanh, hyperbolic_tangent(x), dy * 4 * logistic_density(2 * x), \
    tanh(x), dy / cosh(x) / cosh(x)) \
  EACH(hardswish, x * (x < -3 ? 0 : x > 3 ? 1 : (x + 3) / 6), x <= -3 ? 0 : x >= 3 ? dy : dy * (x / 3 + 0.5f), \
    x * fmin(fmax(x + 3, 0), 6) / 6, x <= -3 ? 0 : x >= 3 ? dy : dy * (2 * x + 3) / 6)

#endif

#ifdef QUIRE_FAST
// Functions that the kernels' expressions call.

// exp(x) to 2 ulp (Cody and Waite's reduction, a polynomial of degree 6); 0 and infinity beyond ±87.
INLINE float exponential(float x) {
  float y = x < -87.0f ? -87.0f : x > 88.0f ? 88.0f : x;
  float n = y * 1.44269504f + 12582912.0f;  // 1.5·2²³: adding it rounds to an integer
  int32_t bits;
  memcpy(&bits, &n, 4);
  n -= 12582912.0f;
  float r = y - n * 0.693359375f;
  r -= n * -2.12194440e-4f;
  float p = 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1;
  p = p * r + 1;
  bits = (bits - 0x4B400000 + 127) << 23;
  float power;
  memcpy(&power, &bits, 4);
  return x != x ? x : p * power;
}

INLINE float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

// The normal distribution's density, and its integral up to x to 7e-7 of its value. With t = 1/(1 + 0.4·|x|/√2), the
// tail beyond |x| is e^(−x²/2)·t times a polynomial of t, fitted to erfcx with a relative error of at most 6.2e-8.
INLINE float normal_density(float x) { return 0.398942280f * exponential(-0.5f * x * x); }
INLINE float normal_cdf(float x) {
  float t = 1 / (1 + 0.282842712f * (x < 0 ? -x : x));
  float p = 0.0206265205f;
  p = p * t - 0.0701596214f;
  p = p * t + 0.0419936494f;
  p = p * t + 0.0439821645f;
  p = p * t + 0.039878248f;
  p = p * t + 0.0966966036f;
  p = p * t + 0.100943795f;
  p = p * t + 0.113221556f;
  p = p * t + 0.112817116f;
  float tail = p * t * exponential(-0.5f * x * x);
  return x > 0 ? 1 - tail : tail;
}

// The derivative of sigmoid, without the digits that s·(1 − s) loses far from 0.
INLINE float logistic_density(float x) {
  float e = exponential(x < 0 ? x : -x);
  return e / ((1 + e) * (1 + e));
}

// tanh(x) to 3e-7 of its value: a polynomial near 0, where 1 − 2/(e^2x + 1) would lose digits.
INLINE float hyperbolic_tangent(float x) {
  float z = x * x, p = -0.00609634207f;
  p = p * z + 0.0209968289f;
  p = p * z - 0.0538507979f;
  p = p * z + 0.133327684f;
  p = p * z - 0.333333289f;
  return z < 0.390625f ? x + x * z * p : 1 - 2 / (exponential(2 * x) + 1);
}

// One number in, one out; the compiler vectorises the loops.
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
#endif

#ifdef QUIRE_NAIVE
#define QUIRE_DEFINE_TWIN(name, y_of, dx_of, definition, gradient_definition) \
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
QUIRE_ACTIVATIONS(QUIRE_DEFINE_TWIN)
#endif
