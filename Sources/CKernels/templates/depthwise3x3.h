// Convolutions of each channel with a 3 × 3 filter of its own, with stride 1: a vector of channels (of a span,
// where there are few) through the image, its nine weights or sums in registers. Rows of the output that lie
// `dilation` apart read the same data, so several are computed at once. Taps outside the image are skipped: their
// rows are not read, their lanes loaded as 0.

enum { ROWS_AT_ONCE = LANES == 16 ? 4 : 2 };

// Calls BODY(y, rows) for rows y, y + dilation, … of the output.
#define FOR_ROWS(p, BODY) \
  for (int64_t top = 0; top < (p)->height; top += ROWS_AT_ONCE * (p)->dilation) { \
    for (int64_t y = top; y < top + (p)->dilation && y < (p)->height; y++) { \
      if (y + (ROWS_AT_ONCE - 1) * (p)->dilation < (p)->height) BODY(y, ROWS_AT_ONCE); \
      else for (int64_t single = y; single < (p)->height; single += (p)->dilation) BODY(single, 1); \
    } \
  }

// Some rows of the output and the data that they read. All in floats except first and end.
typedef struct {
  int64_t in_row, row;      // in a row of the image and of the output
  int64_t down, right;      // between the rows and the columns that the filter reads
  int64_t rows_apart;       // between the output's rows
  int64_t left;             // the padding
  int first, end;           // of the rows that are read, those inside of the image
} depthwise3x3_lines;

INLINE depthwise3x3_lines lines_of(const quire_depthwise3x3 *p, int64_t y, int rows) {
  int64_t in_row = p->in_width * p->channels, row = p->width * p->channels, first = 0, end = 0;
  while (first < rows + 2 && y + first * p->dilation < p->padding) first++;
  while (end < rows + 2 && y + end * p->dilation < p->padding + p->in_height) end++;
  return (depthwise3x3_lines){
    .in_row = in_row, .row = row, .down = p->dilation * in_row, .right = p->dilation * p->channels,
    .rows_apart = p->dilation * row, .left = p->padding * p->channels, .first = (int)first, .end = (int)end};
}

// BODY, with a specialised version for the case that all rows are inside.
#define IF_ALL_INSIDE(by, rows, BODY) do { \
    if ((by).first == 0 && (by).end == (rows) + 2) { \
      (by).first = 0, (by).end = (rows) + 2; \
      BODY; \
    } else { \
      BODY; \
    } \
  } while (0)

// The lanes of n that the filter's columns find inside of the image, from float `at` of the output's row on.
typedef struct {
  int64_t from[3], to[3];
} depthwise3x3_lanes;

INLINE depthwise3x3_lanes lanes_inside(depthwise3x3_lines by, int64_t at, int64_t n) {
  depthwise3x3_lanes inside;
  UNROLL for (int kx = 0; kx < 3; kx++) {
    int64_t start = at + kx * by.right - by.left, left = by.in_row - start;
    inside.to[kx] = left < 0 ? 0 : left < n ? left : n;
    inside.from[kx] = start >= 0 ? 0 : -start;
    if (inside.from[kx] > inside.to[kx]) inside.from[kx] = inside.to[kx];
  }
  return inside;
}

// Calls BODY(at, inside, n) for every `step`-th float of the output's row from `start` on, n of them in the row;
// `inside` is NULL if the vector is full and the filter reads only full vectors.
#define FOR_VECTORS(by, start, step, lanes, BODY) \
  for (int64_t at = start, full = full_until(by, lanes); at < (by).row; at += step) { \
    for (; at >= (by).left && at < full; at += step) BODY(at, NULL, LANES); \
    if (at >= (by).row) break; \
    int64_t n = (lanes) < (by).row - at ? (lanes) : (by).row - at; \
    depthwise3x3_lanes inside = lanes_inside(by, at, n); \
    BODY(at, &inside, n); \
  }

INLINE int64_t full_until(depthwise3x3_lines by, int64_t lanes) {
  int64_t in_row = by.in_row - 2 * by.right + by.left;
  return lanes == LANES ? (by.row < in_row ? by.row : in_row) - LANES + 1 : 0;
}

// Calls BODY(i, kx, v) for the vectors that the filters of some rows read, from `in` on.
#define FOR_TAPS(in, by, inside, rows, BODY) \
  UNROLL for (int i = 0; i < rows + 2; i++) { \
    if (i < (by).first || i >= (by).end) continue; \
    UNROLL for (int kx = 0; kx < 3; kx++) { \
      const float *tap = (in) + i * (by).down + kx * (by).right; \
      vf v = (inside) ? load_lanes(tap, (inside)->from[kx], (inside)->to[kx]) : load(tap); \
      BODY(i, kx, v) \
    } \
  }

INLINE void depthwise3x3_vector(
  const float *in, depthwise3x3_lines by, const depthwise3x3_lanes *inside, const vf weights[9], const vf *bias,
  vf sum[ROWS_AT_ONCE], int rows
) {
  UNROLL for (int r = 0; r < rows; r++) sum[r] = *bias;
#define ADD_TAP(i, kx, v) \
  UNROLL for (int r = 0; r < rows; r++) { \
    if (i >= r && i < r + 3) sum[r] += v * weights[3 * (i - r) + kx]; \
  }
  FOR_TAPS(in, by, inside, rows, ADD_TAP)
}

// From number `at` of the output's first row on.
INLINE void store_lines(
  void *out, int bf16, int64_t at, depthwise3x3_lines by, const vf sum[ROWS_AT_ONCE], int rows, int64_t n
) {
  UNROLL for (int r = 0; r < rows; r++) store_number(out, bf16, at + r * by.rows_apart, n, &sum[r]);
}

// The vectors from float `start` on that are `dilation` apart. If there are enough registers, a vector's sums are
// stored after the next one's loads: rows of image and output are often a multiple of 4 KB apart, and a load that
// follows a store to the same offset in a page waits for it.
INLINE void depthwise3x3_rows(
  const quire_depthwise3x3 *p, depthwise3x3_lines by, int64_t y, int rows, int64_t start, int64_t step,
  int64_t lanes, const vf weights[9], const vf *bias, int bf16
) {
  const float *in = p->in + (y - p->padding) * by.in_row - by.left;
  int64_t out = y * by.row, last_at = -1;
  vf sum[ROWS_AT_ONCE], last[ROWS_AT_ONCE];
#define CONVOLVE(at, inside, n) do { \
    depthwise3x3_vector(in + at, by, inside, weights, bias, sum, rows); \
    if (LANES < 16) { \
      store_lines(p->out, bf16, out + at, by, sum, rows, n); \
    } else { \
      if (last_at >= 0) store_lines(p->out, bf16, out + last_at, by, last, rows, lanes); \
      UNROLL for (int r = 0; r < rows; r++) last[r] = sum[r]; \
      last_at = at; \
    } \
  } while (0)
  FOR_VECTORS(by, start, step, lanes, CONVOLVE)
  if (last_at < 0) return;
  int64_t n = by.row - last_at;
  store_lines(p->out, bf16, out + last_at, by, last, rows, n < lanes ? n : lanes);
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
#define CONVOLVE_LINES(y, rows, bf16) \
  IF_ALL_INSIDE(by, rows, depthwise3x3_rows(p, by, y, rows, start, step, lanes, weights, &bias, bf16))
#define CONVOLVE_ROWS(y, rows) do { \
    depthwise3x3_lines by = lines_of(p, y, rows); \
    for (int64_t x = 0; x < p->dilation; x++) { \
      int64_t start = c + x * s.width, step = p->dilation * s.width; \
      if (p->out_bf16) CONVOLVE_LINES(y, rows, 1); \
      else CONVOLVE_LINES(y, rows, 0); \
    } \
  } while (0)
    FOR_ROWS(p, CONVOLVE_ROWS)
  }
}

INLINE void depthwise3x3_weights_vector(
  const float *in, depthwise3x3_lines by, const depthwise3x3_lanes *inside, const float *dy, vf sums[9],
  int rows, int64_t n
) {
  vf g[ROWS_AT_ONCE];
  UNROLL for (int r = 0; r < rows; r++) g[r] = load_first(dy + r * by.rows_apart, n);
#define ADD_PRODUCT(i, kx, v) \
  UNROLL for (int r = 0; r < rows; r++) { \
    if (i >= r && i < r + 3) sums[3 * (i - r) + kx] += v * g[r]; \
  }
  FOR_TAPS(in, by, inside, rows, ADD_PRODUCT)
}

// Sums some rows separately before adding them to the totals.
INLINE void depthwise3x3_weights_rows(
  const quire_depthwise3x3 *p, const float *dy, int64_t y, int rows, int64_t width, int64_t c, int64_t lanes,
  vf totals[9]
) {
  depthwise3x3_lines by = lines_of(p, y, rows);
  const float *in = p->in + (y - p->padding) * by.in_row - by.left, *g = dy + y * by.row;
  vf sums[9] = {0};
#define CORRELATE(at, inside, n) depthwise3x3_weights_vector(in + at, by, inside, g + at, sums, rows, n)
  IF_ALL_INSIDE(by, rows, FOR_VECTORS(by, c, width, lanes, CORRELATE));
  UNROLL for (int t = 0; t < 9; t++) totals[t] += sums[t];
}

static void depthwise3x3_weights(const quire_depthwise3x3 *p, const float *dy, float *dweights) {
  span s = span_of(p->channels, 1);
  for (int64_t c = 0; c < s.width; c += LANES) {
    int64_t lanes = lanes_left(c, s.width);
    vf totals[9] = {0};
#define CORRELATE_ROWS(y, rows) depthwise3x3_weights_rows(p, dy, y, rows, s.width, c, lanes, totals)
    FOR_ROWS(p, CORRELATE_ROWS)
    for (int t = 0; t < 9; t++) {
      for (int64_t n = 0; n < lanes; n++) dweights[t * p->channels + (c + n) % p->channels] += totals[t][n];
    }
  }
}
