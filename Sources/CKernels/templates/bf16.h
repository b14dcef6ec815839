// Numbers of 16 bits, the upper half of a float's: to the nearest, ties to even; NaN stays NaN. Two rows of a
// matrix make a row of pairs, the unit of products over them; a last row without a partner gets zeros.


static void to_bf16(const float *src, void *dst, int64_t n) {
  uint16_t *to = dst;
  vu rounded;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    vf x = load(src + i);
    round_to_bf16(&x, &rounded);
    *(vh_unaligned *)watch_write(to + i, sizeof(vh)) = __builtin_convertvector(rounded >> 16, vh);
  }
  vf x = load_some(src + i, n - i);
  round_to_bf16(&x, &rounded);
  for (int64_t lane = 0; i < n; i++, lane++) to[i] = (uint16_t)(rounded[lane] >> 16);
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

// n pairs of first[i] and, unless it is NULL, second[i].
INLINE void pair(const float *first, const float *second, int64_t n, float *dst, int64_t stored) {
  vf a = load_first(first, n), b = 0;
  if (second) b = load_first(second, n);
  vu low, high;
  round_to_bf16(&a, &low);
  round_to_bf16(&b, &high);
  store_first(dst, (vf)(low >> 16 | (high & 0xFFFF0000u)), stored);
}

static void pair_rows_bf16(const float *src, int64_t rows, int64_t columns, int64_t stride, void *dst) {
  float *to = dst;
  for (int64_t row = 0; row < rows; row += 2, src += 2 * stride, to += columns) {
    const float *second = row + 1 < rows ? src + stride : NULL;
    for (int64_t c = 0; c < columns; c += LANES) {
      int64_t n = lanes_left(c, columns);
      pair(src + c, second ? second + c : NULL, n, to + c, n);
    }
  }
}

static void pack_bf16(const float *src, int64_t rows, int64_t columns, int64_t stride, void *dst) {
  float *to = dst;
  for (int64_t column = 0; column < columns; column += PANEL) {
    for (int64_t row = 0; row < rows; row += 2, to += PANEL) {
      const float *first = src + row * stride + column, *second = row + 1 < rows ? first + stride : NULL;
      UNROLL for (int at = 0; at < PANEL; at += LANES) {
        int64_t n = lanes_left(column + at, columns);
        if (n > 0) pair(first + at, second ? second + at : NULL, n, to + at, LANES);
        else store(to + at, (vf)0);
      }
    }
  }
}
