// Convolutions of each channel with a 3 × 3 filter of its own, with stride 1: a vector of channels (of a span,
// where there are few) through the image, its nine weights or sums in registers. Rows of the output that lie
// `dilation` apart share what they read, so several are computed at once.

enum { ROWS_AT_ONCE = LANES == 16 ? 4 : 2 };

// Calls BODY(y, rows) for rows y, y + dilation, … of the output.
#define FOR_ROWS(p, BODY) \
  for (int64_t top = 0; top < (p)->height; top += ROWS_AT_ONCE * (p)->dilation) { \
    for (int64_t y = top; y < top + (p)->dilation && y < (p)->height; y++) { \
      if (y + (ROWS_AT_ONCE - 1) * (p)->dilation < (p)->height) BODY(y, ROWS_AT_ONCE); \
      else for (int64_t single = y; single < (p)->height; single += (p)->dilation) BODY(single, 1); \
    } \
  }

// Floats between the rows and columns that a filter reads, and between the rows of the output.
typedef struct {
  int64_t down, right, row, rows_apart;
} depthwise3x3_steps;

INLINE depthwise3x3_steps steps_of(const quire_depthwise3x3 *p) {
  int64_t row = p->width * p->channels;
  return (depthwise3x3_steps){
    p->dilation * p->in_stride, p->dilation * p->channels, row, p->dilation * row};
}

INLINE void depthwise3x3_vector(
  const float *in, depthwise3x3_steps by, const vf weights[9], const vf *bias, float *out, int rows, int64_t n
) {
  vf sum[ROWS_AT_ONCE];
  UNROLL for (int r = 0; r < rows; r++) sum[r] = *bias;
  UNROLL for (int i = 0; i < rows + 2; i++) {
    UNROLL for (int kx = 0; kx < 3; kx++) {
      vf v = load_first(in + i * by.down + kx * by.right, n);
      UNROLL for (int r = 0; r < rows; r++) {
        if (i >= r && i < r + 3) sum[r] += v * weights[3 * (i - r) + kx];
      }
    }
  }
  UNROLL for (int r = 0; r < rows; r++) store_first(out + r * by.rows_apart, sum[r], n);
}

INLINE void depthwise3x3_rows(
  const quire_depthwise3x3 *p, int64_t y, int rows, int64_t width, int64_t c, int64_t lanes,
  const vf weights[9], const vf *bias
) {
  depthwise3x3_steps by = steps_of(p);
  const float *in = p->in + y * p->in_stride;
  float *out = p->out + y * by.row;
  int64_t at = c;
  for (; lanes == LANES && at + LANES <= by.row; at += width) {
    depthwise3x3_vector(in + at, by, weights, bias, out + at, rows, LANES);
  }
  for (; at < by.row; at += width) {
    int64_t n = lanes < by.row - at ? lanes : by.row - at;
    depthwise3x3_vector(in + at, by, weights, bias, out + at, rows, n);
  }
}

static void depthwise3x3(const quire_depthwise3x3 *p) {
  span s = span_of(p->channels, 1);
  float buffer[SPAN_MAX];
  for (int64_t c = 0; c < s.width; c += LANES) {
    int64_t lanes = lanes_left(c, s.width);
    vf weights[9], bias = 0;
    for (int t = 0; t < 9; t++) {
      const float *w = p->weights + (p->flipped ? 8 - t : t) * p->channels;
      weights[t] = load_first(spread(w, s, buffer) + c, lanes);
    }
    if (p->bias) bias = load_first(spread(p->bias, s, buffer) + c, lanes);
#define CONVOLVE(y, rows) depthwise3x3_rows(p, y, rows, s.width, c, lanes, weights, &bias)
    FOR_ROWS(p, CONVOLVE)
  }
}

INLINE void depthwise3x3_weights_vector(
  const float *in, depthwise3x3_steps by, const float *dy, vf sums[9], int rows, int64_t n
) {
  vf g[ROWS_AT_ONCE];
  UNROLL for (int r = 0; r < rows; r++) g[r] = load_first(dy + r * by.rows_apart, n);
  UNROLL for (int i = 0; i < rows + 2; i++) {
    UNROLL for (int kx = 0; kx < 3; kx++) {
      vf v = load_first(in + i * by.down + kx * by.right, n);
      UNROLL for (int r = 0; r < rows; r++) {
        if (i >= r && i < r + 3) sums[3 * (i - r) + kx] += v * g[r];
      }
    }
  }
}

// Sums some rows on their own before it adds them to the totals.
INLINE void depthwise3x3_weights_rows(
  const quire_depthwise3x3 *p, const float *dy, int64_t y, int rows, int64_t width, int64_t c, int64_t lanes,
  vf totals[9]
) {
  depthwise3x3_steps by = steps_of(p);
  const float *in = p->in + y * p->in_stride, *g = dy + y * by.row;
  vf sums[9] = {0};
  int64_t at = c;
  for (; lanes == LANES && at + LANES <= by.row; at += width) {
    depthwise3x3_weights_vector(in + at, by, g + at, sums, rows, LANES);
  }
  for (; at < by.row; at += width) {
    depthwise3x3_weights_vector(in + at, by, g + at, sums, rows, lanes < by.row - at ? lanes : by.row - at);
  }
  UNROLL for (int t = 0; t < 9; t++) totals[t] += sums[t];
}

static void depthwise3x3_weights(const quire_depthwise3x3 *p, const float *dy, float *dweights) {
  span s = span_of(p->channels, 1);
  for (int64_t c = 0; c < s.width; c += LANES) {
    int64_t lanes = lanes_left(c, s.width);
    vf totals[9] = {0};
#define CORRELATE(y, rows) depthwise3x3_weights_rows(p, dy, y, rows, s.width, c, lanes, totals)
    FOR_ROWS(p, CORRELATE)
    for (int t = 0; t < 9; t++) {
      for (int64_t n = 0; n < lanes; n++) dweights[t * p->channels + (c + n) % p->channels] += totals[t][n];
    }
  }
}
