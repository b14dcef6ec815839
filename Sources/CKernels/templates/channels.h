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

// Adds sums a channel of the span to sums a channel.
INLINE void fold_floats(const float *wide, span s, float *sums) {
  int64_t channels = s.width / s.pixels;
  for (int64_t c = 0; c < channels; c++) {
    float sum = 0;
    for (int64_t i = c; i < s.width; i += channels) sum += wide[i];
    sums[c] += sum;
  }
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
  if (s.pixels > 1) fold_floats(wide, s, sums);
}

// out = in where x is positive, in·slope elsewhere: `in` is x itself, or dy for dx.
INLINE void prelu_block(
  const float *x, const float *in, float *out, int64_t rows, int64_t stride, const float *slope, int vectors,
  int64_t n
) {
  vf a[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) a[v] = load_first(slope + v * LANES, n);
  for (int64_t r = 0; r < rows; r++, x += stride, in += stride, out += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf number = load_first(in + v * LANES, n);
      store_first(out + v * LANES, load_first(x + v * LANES, n) > 0 ? number : number * a[v], n);
    }
  }
}

static void prelu_backward(
  const float *x, const float *dy, const float *slope, float *dx, int64_t rows, int64_t channels
) {
  span s = span_of(channels, BLOCK);
  float buffer[SPAN_MAX];
  slope = spread(slope, s, buffer);
#define PRELU(at, rows, c, vectors, n) \
  prelu_block(x + (at), dy + (at), dx + (at), rows, s.width, slope + (c), vectors, n)
  FOR_BLOCKS(s, rows * channels, BLOCK, PRELU)
}

static void prelu(const float *x, const float *slope, float *y, int64_t rows, int64_t channels) {
  prelu_backward(x, x, slope, y, rows, channels);
}

INLINE void prelu_slopes_block(
  const float *x, const float *dy, int64_t rows, int64_t stride, int vectors, int64_t n, float *sums
) {
  vf total[BLOCK] = {0};
  for (int64_t r = 0; r < rows; r++, x += stride, dy += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf number = load_first(x + v * LANES, n), g = load_first(dy + v * LANES, n);
      total[v] += number > 0 ? (vf)0 : number * g;
    }
  }
  UNROLL for (int v = 0; v < vectors; v++, sums += LANES) {
    store_first(sums, load_first(sums, n) + total[v], n);
  }
}

static void prelu_slopes(const float *x, const float *dy, int64_t rows, int64_t channels, float *sums) {
  span s = span_of(channels, BLOCK);
  float buffer[SPAN_MAX] = {0}, *wide = s.pixels > 1 ? buffer : sums;
#define SLOPES(at, rows, c, vectors, n) \
  prelu_slopes_block(x + (at), dy + (at), rows, s.width, vectors, n, wide + (c))
  FOR_BLOCKS(s, rows * channels, BLOCK, SLOPES)
  if (s.pixels > 1) fold_floats(wide, s, sums);
}
