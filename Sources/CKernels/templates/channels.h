// A factor or a sum for each channel: a chunk's sums are added to those of the chunks before it.

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
  if (s.pixels == 1) return;
  for (int64_t c = 0; c < columns; c++) {
    float sum = 0;
    for (int64_t i = c; i < s.width; i += columns) sum += wide[i];
    sums[c] += sum;
  }
}
