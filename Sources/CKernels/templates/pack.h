// Matrices as panels of 16 columns, which products read.

static void pack(const float *src, int64_t rows, int64_t columns, int64_t stride, float *dst) {
  for (int64_t column = 0; column < columns; column += PANEL, src += PANEL) {
    int64_t width = columns - column;
    const float *from = src;
    for (int64_t row = 0; row < rows; row++, from += stride, dst += PANEL) {
      UNROLL for (int at = 0; at < PANEL; at += LANES) {
        int64_t n = width - at < LANES ? width - at : LANES;
        store(dst + at, n > 0 ? load_first(from + at, n) : (vf)0);
      }
    }
  }
}
