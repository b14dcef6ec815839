// Kernels with a factor or a slope for each channel.
#ifndef QUIRE_CHANNELWISE_H
#define QUIRE_CHANNELWISE_H
#include <stdint.h>

#define QUIRE_CHANNELWISE(EACH) \
  EACH(void, scale_channels, (const float *x, const float *scale, float *y, int64_t pixels, int64_t channels)) \
  /* y = x where positive, x·slope[c] elsewhere; rows of a number for each slope. */ \
  EACH(void, prelu, (const float *x, const float *slope, float *y, int64_t rows, int64_t channels)) \
  EACH(void, prelu_backward, \
    (const float *x, const float *dy, const float *slope, float *dx, int64_t rows, int64_t channels)) \
  /* sums[c] += Σ_r dy·x where x is not positive */ \
  EACH(void, prelu_slopes, (const float *x, const float *dy, int64_t rows, int64_t channels, float *sums))

#endif

#ifdef QUIRE_FAST
INLINE void scale_block(
  const float *x, float *y, int64_t rows, int64_t stride, const float *scale, int vectors, int64_t n
) {
  vf factor[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) factor[v] = load_first(scale + v * LANES, n);
  for (int64_t r = 0; r < rows; r++, x += stride, y += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      store_first(y + v * LANES, load_first(x + v * LANES, n) * factor[v], n);
    }
  }
}

static void scale_channels(const float *x, const float *scale, float *y, int64_t pixels, int64_t channels) {
  span s = span_of(channels, BLOCK);
  float buffer[SPAN_MAX];
  scale = spread(scale, s, buffer);
#define SCALE(at, rows, c, vectors, n) \
  scale_block(x + (at), y + (at), rows, s.width, scale + (c), vectors, n)
  FOR_BLOCKS(s, pixels * channels, BLOCK, SCALE)
}

// out = in where x is positive, in·slope elsewhere: `in` is x itself, or dy for dx.
INLINE void prelu_block(
  const float *x, const float *in, float *out, int64_t rows, int64_t stride, const float *slope, int vectors,
  int64_t n
) {
  vf a[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) a[v] = load_first(slope + v * LANES, n);
  for (int64_t r = 0; r < rows; r++, x += stride, in += stride, out += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf number = load_first(in + v * LANES, n);
      store_first(out + v * LANES, load_first(x + v * LANES, n) > 0 ? number : number * a[v], n);
    }
  }
}

static void prelu_backward(
  const float *x, const float *dy, const float *slope, float *dx, int64_t rows, int64_t channels
) {
  span s = span_of(channels, BLOCK);
  float buffer[SPAN_MAX];
  slope = spread(slope, s, buffer);
#define PRELU(at, rows, c, vectors, n) \
  prelu_block(x + (at), dy + (at), dx + (at), rows, s.width, slope + (c), vectors, n)
  FOR_BLOCKS(s, rows * channels, BLOCK, PRELU)
}

static void prelu(const float *x, const float *slope, float *y, int64_t rows, int64_t channels) {
  prelu_backward(x, x, slope, y, rows, channels);
}

INLINE void prelu_slopes_block(
  const float *x, const float *dy, int64_t rows, int64_t stride, int vectors, int64_t n, float *sums
) {
  vf total[BLOCK] = {0};
  for (int64_t r = 0; r < rows; r++, x += stride, dy += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf number = load_first(x + v * LANES, n), g = load_first(dy + v * LANES, n);
      total[v] += number > 0 ? (vf)0 : number * g;
    }
  }
  UNROLL for (int v = 0; v < vectors; v++, sums += LANES) {
    store_first(sums, load_first(sums, n) + total[v], n);
  }
}

static void prelu_slopes(const float *x, const float *dy, int64_t rows, int64_t channels, float *sums) {
  span s = span_of(channels, BLOCK);
  float buffer[SPAN_MAX] = {0}, *wide = s.pixels > 1 ? buffer : sums;
#define SLOPES(at, rows, c, vectors, n) \
  prelu_slopes_block(x + (at), dy + (at), rows, s.width, vectors, n, wide + (c))
  FOR_BLOCKS(s, rows * channels, BLOCK, SLOPES)
  if (s.pixels > 1) fold_floats(wide, s, sums);
}
#endif

#ifdef QUIRE_NAIVE
void quire_reference_scale_channels(const float *x, const float *scale, float *y, int64_t pixels, int64_t channels) {
  for (int64_t i = 0; i < pixels * channels; i++) y[i] = x[i] * scale[i % channels];
}

void quire_reference_prelu(const float *x, const float *slope, float *y, int64_t rows, int64_t channels) {
  for (int64_t i = 0; i < rows * channels; i++) y[i] = x[i] > 0 ? x[i] : slope[i % channels] * x[i];
}

void quire_reference_prelu_backward(
  const float *x, const float *dy, const float *slope, float *dx, int64_t rows, int64_t channels
) {
  for (int64_t i = 0; i < rows * channels; i++) dx[i] = x[i] > 0 ? dy[i] : slope[i % channels] * dy[i];
}

void quire_reference_prelu_slopes(const float *x, const float *dy, int64_t rows, int64_t channels, float *sums) {
  for (int64_t c = 0; c < channels; c++) {
    double sum = 0;
    for (int64_t i = c; i < rows * channels; i += channels) {
      if (x[i] <= 0) sum += (double)x[i] * dy[i];
    }
    sums[c] += (float)sum;
  }
}
#endif
