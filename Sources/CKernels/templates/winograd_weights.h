// The transforms of Winograd's weights, in blocks of 16 input × 16 output channels, numbered
// output panel · input panels + input panel.

enum { MOST_TAPS = 25 };

// g[tap][16 rows][16 columns] of a block of w [tap][in][out], zero outside.
INLINE void winograd_load_block(const quire_winograd *p, const float *w, int64_t in, int64_t out, float *g) {
  int64_t rows = p->in_channels - in < PANEL ? p->in_channels - in : PANEL, taps = p->kernel * p->kernel;
  int64_t columns = p->out_channels - out < PANEL ? p->out_channels - out : PANEL;
  if (rows < PANEL || columns < PANEL) memset(g, 0, (size_t)taps * PANEL * PANEL * sizeof(float));
  for (int64_t tap = 0; tap < taps; tap++) {
    for (int64_t r = 0; r < rows; r++) {
      const float *from = w + (tap * p->in_channels + in + r) * p->out_channels + out;
      memcpy(g + (tap * PANEL + r) * PANEL, from, (size_t)columns * sizeof(float));
    }
  }
}

INLINE void winograd_weight_block_of(int kernel, const float *g, float *u, int64_t position) {
  int side = winograd_side(kernel);
  for (int64_t i = 0; i < PANEL * PANEL; i += LANES) {
    vf middle[MOST_SIDE][5];
    UNROLL for (int c = 0; c < kernel; c++) {
      vf w[5], t[MOST_SIDE];
      UNROLL for (int r = 0; r < kernel; r++) w[r] = load(g + (r * kernel + c) * PANEL * PANEL + i);
      winograd_weight(kernel, w, t);
      UNROLL for (int r = 0; r < side; r++) middle[r][c] = t[r];
    }
    UNROLL for (int r = 0; r < side; r++) {
      vf t[MOST_SIDE];
      winograd_weight(kernel, middle[r], t);
      UNROLL for (int c = 0; c < side; c++) store(u + (r * side + c) * position + i, t[c]);
    }
  }
}
// u[position][16 rows][16 columns] = G·g·Gᵀ
static void winograd_weight_block(int64_t kernel, const float *g, float *u, int64_t position) {
  if (kernel == 3) winograd_weight_block_of(3, g, u, position);
  else winograd_weight_block_of(5, g, u, position);
}

// turned[tap][16 columns][16 rows]
INLINE void winograd_turn_block(const quire_winograd *p, const float *g, float *turned) {
  for (int64_t tap = 0; tap < p->kernel * p->kernel; tap++) {
    for (int64_t r = 0; r < PANEL; r++) {
      const float *from = g + (tap * PANEL + r) * PANEL;
      for (int64_t c = 0; c < PANEL; c++) turned[(tap * PANEL + c) * PANEL + r] = from[c];
    }
  }
}

// `count` blocks from `first` on of w [tap][in][out]; `transposed` may be NULL.
static void winograd_weights(
  const quire_winograd *p, const float *w, int64_t first, int64_t count, float *u, float *transposed
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t in = l.in_panels * PANEL, out = l.out_panels * PANEL;
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    float g[MOST_TAPS * PANEL * PANEL], turned[MOST_TAPS * PANEL * PANEL];
    winograd_load_block(p, w, row, column, g);
    winograd_weight_block(p->kernel, g, u + column * in + row * PANEL, winograd_position(in, l.out_panels));
    if (!transposed) continue;
    winograd_turn_block(p, g, turned);
    winograd_weight_block(
      p->kernel, turned, transposed + row * out + column * PANEL, winograd_position(out, l.in_panels));
  }
}

// The transposes alone, as pairs of bf16 for winograd_bf16.h: [36][panel of C][K/2][16][2].
static void winograd_transposed_bf16(
  const quire_winograd *p, const float *w, int64_t first, int64_t count, float *transposed
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t out = l.out_panels * PANEL, position = winograd_position(out / 2, l.in_panels);
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    float g[MOST_TAPS * PANEL * PANEL], turned[MOST_TAPS * PANEL * PANEL], u[MOST_POSITIONS * PANEL * PANEL];
    winograd_load_block(p, w, row, column, g);
    winograd_turn_block(p, g, turned);
    winograd_weight_block(p->kernel, turned, u, PANEL * PANEL);
    float *to = transposed + (row * out + column * PANEL) / 2;
    for (int64_t f = 0; f < l.positions; f++)
      pair_rows_bf16(u + f * PANEL * PANEL, 0, PANEL, PANEL, PANEL, to + f * position);
  }
}

// A vector of dw at all taps, `tap` floats apart: set, or increased if `adds`, to Gᵀ·dU·G.
INLINE void winograd_weight_gradient_line(
  int kernel, const float *du, int64_t position, float *dw, int64_t tap, int64_t n, int adds
) {
  int side = winograd_side(kernel);
  vf middle[5][MOST_SIDE];
  UNROLL for (int j = 0; j < side; j++) {
    vf t[MOST_SIDE], g[5];
    UNROLL for (int i = 0; i < side; i++) t[i] = load(du + (i * side + j) * position);
    winograd_weight_gradient(kernel, t, g);
    UNROLL for (int i = 0; i < kernel; i++) middle[i][j] = g[i];
  }
  UNROLL for (int i = 0; i < kernel; i++) {
    vf g[5];
    winograd_weight_gradient(kernel, middle[i], g);
    UNROLL for (int j = 0; j < kernel; j++) {
      float *to = dw + (i * kernel + j) * tap;
      vf sum = adds ? load_first(to, n) + g[j] : g[j];
      store_first(to, sum, n);
    }
  }
}

INLINE void winograd_weight_gradient_blocks(
  int kernel, const quire_winograd *p, const float *du, int64_t first, int64_t count, float *dw
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t out = l.out_panels * PANEL, position = winograd_position(p->in_channels, l.out_panels);
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    for (int64_t c = row; c < row + PANEL && c < p->in_channels; c++) {
      for (int64_t k = column; k < column + PANEL && k < p->out_channels; k += LANES) {
        winograd_weight_gradient_line(
          kernel, du + c * out + k, position, dw + c * p->out_channels + k, p->in_channels * p->out_channels,
          lanes_left(k, p->out_channels), 1);
      }
    }
  }
}
// dw [tap][in][out] += Gᵀ·dU·G in `count` blocks from `first` on.
static void winograd_weight_gradients(
  const quire_winograd *p, const float *du, int64_t first, int64_t count, float *dw
) {
  if (p->kernel == 3) winograd_weight_gradient_blocks(3, p, du, first, count, dw);
  else winograd_weight_gradient_blocks(5, p, du, first, count, dw);
}
