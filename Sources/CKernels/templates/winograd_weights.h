// The transforms of Winograd's weights, in blocks of 16 input × 16 output channels, numbered
// output panel · input panels + input panel.

// g[9][16 rows][16 columns] of a block of w [9][in][out], zero outside.
INLINE void winograd_load_block(const quire_winograd *p, const float *w, int64_t in, int64_t out, float *g) {
  int64_t rows = p->in_channels - in < PANEL ? p->in_channels - in : PANEL;
  int64_t columns = p->out_channels - out < PANEL ? p->out_channels - out : PANEL;
  if (rows < PANEL || columns < PANEL) memset(g, 0, 9 * PANEL * PANEL * sizeof(float));
  for (int64_t tap = 0; tap < 9; tap++) {
    for (int64_t r = 0; r < rows; r++) {
      const float *from = w + (tap * p->in_channels + in + r) * p->out_channels + out;
      memcpy(g + (tap * PANEL + r) * PANEL, from, (size_t)columns * sizeof(float));
    }
  }
}

// u[position][16 rows][16 columns] = G·g·Gᵀ
static void winograd_weight_block(const float *g, float *u, int64_t position) {
  for (int64_t i = 0; i < PANEL * PANEL; i += LANES) {
    vf middle[6][3];
    UNROLL for (int c = 0; c < 3; c++) {
      vf w[3], t[6];
      UNROLL for (int r = 0; r < 3; r++) w[r] = load(g + (r * 3 + c) * PANEL * PANEL + i);
      winograd_weight(w, t);
      UNROLL for (int r = 0; r < 6; r++) middle[r][c] = t[r];
    }
    UNROLL for (int r = 0; r < 6; r++) {
      vf t[6];
      winograd_weight(middle[r], t);
      UNROLL for (int c = 0; c < 6; c++) store(u + (r * 6 + c) * position + i, t[c]);
    }
  }
}

// turned[9][16 columns][16 rows]
INLINE void winograd_turn_block(const float *g, float *turned) {
  for (int64_t tap = 0; tap < 9; tap++) {
    for (int64_t r = 0; r < PANEL; r++) {
      const float *from = g + (tap * PANEL + r) * PANEL;
      for (int64_t c = 0; c < PANEL; c++) turned[(tap * PANEL + c) * PANEL + r] = from[c];
    }
  }
}

// `count` blocks from `first` on of w [9][in][out]; `transposed` may be NULL.
static void winograd_weights(
  const quire_winograd *p, const float *w, int64_t first, int64_t count, float *u, float *transposed
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t in = l.in_panels * PANEL, out = l.out_panels * PANEL;
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    float g[9 * PANEL * PANEL], turned[9 * PANEL * PANEL];
    winograd_load_block(p, w, row, column, g);
    winograd_weight_block(g, u + column * in + row * PANEL, winograd_position(in, l.out_panels));
    if (!transposed) continue;
    winograd_turn_block(g, turned);
    winograd_weight_block(
      turned, transposed + row * out + column * PANEL, winograd_position(out, l.in_panels));
  }
}

// The transposes alone, as pairs of bf16: [36][panel of C][K/2][16][2].
static void winograd_transposed_bf16(
  const quire_winograd *p, const float *w, int64_t first, int64_t count, float *transposed
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t out = l.out_panels * PANEL, position = winograd_position(out / 2, l.in_panels);
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    float g[9 * PANEL * PANEL], turned[9 * PANEL * PANEL], u[POSITIONS * PANEL * PANEL];
    winograd_load_block(p, w, row, column, g);
    winograd_turn_block(g, turned);
    winograd_weight_block(turned, u, PANEL * PANEL);
    float *to = transposed + (row * out + column * PANEL) / 2;
    for (int64_t f = 0; f < POSITIONS; f++)
      pair_rows_bf16(u + f * PANEL * PANEL, 0, PANEL, PANEL, PANEL, to + f * position);
  }
}

// A vector of dw at nine taps, `tap` floats apart: set, or increased if `adds`, to Gᵀ·dU·G.
INLINE void winograd_weight_gradient_line(
  const float *du, int64_t position, float *dw, int64_t tap, int64_t n, int adds
) {
  vf middle[3][6];
  UNROLL for (int j = 0; j < 6; j++) {
    vf t[6], g[3];
    UNROLL for (int i = 0; i < 6; i++) t[i] = load(du + (i * 6 + j) * position);
    winograd_weight_gradient(t, g);
    UNROLL for (int i = 0; i < 3; i++) middle[i][j] = g[i];
  }
  UNROLL for (int i = 0; i < 3; i++) {
    vf g[3];
    winograd_weight_gradient(middle[i], g);
    UNROLL for (int j = 0; j < 3; j++) {
      float *to = dw + (i * 3 + j) * tap;
      vf sum = adds ? load_first(to, n) + g[j] : g[j];
      store_first(to, sum, n);
    }
  }
}

// dw [9][in][out] += Gᵀ·dU·G in `count` blocks from `first` on.
static void winograd_weight_gradients(
  const quire_winograd *p, const float *du, int64_t first, int64_t count, float *dw
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t out = l.out_panels * PANEL, position = winograd_position(p->in_channels, l.out_panels);
  for (int64_t block = first; block < first + count; block++) {
    int64_t row = block % l.in_panels * PANEL, column = block / l.in_panels * PANEL;
    for (int64_t c = row; c < row + PANEL && c < p->in_channels; c++) {
      for (int64_t k = column; k < column + PANEL && k < p->out_channels; k += LANES) {
        winograd_weight_gradient_line(
          du + c * out + k, position, dw + c * p->out_channels + k, p->in_channels * p->out_channels,
          lanes_left(k, p->out_channels), 1);
      }
    }
  }
}
