// Numbers of 16 bits, the upper half of a float's: to the nearest, ties to even; NaN stays NaN. Two rows of a
// matrix make a row of pairs, the unit of products over them; a last row without a partner gets zeros.

static void to_bf16(const float *src, void *dst, int64_t n) {
  uint16_t *to = dst;
  for (int64_t i = 0; i < n; i += LANES) {
    int64_t some = lanes_left(i, n);
    vf x = load_first(src + i, some);
    store_bf16(to + i, &x, some);
  }
}

static void from_bf16(const void *src, float *dst, int64_t n) {
  const uint16_t *from = src;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    vh half = *(const vh_unaligned *)watch_read(from + i, sizeof(vh));
    store(dst + i, (vf)(__builtin_convertvector(half, vu) << 16));
  }
  for (; i < n; i++) {
    uint32_t bits = (uint32_t)from[i] << 16;
    memcpy(dst + i, &bits, sizeof bits);
  }
}

// Pairs of the numbers of one row of src and, unless there is none, those of another.
INLINE void pair(
  const void *src, int bf16, int64_t first, int64_t second, int64_t n, float *dst, int64_t stored
) {
  vh low = 0, high = 0;
  load_halves(src, bf16, first, n, &low);
  if (second >= 0) load_halves(src, bf16, second, n, &high);
  store_first(dst, (vf)(__builtin_convertvector(low, vu) | __builtin_convertvector(high, vu) << 16), stored);
}

INLINE void pair_rows(const void *src, int bf16, int64_t rows, int64_t columns, int64_t stride, float *to) {
  for (int64_t row = 0; row < rows; row += 2, to += columns) {
    int64_t first = row * stride, second = row + 1 < rows ? first + stride : -1;
    for (int64_t c = 0; c < columns; c += LANES) {
      int64_t n = lanes_left(c, columns);
      pair(src, bf16, first + c, second < 0 ? -1 : second + c, n, to + c, n);
    }
  }
}
static void pair_rows_bf16(
  const void *src, int bf16, int64_t rows, int64_t columns, int64_t stride, void *dst
) {
  if (bf16) pair_rows(src, 1, rows, columns, stride, dst);
  else pair_rows(src, 0, rows, columns, stride, dst);
}

INLINE void pack_pairs(const void *src, int bf16, int64_t rows, int64_t columns, int64_t stride, float *to) {
  for (int64_t column = 0; column < columns; column += PANEL) {
    for (int64_t row = 0; row < rows; row += 2, to += PANEL) {
      int64_t first = row * stride + column, second = row + 1 < rows ? first + stride : -1;
      UNROLL for (int at = 0; at < PANEL; at += LANES) {
        int64_t n = lanes_left(column + at, columns);
        if (n > 0) pair(src, bf16, first + at, second < 0 ? -1 : second + at, n, to + at, LANES);
        else store(to + at, (vf)0);
      }
    }
  }
}
static void pack_bf16(const void *src, int bf16, int64_t rows, int64_t columns, int64_t stride, void *dst) {
  if (bf16) pack_pairs(src, 1, rows, columns, stride, dst);
  else pack_pairs(src, 0, rows, columns, stride, dst);
}
