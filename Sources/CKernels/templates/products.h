// The matrix product behind every convolution and linear layer: tiles of 6 rows × 16 columns, whose twelve
// accumulators, two columns of B and one broadcast fill the sixteen AVX registers.

enum { TILE_ROWS = 6, PANEL = 16 };

INLINE void product_tile(
  const quire_product *p, const int32_t *rows, const float *b, int64_t step, v8 sum[6][2]
) {
  for (int64_t s = 0; s < p->segment_count; s++) {
    const float *a = p->a + p->segments[s];
    const float *a0 = a + rows[0], *a1 = a + rows[1], *a2 = a + rows[2];
    const float *a3 = a + rows[3], *a4 = a + rows[4], *a5 = a + rows[5];
    for (int64_t k = 0, i = 0; k < p->length; k++, i += step, b += PANEL) {
      v8 b0 = load(b), b1 = load(b + 8);
      sum[0][0] += a0[i] * b0; sum[0][1] += a0[i] * b1;
      sum[1][0] += a1[i] * b0; sum[1][1] += a1[i] * b1;
      sum[2][0] += a2[i] * b0; sum[2][1] += a2[i] * b1;
      sum[3][0] += a3[i] * b0; sum[3][1] += a3[i] * b1;
      sum[4][0] += a4[i] * b0; sum[4][1] += a4[i] * b1;
      sum[5][0] += a5[i] * b0; sum[5][1] += a5[i] * b1;
    }
  }
}

static void product(const quire_product *p) {
  int64_t depth = p->segment_count * p->length;
  for (int64_t column = 0, panel = 0; column < p->columns; column += PANEL, panel++) {
    const float *b = p->b + panel * depth * PANEL;
    int64_t width = p->columns - column < PANEL ? p->columns - column : PANEL;
    v8 first = 0, second = 0;
    if (p->bias) {
      first = load(p->bias + column);
      second = load(p->bias + column + 8);
    }
    for (int64_t row = 0; row < p->row_count; row += TILE_ROWS) {
      // A last tile that is not full repeats its last row and does not store it again.
      int64_t height = p->row_count - row < TILE_ROWS ? p->row_count - row : TILE_ROWS;
      int32_t rows[TILE_ROWS];
      for (int64_t m = 0; m < TILE_ROWS; m++) rows[m] = p->rows[row + (m < height ? m : height - 1)];
      v8 sum[TILE_ROWS][2] = {
        {first, second}, {first, second}, {first, second}, {first, second}, {first, second}, {first, second}};
      if (p->a_step == 1) product_tile(p, rows, b, 1, sum);
      else product_tile(p, rows, b, p->a_step, sum);
      for (int64_t m = 0; m < height; m++) {
        float *c = p->c + p->c_rows[row + m] + column;
        if (width == PANEL) {
          store(c, p->accumulate ? load(c) + sum[m][0] : sum[m][0]);
          store(c + 8, p->accumulate ? load(c + 8) + sum[m][1] : sum[m][1]);
        } else {
          for (int64_t n = 0; n < width; n++) {
            float value = n < 8 ? sum[m][0][n] : sum[m][1][n - 8];
            c[n] = p->accumulate ? c[n] + value : value;
          }
        }
      }
    }
  }
}

static void pack(
  const float *restrict src, int64_t rows, int64_t columns, int64_t stride, float *restrict dst
) {
  for (int64_t column = 0; column < columns; column += PANEL) {
    int64_t width = columns - column < PANEL ? columns - column : PANEL;
    for (int64_t row = 0; row < rows; row++, dst += PANEL) {
      const float *from = src + row * stride + column;
      if (width == PANEL) {
        store(dst, load(from));
        store(dst + 8, load(from + 8));
      } else {
        for (int64_t n = 0; n < PANEL; n++) dst[n] = n < width ? from[n] : 0;
      }
    }
  }
}
