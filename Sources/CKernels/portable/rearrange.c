// Copies that move numbers to where the kernels want them. Memory-bound: one version serves all CPUs.
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

void quire_transpose(const float *src, int64_t rows, int64_t columns, float *dst) {
  for (int64_t c = 0; c < columns; c++) {
    for (int64_t r = 0; r < rows; r++) dst[c * rows + r] = src[r * columns + c];
  }
}

void quire_pack_transposed(
  const float *src, int64_t rows, int64_t columns, int64_t stride, int64_t panel_stride, float *dst
) {
  for (int64_t column = 0; column < columns; column += 16, dst += panel_stride) {
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t n = 0; n < 16; n++) {
        dst[row * 16 + n] = column + n < columns ? src[(column + n) * stride + row] : 0;
      }
    }
  }
}

void quire_sum_parts(const float *parts, int64_t count, int64_t stride, int64_t n, float *dst) {
  if (count < 1) return;
  memcpy(dst, parts, (size_t)n * sizeof(float));
  for (int64_t p = 1; p < count; p++) {
    const float *part = parts + p * stride;
    for (int64_t i = 0; i < n; i++) dst[i] += part[i];
  }
}
