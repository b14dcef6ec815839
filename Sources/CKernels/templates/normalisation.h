// Batch normalisation of one image: sums over its pixels (float within a chunk, double between chunks) and
// the elementwise passes. NaN passes through the ReLU, so that a broken run shows. Images are floats or bf16;
// a block is compiled for either.

// BODY(first image, whether it is bf16, second image, whether it is bf16, …), the formats as constants.
#define FOR_FORMATS(first_bf16, second_bf16, BODY, first, second, ...) do { \
    if (first_bf16) { \
      if (second_bf16) BODY(first, 1, second, 1, __VA_ARGS__); \
      else BODY(first, 1, second, 0, __VA_ARGS__); \
    } else { \
      if (second_bf16) BODY(first, 0, second, 1, __VA_ARGS__); \
      else BODY(first, 0, second, 0, __VA_ARGS__); \
    } \
  } while (0)

INLINE void moments_block(
  const void *x, int x_bf16, int64_t at, int64_t rows, int64_t stride, const float *shift, int vectors,
  int64_t n, double *sum, double *squares
) {
  vf origin[BLOCK], total[BLOCK], square[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) {
    origin[v] = load_first(shift + v * LANES, n);
    total[v] = square[v] = 0;
  }
  for (int64_t r = 0; r < rows; r++, at += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf d;
      load_number(x, x_bf16, at + v * LANES, n, &d);
      d -= origin[v];
      total[v] += d;
      square[v] += d * d;
    }
  }
  UNROLL for (int v = 0; v < vectors; v++) {
    add_doubles(sum + v * LANES, &total[v], n);
    add_doubles(squares + v * LANES, &square[v], n);
  }
}

static void moments(
  const void *x, int x_bf16, const float *shift, int64_t pixels, int64_t channels, double *sum,
  double *squares
) {
  span s = span_of(channels, BLOCK);
  float shift_buffer[SPAN_MAX];
  double sum_buffer[SPAN_MAX], squares_buffer[SPAN_MAX];
  double *sums = s.pixels > 1 ? sum_buffer : sum, *square_sums = s.pixels > 1 ? squares_buffer : squares;
  shift = spread(shift, s, shift_buffer);
  for (int64_t c = 0; c < s.width; c++) sums[c] = square_sums[c] = 0;
#define MOMENTS_OF(half, at, rows, c, vectors, n) \
  moments_block(x, half, at, rows, s.width, shift + (c), vectors, n, sums + (c), square_sums + (c))
#define MOMENTS(at, rows, c, vectors, n) do { \
    if (x_bf16) MOMENTS_OF(1, at, rows, c, vectors, n); \
    else MOMENTS_OF(0, at, rows, c, vectors, n); \
  } while (0)
  FOR_BLOCKS(s, pixels * channels, BLOCK, MOMENTS)
  if (s.pixels > 1) {
    fold(sums, s, sum);
    fold(square_sums, s, squares);
  }
}

INLINE void normalise_block(
  const void *x, int x_bf16, void *y, int y_bf16, int64_t at, int64_t rows, int64_t stride, const float *mean,
  const float *scale, const float *offset, int relu, int vectors, int64_t n
) {
  vf m[BLOCK], a[BLOCK], b[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) {
    m[v] = load_first(mean + v * LANES, n);
    a[v] = load_first(scale + v * LANES, n);
    b[v] = load_first(offset + v * LANES, n);
  }
  for (int64_t r = 0; r < rows; r++, at += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf value;
      load_number(x, x_bf16, at + v * LANES, n, &value);
      value = (value - m[v]) * a[v] + b[v];
      if (relu) value = value < 0 ? (vf)0 : value;
      store_number(y, y_bf16, at + v * LANES, n, &value);
    }
  }
}

static void normalise(const quire_normalisation *p, const void *x, void *y) {
  span s = span_of(p->channels, BLOCK);
  float buffers[3][SPAN_MAX];
  const float *mean = spread(p->mean, s, buffers[0]), *scale = spread(p->scale, s, buffers[1]);
  const float *offset = spread(p->offset, s, buffers[2]);
#define NORMALISE(at, rows, c, vectors, n) \
  FOR_FORMATS(p->x_bf16, p->y_bf16, normalise_block, x, y, \
    at, rows, s.width, mean + (c), scale + (c), offset + (c), p->relu, vectors, n)
  FOR_BLOCKS(s, p->pixels * p->channels, BLOCK, NORMALISE)
}

INLINE void normalise_sums_block(
  const void *x, int x_bf16, const void *dy, int dy_bf16, int64_t at, int64_t rows, int64_t stride,
  const float *mean, const float *scale, const float *offset, int relu, int vectors, int64_t n, double *sum,
  double *product
) {
  vf m[BLOCK], a[BLOCK], b[BLOCK], total[BLOCK], cross[BLOCK];
  UNROLL for (int v = 0; v < vectors; v++) {
    m[v] = load_first(mean + v * LANES, n);
    a[v] = load_first(scale + v * LANES, n);
    b[v] = load_first(offset + v * LANES, n);
    total[v] = cross[v] = 0;
  }
  for (int64_t r = 0; r < rows; r++, at += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf d, g;
      load_number(x, x_bf16, at + v * LANES, n, &d);
      load_number(dy, dy_bf16, at + v * LANES, n, &g);
      d -= m[v];
      if (relu) g = d * a[v] + b[v] <= 0 ? (vf)0 : g;
      total[v] += g;
      cross[v] += g * d;
    }
  }
  UNROLL for (int v = 0; v < vectors; v++) {
    add_doubles(sum + v * LANES, &total[v], n);
    add_doubles(product + v * LANES, &cross[v], n);
  }
}

static void normalise_sums(
  const quire_normalisation *p, const void *x, const void *dy, double *sum, double *product
) {
  span s = span_of(p->channels, BLOCK);
  float buffers[3][SPAN_MAX];
  double sum_buffer[SPAN_MAX], product_buffer[SPAN_MAX];
  double *sums = s.pixels > 1 ? sum_buffer : sum, *products = s.pixels > 1 ? product_buffer : product;
  const float *mean = spread(p->mean, s, buffers[0]), *scale = spread(p->scale, s, buffers[1]);
  const float *offset = spread(p->offset, s, buffers[2]);
  for (int64_t c = 0; c < s.width; c++) sums[c] = products[c] = 0;
#define NORMALISE_SUMS(at, rows, c, vectors, n) \
  FOR_FORMATS(p->x_bf16, p->dy_bf16, normalise_sums_block, x, dy, \
    at, rows, s.width, mean + (c), scale + (c), offset + (c), p->relu, vectors, n, \
    sums + (c), products + (c))
  FOR_BLOCKS(s, p->pixels * p->channels, BLOCK, NORMALISE_SUMS)
  if (s.pixels > 1) {
    fold(sums, s, sum);
    fold(products, s, product);
  }
}

INLINE void normalise_backward_block(
  const void *x, int x_bf16, const void *dy, int dy_bf16, void *dx, int dx_bf16, int64_t at, int64_t rows,
  int64_t stride, const float *const by[6], int64_t c, int relu, int vectors, int64_t n
) {
  vf k[6][BLOCK];
  UNROLL for (int i = 0; i < 6; i++) {
    UNROLL for (int v = 0; v < vectors; v++) k[i][v] = load_first(by[i] + c + v * LANES, n);
  }
  for (int64_t r = 0; r < rows; r++, at += stride) {
    UNROLL for (int v = 0; v < vectors; v++) {
      vf d, g;
      load_number(x, x_bf16, at + v * LANES, n, &d);
      load_number(dy, dy_bf16, at + v * LANES, n, &g);
      d -= k[0][v];
      if (relu) g = d * k[1][v] + k[2][v] <= 0 ? (vf)0 : g;
      g = g * k[3][v] + (d * k[4][v] + k[5][v]);
      store_number(dx, dx_bf16, at + v * LANES, n, &g);
    }
  }
}

static void normalise_backward(
  const quire_normalisation *p, const void *x, const void *dy, const float *by_gradient,
  const float *by_input, const float *constant, void *dx
) {
  span s = span_of(p->channels, BLOCK);
  float buffers[6][SPAN_MAX];
  const float *by[6] = {p->mean, p->scale, p->offset, by_gradient, by_input, constant};
  for (int i = 0; i < 6; i++) by[i] = spread(by[i], s, buffers[i]);
#define NORMALISE_BACKWARD_TO(half, at, rows, c, vectors, n) \
  FOR_FORMATS(p->x_bf16, p->dy_bf16, normalise_backward_block, x, dy, \
    dx, half, at, rows, s.width, by, c, p->relu, vectors, n)
#define NORMALISE_BACKWARD(at, rows, c, vectors, n) do { \
    if (p->dx_bf16) NORMALISE_BACKWARD_TO(1, at, rows, c, vectors, n); \
    else NORMALISE_BACKWARD_TO(0, at, rows, c, vectors, n); \
  } while (0)
  FOR_BLOCKS(s, p->pixels * p->channels, 2, NORMALISE_BACKWARD)
}
