// Copies that rearrange numbers for the kernels. Memory-bound, so one version serves all CPUs.
#include "kernels.h"
#include <stddef.h>
#include <string.h>

void quire_pad(
  const float *src, int64_t height, int64_t width, int64_t channels, int64_t top, int64_t bottom,
  int64_t left, int64_t right, float *dst
) {
  int64_t row = width * channels, padded = (left + width + right) * channels;
  memset(dst, 0, (size_t)(top * padded) * sizeof(float));
  dst += top * padded;
  for (int64_t y = 0; y < height; y++, src += row, dst += padded) {
    memset(dst, 0, (size_t)(left * channels) * sizeof(float));
    memcpy(dst + left * channels, src, (size_t)row * sizeof(float));
    memset(dst + left * channels + row, 0, (size_t)(right * channels) * sizeof(float));
  }
  memset(dst, 0, (size_t)(bottom * padded) * sizeof(float));
}

typedef float v4 __attribute__((ext_vector_type(4)));
typedef float v4_unaligned __attribute__((ext_vector_type(4), aligned(4), may_alias));

// dst [columns][dst_stride] from src [rows][src_stride], 4 × 4 numbers in registers at a time.
static inline void transpose(
  const float *src, int64_t rows, int64_t columns, int64_t src_stride, float *dst, int64_t dst_stride
) {
  int64_t whole_rows = rows / 4 * 4, whole_columns = columns / 4 * 4;
  for (int64_t c = 0; c < whole_columns; c += 4) {
    for (int64_t r = 0; r < whole_rows; r += 4) {
      const float *from = src + r * src_stride + c;
      float *to = dst + c * dst_stride + r;
      v4 a = *(const v4_unaligned *)from, b = *(const v4_unaligned *)(from + src_stride);
      v4 p = *(const v4_unaligned *)(from + 2 * src_stride);
      v4 q = *(const v4_unaligned *)(from + 3 * src_stride);
      v4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), pq = __builtin_shufflevector(p, q, 0, 4, 1, 5);
      *(v4_unaligned *)to = __builtin_shufflevector(ab, pq, 0, 1, 4, 5);
      *(v4_unaligned *)(to + dst_stride) = __builtin_shufflevector(ab, pq, 2, 3, 6, 7);
      ab = __builtin_shufflevector(a, b, 2, 6, 3, 7), pq = __builtin_shufflevector(p, q, 2, 6, 3, 7);
      *(v4_unaligned *)(to + 2 * dst_stride) = __builtin_shufflevector(ab, pq, 0, 1, 4, 5);
      *(v4_unaligned *)(to + 3 * dst_stride) = __builtin_shufflevector(ab, pq, 2, 3, 6, 7);
    }
  }
  for (int64_t c = 0; c < columns; c++) {
    for (int64_t r = c < whole_columns ? whole_rows : 0; r < rows; r++) {
      dst[c * dst_stride + r] = src[r * src_stride + c];
    }
  }
}

void quire_transpose(const float *src, int64_t rows, int64_t columns, float *dst) {
  enum { ROWS = 64 };  // a line of src stays in the cache for its next columns
  for (int64_t r = 0; r < rows; r += ROWS) {
    int64_t count = rows - r < ROWS ? rows - r : ROWS;
    transpose(src + r * columns, count, columns, columns, dst + r, rows);
  }
}

void quire_pack_transposed(
  const float *src, int64_t rows, int64_t columns, int64_t stride, int64_t panel_stride, float *dst
) {
  for (int64_t column = 0; column < columns; column += 16, src += 16 * stride, dst += panel_stride) {
    int64_t width = columns - column < 16 ? columns - column : 16;
    transpose(src, width, rows, stride, dst, 16);
    if (width == 16) continue;
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t n = width; n < 16; n++) dst[row * 16 + n] = 0;
    }
  }
}

void quire_sum_parts(const float *parts, int64_t count, int64_t stride, int64_t n, float *dst) {
  enum { BLOCK = 1024 };  // its sums stay in the first-level cache
  if (count < 1) return;
  for (int64_t from = 0; from < n; from += BLOCK) {
    int64_t size = n - from < BLOCK ? n - from : BLOCK;
    float *restrict sums = dst + from;
    memcpy(sums, parts + from, (size_t)size * sizeof(float));
    for (int64_t p = 1; p < count; p++) {
      const float *restrict part = parts + p * stride + from;
      for (int64_t i = 0; i < size; i++) sums[i] += part[i];
    }
  }
}
