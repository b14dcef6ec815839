// The product of kernels.h through OpenBLAS: copies blocks of A, B and C into the layout of that library.
#include "kernels.h"
#include "openblas.h"
#include <string.h>

enum { PANEL = 16, ROWS = 64, COLUMNS = 64, DEPTH = 256 };

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

// Rows of A and steps `from` ..< from + depth of its sums: [rows][DEPTH], or [depth][ROWS] if neighbours along k
// are not adjacent in memory.
static void copy_a(const quire_product *p, const int32_t *rows, int64_t count, int64_t from, int64_t depth, float *to) {
  for (int64_t k = 0; k < depth;) {
    int64_t at = (from + k) % p->length, run = smaller(p->length - at, depth - k);
    const float *a = p->a + p->segments[(from + k) / p->length] + at * p->a_step;
    if (p->a_step == 1) {
      for (int64_t r = 0; r < count; r++) memcpy(to + r * DEPTH + k, a + rows[r], (size_t)run * sizeof(float));
    } else {
      for (int64_t i = 0; i < run; i++, a += p->a_step) {
        for (int64_t r = 0; r < count; r++) to[(k + i) * ROWS + r] = a[rows[r]];
      }
    }
    k += run;
  }
}

// Steps `from` ..< from + depth of some panels, [depth][COLUMNS].
static void copy_b(const float *b, int64_t panel_size, int64_t columns, int64_t from, int64_t depth, float *to) {
  for (int64_t column = 0; column < columns; column += PANEL, b += panel_size) {
    for (int64_t k = 0; k < depth; k++) {
      memcpy(to + k * COLUMNS + column, b + (from + k) * PANEL, PANEL * sizeof(float));
    }
  }
}

// The initial values of a row's sums.
static void begin(const quire_product *p, const float *c, int64_t column, int64_t width, int continues, float *sums) {
  if (continues) memcpy(sums, c, (size_t)width * sizeof(float));
  else if (p->bias) memcpy(sums, p->bias + column, (size_t)width * sizeof(float));
  else memset(sums, 0, (size_t)width * sizeof(float));
}

int quire_product_openblas(const quire_product *p) {
  float a[ROWS * DEPTH], b[DEPTH * COLUMNS], sums[ROWS * COLUMNS];
  int64_t total = p->segment_count * p->length;
  if (p->c_bf16 || total < 1) return 0;
  for (int64_t column = 0; column < p->columns; column += COLUMNS) {
    int64_t width = smaller(COLUMNS, p->columns - column);
    for (int64_t from = 0; from < total; from += DEPTH) {
      int64_t depth = smaller(DEPTH, total - from);
      copy_b(p->b + column * total, total * PANEL, width, from, depth, b);
      for (int64_t row = 0; row < p->row_count; row += ROWS) {
        int64_t height = smaller(ROWS, p->row_count - row);
        float *c = (float *)p->c + column;
        const int32_t *c_rows = p->c_rows + row;
        copy_a(p, p->rows + row, height, from, depth, a);
        for (int64_t r = 0; r < height; r++) {
          begin(p, c + c_rows[r], column, width, p->accumulate || from > 0, sums + r * COLUMNS);
        }
        int transposed = p->a_step != 1;
        // Only the first block can fail, if the library is missing.
        if (!quire_openblas_product(
              height, width, depth, a, transposed ? ROWS : DEPTH, transposed, b, COLUMNS, 1, sums, COLUMNS)) return 0;
        int ends = p->relu && from + depth == total;
        for (int64_t r = 0; r < height; r++) {
          float *to = c + c_rows[r];
          const float *sum = sums + r * COLUMNS;
          if (ends) for (int64_t i = 0; i < width; i++) to[i] = sum[i] < 0 ? 0 : sum[i];
          else memcpy(to, sum, (size_t)width * sizeof(float));
        }
      }
    }
  }
  return 1;
}
