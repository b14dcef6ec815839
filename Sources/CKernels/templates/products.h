// The matrix product behind every convolution and linear layer: tiles of some rows × two vectors of columns,
// whose accumulators, the two vectors of B and a broadcast stay in registers. The two vectors are one panel of
// 16 columns or, where a vector is as wide as a panel, two panels; an odd last panel goes alone. A number's sum
// has the same order in both cases, so its bits do not depend on neighbouring columns.

// 8 × 2 of AVX-512's 32 registers, 6 × 2 of AVX's 16.
#ifndef QUIRE_TILE_VECTORS
#define QUIRE_TILE_VECTORS 2
#endif
#ifndef QUIRE_MULTIPLY_ADD
#define QUIRE_MULTIPLY_ADD(sum, a, b) sum += (a) * (b)
#endif
#include "ahead.h"
#include "halves.h"

enum { TILE_ROWS = LANES == 16 ? 8 : 6, TILE_VECTORS = QUIRE_TILE_VECTORS };

// The prefetching of a tile of `steps` steps along k: the lines' address and their distance, 0 for none.
INLINE const char *product_ahead(quire_ahead *ahead, const void *nowhere, int64_t steps, int64_t *distance) {
  while (ahead->end - ahead->at < steps * 64) {
    if (ahead->next == ahead->count) {
      *distance = 0;
      return nowhere;
    }
    ahead->at = ahead->ranges[ahead->next].at;
    ahead->end = ahead->ranges[ahead->next++].end;
  }
  const char *at = ahead->at;
  ahead->at += steps * 64;
  *distance = 64;
  return at;
}

// sum[m][v] += Σ a[m][…] · b, the vectors of B `gap` floats apart.
INLINE void product_tile(
  const quire_product *p, const float *const a[TILE_ROWS], int64_t step, const float *b, int64_t gap,
  int vectors, const char *ahead, int64_t distance, vf sum[TILE_ROWS][2]
) {
  for (int64_t s = 0; s < p->segment_count; s++) {
    int64_t i = p->segments[s];
    for (int64_t k = 0; k < p->length; k++, i += step, b += PANEL, ahead += distance) {
      __builtin_prefetch(ahead, 0, 2);
      vf first = load(b), second = vectors == 2 ? load(b + gap) : first;
      UNROLL for (int m = 0; m < TILE_ROWS; m++) {
        QUIRE_MULTIPLY_ADD(sum[m][0], a[m][i], first);
        if (vectors == 2) QUIRE_MULTIPLY_ADD(sum[m][1], a[m][i], second);
      }
    }
  }
}

// The sums of a row, `width` of them, as C's numbers from c on.
INLINE void product_store(void *c, int bf16, const vf *sum, int vectors, int64_t width, int accumulate) {
  UNROLL for (int v = 0; v < vectors; v++, width -= LANES) {
    int64_t n = width < LANES ? width : LANES;
    if (n <= 0) continue;
    if (bf16) store_bf16((uint16_t *)c + v * LANES, &sum[v], n);
    else {
      float *to = (float *)c + v * LANES;
      store_first(to, accumulate ? load_first(to, n) + sum[v] : sum[v], n);
    }
  }
}

// The columns from `column` on: `vectors` vectors of them, through all rows.
INLINE void product_columns(const quire_product *p, int64_t column, int vectors) {
  int64_t depth = p->segment_count * p->length, gap = LANES < PANEL ? LANES : depth * PANEL;
  int64_t width = p->columns - column;
  const float *b = p->b + column / PANEL * PANEL * depth + column % PANEL;
  quire_ahead *soon = &quire_ahead_of_thread;
  vf bias[2] = {0};
  if (p->bias) {
    for (int v = 0; v < vectors; v++) bias[v] = load(p->bias + column + v * LANES);
  }
  for (int64_t row = 0; row < p->row_count; row += TILE_ROWS) {
    // A last tile that is not full repeats its last row and does not store it again.
    int64_t height = p->row_count - row < TILE_ROWS ? p->row_count - row : TILE_ROWS;
    const float *a[TILE_ROWS];
    vf sum[TILE_ROWS][2];
    UNROLL for (int m = 0; m < TILE_ROWS; m++) {
      a[m] = p->a + p->rows[row + (m < height ? m : height - 1)];
      sum[m][0] = bias[0];
      sum[m][1] = bias[1];
    }
    int64_t distance;
    const char *ahead = product_ahead(soon, b, depth, &distance);
    if (p->a_step == 1) product_tile(p, a, 1, b, gap, vectors, ahead, distance, sum);
    else product_tile(p, a, p->a_step, b, gap, vectors, ahead, distance, sum);
    if (p->relu) {
      UNROLL for (int m = 0; m < TILE_ROWS; m++) {
        UNROLL for (int v = 0; v < vectors; v++) sum[m][v] = sum[m][v] < 0 ? (vf)0 : sum[m][v];
      }
    }
    const int32_t *c_rows = p->c_rows + row;
    int64_t size = p->c_bf16 ? 2 : 4;
    char *c = (char *)p->c + column * size;
    if (height == TILE_ROWS && width >= vectors * LANES && !p->accumulate) {
      if (p->c_bf16) {
        UNROLL for (int m = 0; m < TILE_ROWS; m++)
          product_store(c + c_rows[m] * size, 1, sum[m], vectors, vectors * LANES, 0);
      } else {
        UNROLL for (int m = 0; m < TILE_ROWS; m++)
          product_store(c + c_rows[m] * size, 0, sum[m], vectors, vectors * LANES, 0);
      }
    } else {
      UNROLL for (int m = 0; m < TILE_ROWS; m++) {
        if (m < height) product_store(c + c_rows[m] * size, p->c_bf16, sum[m], vectors, width, p->accumulate);
      }
    }
  }
}

static void product(const quire_product *p) {
  for (int64_t column = 0; column < p->columns; column += TILE_VECTORS * LANES) {
    if (LANES == PANEL && p->columns - column <= LANES) product_columns(p, column, 1);
    else product_columns(p, column, TILE_VECTORS);
  }
}
