// Convolution and its gradients by definition.
#include "reference.h"
#include <stddef.h>
#include <stdlib.h>

static int64_t out_size(const quire_convolution *p, int64_t size) {
  return (size + 2 * p->padding - p->dilation * (p->kernel - 1) - 1) / p->stride + 1;
}

// Calls for every product of the convolution: y[out] += x[in] · w[weight]. Inlined with its visitor, which makes the
// tests that use it several times faster.
typedef void visitor(void *context, int64_t in, int64_t weight, int64_t out);

static inline __attribute__((always_inline)) void visit(
  const quire_convolution *p, visitor *each, void *context
) {
  int64_t in_group = p->in_channels / p->groups, out_group = p->out_channels / p->groups;
  int64_t out_height = out_size(p, p->height), out_width = out_size(p, p->width);
  for (int64_t oy = 0; oy < out_height; oy++)
    for (int64_t ox = 0; ox < out_width; ox++)
      for (int64_t ky = 0; ky < p->kernel; ky++)
        for (int64_t kx = 0; kx < p->kernel; kx++) {
          int64_t y = oy * p->stride + ky * p->dilation - p->padding;
          int64_t x = ox * p->stride + kx * p->dilation - p->padding;
          if (y < 0 || y >= p->height || x < 0 || x >= p->width) continue;
          for (int64_t o = 0; o < p->out_channels; o++)
            for (int64_t i = 0; i < in_group; i++)
              each(
                context, (y * p->width + x) * p->in_channels + o / out_group * in_group + i,
                ((o * in_group + i) * p->kernel + ky) * p->kernel + kx,
                (oy * out_width + ox) * p->out_channels + o);
        }
}

typedef struct {
  const float *x, *weights, *dy;
  double *out, *dx, *dweights;
} operands;

static void forward(void *context, int64_t in, int64_t weight, int64_t out) {
  operands *p = context;
  p->out[out] += (double)p->x[in] * p->weights[weight];
}
static void backward(void *context, int64_t in, int64_t weight, int64_t out) {
  operands *p = context;
  if (p->dx) p->dx[in] += (double)p->dy[out] * p->weights[weight];
  if (p->dweights) p->dweights[weight] += (double)p->dy[out] * p->x[in];
}

void quire_reference_convolution(
  const quire_convolution *p, const float *x, const float *weights, const float *bias, float *y
) {
  int64_t n = out_size(p, p->height) * out_size(p, p->width) * p->out_channels;
  double *out = calloc((size_t)n, sizeof(double));
  if (!out) return;
  visit(p, forward, &(operands){.x = x, .weights = weights, .out = out});
  for (int64_t i = 0; i < n; i++) y[i] = (float)(out[i] + (bias ? bias[i % p->out_channels] : 0));
  free(out);
}

void quire_reference_convolution_backward(
  const quire_convolution *p, const float *x, const float *weights, const float *dy, float *dx,
  double *dweights, double *dbias
) {
  int64_t n = p->height * p->width * p->in_channels;
  double *sums = dx ? calloc((size_t)n, sizeof(double)) : NULL;
  visit(p, backward, &(operands){.x = x, .weights = weights, .dy = dy, .dx = sums, .dweights = dweights});
  if (sums) {
    for (int64_t i = 0; i < n; i++) dx[i] = (float)sums[i];
  }
  free(sums);
  if (!dbias) return;
  int64_t outputs = out_size(p, p->height) * out_size(p, p->width) * p->out_channels;
  for (int64_t i = 0; i < outputs; i++) dbias[i % p->out_channels] += dy[i];
}
