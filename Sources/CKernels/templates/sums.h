// Sums: of two values, and of each channel.

static void add(const float *a, const float *b, float *y, int64_t n) {
  for (int64_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}

// A chunk's sums are added to those of the chunks before it.
INLINE void sums_block(
  const void *x, int bf16, int64_t at, int64_t rows, int64_t stride, int vectors, int64_t n, float *sums
) {
  vf total[BLOCK] = {0};
  for (int64_t r = 0; r < rows; r++, at += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf number;
      load_number(x, bf16, at + v * LANES, n, &number);
      total[v] += number;
    }
  }
  UNROLL for (int v = 0; v < vectors; v++, sums += LANES) {
    store_first(sums, load_first(sums, n) + total[v], n);
  }
}

static void column_sums(const void *x, int x_bf16, int64_t rows, int64_t columns, float *sums) {
  span s = span_of(columns, BLOCK);
  float buffer[SPAN_MAX] = {0}, *wide = s.pixels > 1 ? buffer : sums;
#define SUMS(at, rows, c, vectors, n) do { \
    if (x_bf16) sums_block(x, 1, at, rows, s.width, vectors, n, wide + (c)); \
    else sums_block(x, 0, at, rows, s.width, vectors, n, wide + (c)); \
  } while (0)
  FOR_BLOCKS(s, rows * columns, BLOCK, SUMS)
  if (s.pixels > 1) fold_floats(wide, s, sums);
}
