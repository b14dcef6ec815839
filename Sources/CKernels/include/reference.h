// The naive operations, one image each, that every fast kernel is held to: PyTorch's definitions written out,
// sums in double. Images are [height][width][channels]; weights as PyTorch has them, [out][in/groups][k][k].
#ifndef QUIRE_REFERENCE_H
#define QUIRE_REFERENCE_H
#include "kernels.h"

#pragma clang assume_nonnull begin

typedef struct {
  int64_t height, width, in_channels, out_channels, kernel, stride, padding, dilation, groups;
} quire_convolution;

// bias may be NULL.
void quire_reference_convolution(
  const quire_convolution *, const float *x, const float *weights, const float *_Nullable bias, float *y);
// Adds to dweights and dbias; sets dx. Any of the three may be NULL.
void quire_reference_convolution_backward(
  const quire_convolution *, const float *x, const float *weights, const float *dy, float *_Nullable dx,
  double *_Nullable dweights, double *_Nullable dbias);

// Over `count` images: y, then the batch's mean and biased variance.
void quire_reference_normalisation(
  const float *x, const float *gamma, const float *beta, double eps, int64_t count, int64_t pixels,
  int64_t channels, float *y, double *mean, double *variance);
void quire_reference_normalisation_backward(
  const float *x, const float *gamma, double eps, const float *dy, int64_t count, int64_t pixels,
  int64_t channels, float *dx, double *dgamma, double *dbeta);

typedef enum { QUIRE_MAXIMUM, QUIRE_MEAN, QUIRE_ADAPTIVE } quire_pool_kind;
void quire_reference_pool(const quire_pooling *, quire_pool_kind, const float *x, float *y);
void quire_reference_pool_backward(
  const quire_pooling *, quire_pool_kind, const float *x, const float *dy, float *dx);

// Each activation and its gradient; `a` is its constant (LeakyReLU's slope).
#define QUIRE_DECLARE_REFERENCE(name, ...) \
  void quire_reference_##name(const float *x, float a, float *y, int64_t n); \
  void quire_reference_##name##_backward(const float *x, const float *dy, float a, float *dx, int64_t n);
QUIRE_ACTIVATIONS(QUIRE_DECLARE_REFERENCE)

// Those of the families of kernels.
#define QUIRE_DECLARE_TWIN(result, name, parameters) result quire_reference_##name parameters;
QUIRE_FAMILIES(QUIRE_DECLARE_TWIN)

// The nearest bf16, ties to even, found by comparing distances.
uint16_t quire_reference_bf16(float x);
// A product over pairs of bf16, sums in double.
void quire_reference_product_bf16(const quire_product *);
#pragma clang assume_nonnull end
#endif
