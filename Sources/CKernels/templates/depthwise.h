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
    vf w = load_first(p->weights + t * p->channels + c, n);
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

static void depthwise(const quire_depthwise *p) {
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
  int64_t channels, int64_t n, const float *dy, float *weights
) {
  vf sum[9] = {0};
  for (int64_t r = from; r < to; r++) {
    const float *at = in + rows[r];
    vf g = load_first(dy + r * channels, n);
    for (int64_t t = 0; t < tap_count; t++) sum[t] += load_first(at + taps[t], n) * g;
  }
  for (int64_t t = 0; t < tap_count; t++) {
    float *w = weights + t * channels;
    store_first(w, load_first(w, n) + sum[t], n);
  }
}

static void depthwise_weights(
  const float *in, const int32_t *rows, const int32_t *taps, int64_t row_count, int64_t tap_count,
  int64_t channels, const float *dy, float *weights
) {
  for (int64_t from = 0; from < row_count; from += CHUNK) {
    int64_t to = from + CHUNK < row_count ? from + CHUNK : row_count;
    for (int64_t t = 0; t < tap_count; t += 9) {
      int64_t count = tap_count - t < 9 ? tap_count - t : 9;
      for (int64_t c = 0; c < channels; c += LANES) {
        int64_t n = lanes_left(c, channels);
        float *w = weights + t * channels + c;
        if (count == 9 && n == LANES) {
          depthwise_taps(in + c, rows, taps + t, from, to, 9, channels, LANES, dy + c, w);
        } else {
          depthwise_taps(in + c, rows, taps + t, from, to, count, channels, n, dy + c, w);
        }
      }
    }
  }
}

// A line of an image with input i of each group in the place of all its channels, for groups of `width`.
INLINE void spread_line(const float *src, int64_t n, int width, int i, float *dst) {
  int64_t k = 0;
  for (; k + LANES <= n; k += LANES) {
    vf x = load(src + k), y;
    UNROLL for (int lane = 0; lane < LANES; lane++) y[lane] = x[lane / width * width + i];
    store(dst + k, y);
  }
  for (; k < n; k++) dst[k] = src[k / width * width + i];
}

static void spread_groups(
  const float *src, int64_t height, int64_t width, int64_t channels, int64_t group, float *dst
) {
  int64_t n = width * channels;
  for (int64_t y = 0; y < height; y++, src += n) {
#define SPREAD(size) \
  case size: UNROLL for (int i = 0; i < size; i++, dst += n) spread_line(src, n, size, i, dst); break;
    switch (group) {
      SPREAD(1)
      SPREAD(2)
      SPREAD(4)
      SPREAD(8)
    }
#undef SPREAD
  }
}
