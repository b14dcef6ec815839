// Convolutions of channels with filters of their own, of any shape: a vector of channels at a time, a chunk
// of pixels deep so that the rows of the image under the filter stay in the first cache.

enum { CHUNK = 30 };

// Pixels whose sums stay in registers, so that a weight is loaded once for all of them.
enum { DEPTHWISE_PIXELS = 6 };

INLINE void depthwise_pixels(
  const quire_depthwise *p, int64_t row, int pixels, int64_t tap_count, int64_t c, int64_t n, const vf *bias
) {
  const float *in[DEPTHWISE_PIXELS];
  vf sum[DEPTHWISE_PIXELS];
  UNROLL for (int i = 0; i < pixels; i++) {
    in[i] = p->in + p->rows[row + i] + c;
    sum[i] = *bias;
  }
  for (int64_t t = 0; t < tap_count; t++) {
    vf w = load_first(p->weights + t * p->stride + c, n);
    UNROLL for (int i = 0; i < pixels; i++) sum[i] += load_first(in[i] + p->taps[t], n) * w;
  }
  UNROLL for (int i = 0; i < pixels; i++) store_first(p->out + p->out_rows[row + i] + c, sum[i], n);
}

INLINE void depthwise_vector(
  const quire_depthwise *p, int64_t from, int64_t to, int64_t tap_count, int64_t c, int64_t n
) {
  vf bias = 0;
  if (p->bias) bias = load_first(p->bias + c, n);
  int64_t r = from;
  for (; r + DEPTHWISE_PIXELS <= to; r += DEPTHWISE_PIXELS)
    depthwise_pixels(p, r, DEPTHWISE_PIXELS, tap_count, c, n, &bias);
  for (; r < to; r++) depthwise_pixels(p, r, 1, tap_count, c, n, &bias);
}

static void convolve_channels(const quire_depthwise *p) {
  for (int64_t from = 0; from < p->row_count; from += CHUNK) {
    int64_t to = from + CHUNK < p->row_count ? from + CHUNK : p->row_count, c = 0;
    for (; c + LANES <= p->channels; c += LANES) {
      if (p->tap_count == 9) depthwise_vector(p, from, to, 9, c, LANES);
      else depthwise_vector(p, from, to, p->tap_count, c, LANES);
    }
    if (c < p->channels) depthwise_vector(p, from, to, p->tap_count, c, p->channels - c);
  }
}

// A group of at most nine taps, whose sums stay in registers.
INLINE void depthwise_taps(
  const float *in, const int32_t *rows, const int32_t *taps, int64_t from, int64_t to, int64_t tap_count,
  int64_t stride, int64_t n, const float *dy, float *weights
) {
  vf sum[9] = {0};
  for (int64_t r = from; r < to; r++) {
    const float *at = in + rows[r];
    vf g = load_first(dy + r * stride, n);
    for (int64_t t = 0; t < tap_count; t++) sum[t] += load_first(at + taps[t], n) * g;
  }
  for (int64_t t = 0; t < tap_count; t++) {
    float *w = weights + t * stride;
    store_first(w, load_first(w, n) + sum[t], n);
  }
}

static void depthwise_weights(
  const float *in, const int32_t *rows, const int32_t *taps, int64_t row_count, int64_t tap_count,
  int64_t channels, int64_t stride, const float *dy, float *weights
) {
  for (int64_t from = 0; from < row_count; from += CHUNK) {
    int64_t to = from + CHUNK < row_count ? from + CHUNK : row_count;
    for (int64_t t = 0; t < tap_count; t += 9) {
      int64_t count = tap_count - t < 9 ? tap_count - t : 9;
      for (int64_t c = 0; c < channels; c += LANES) {
        int64_t n = lanes_left(c, channels);
        float *w = weights + t * stride + c;
        if (count == 9 && n == LANES) {
          depthwise_taps(in + c, rows, taps + t, from, to, 9, stride, LANES, dy + c, w);
        } else {
          depthwise_taps(in + c, rows, taps + t, from, to, count, stride, n, dy + c, w);
        }
      }
    }
  }
}

// A line of some channels of an image, with input i of each group in the place of all its channels, for groups of
// `width`. Pixels are `stride` floats apart in src and QUIRE_SPREAD in dst.
INLINE void spread_line(
  const float *src, int64_t pixels, int64_t stride, int64_t channels, int width, int i, float *dst
) {
  for (int64_t x = 0; x < pixels; x++, src += stride, dst += QUIRE_SPREAD) {
    int64_t c = 0;
    for (; c + LANES <= channels; c += LANES) {
      vf from = load(src + c), to;
      UNROLL for (int lane = 0; lane < LANES; lane++) to[lane] = from[lane / width * width + i];
      store(dst + c, to);
    }
    for (; c < channels; c++) dst[c] = src[c / width * width + i];
  }
}

static void spread_groups(const quire_spread *p) {
  int64_t line = (p->left + p->width + p->right) * QUIRE_SPREAD, lines = p->top + p->height + p->bottom;
  float *dst = p->dst;
  for (int64_t y = -p->top; y < lines - p->top; y++) {
    if (y < 0 || y >= p->height) {
      memset(dst, 0, (size_t)(line * p->group) * sizeof(float));
      dst += line * p->group;
      continue;
    }
    const float *src = p->src + y * p->width * p->stride;
#define SPREAD(size) \
  case size: \
    UNROLL for (int i = 0; i < size; i++, dst += line) { \
      float *right = dst + (p->left + p->width) * QUIRE_SPREAD; \
      memset(dst, 0, (size_t)(p->left * QUIRE_SPREAD) * sizeof(float)); \
      spread_line(src, p->width, p->stride, p->channels, size, i, dst + p->left * QUIRE_SPREAD); \
      memset(right, 0, (size_t)(p->right * QUIRE_SPREAD) * sizeof(float)); \
    } \
    break;
    switch (p->group) {
      SPREAD(2)
      SPREAD(4)
      SPREAD(8)
    }
#undef SPREAD
  }
}
