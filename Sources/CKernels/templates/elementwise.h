// Activations and sums: one number in, one out; the compiler vectorises the loops.
#include <string.h>

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

static void relu(const float *restrict x, float *restrict y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = x[i] < 0 ? 0 : x[i];
}
static void relu_backward(const float *restrict x, const float *restrict dy, float *restrict dx, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    float g = dy[i];  // read in any case: the loop has no branch
    dx[i] = x[i] <= 0 ? 0 : g;
  }
}
static void leaky_relu(const float *restrict x, float slope, float *restrict y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = x[i] > 0 ? x[i] : x[i] * slope;
}
static void leaky_relu_backward(
  const float *restrict x, const float *restrict dy, float slope, float *restrict dx, int64_t n
) {
  for (int64_t i = 0; i < n; i++) dx[i] = x[i] > 0 ? dy[i] : dy[i] * slope;
}
static void silu(const float *restrict x, float *restrict y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = x[i] * sigmoid(x[i]);
}
static void silu_backward(const float *restrict x, const float *restrict dy, float *restrict dx, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    float s = sigmoid(x[i]);
    dx[i] = dy[i] * s * (1 + x[i] * (1 - s));
  }
}
static void add(const float *a, const float *b, float *y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}
