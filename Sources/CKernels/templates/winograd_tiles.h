// The tiles of images, and the transforms between a tile's pixels and its 36 positions.
#include "winograd_layout.h"
#include "winograd_transforms.h"
#include <string.h>

// A tile is named by the pixel of its first output. The tile above it and the one to its left come before it.
typedef struct {
  int64_t image, y, x;
} winograd_tile;

INLINE winograd_tile winograd_next(const quire_winograd *p, winograd_tile tile) {
  int64_t d = p->dilation;
  if (++tile.x % d == 0) tile.x += 3 * d;
  if (tile.x < p->width) return tile;
  tile.x = 0;
  if (++tile.y % d == 0) tile.y += 3 * d;
  if (tile.y < p->height) return tile;
  return (winograd_tile){tile.image + 1, 0, 0};
}

// Pixels of a tile: pixel (r, c) is at line[r] + c · step, if column c lies in the image.
typedef struct {
  float *line[6];
  int64_t step;
  int column[6];
} winograd_pixels;

// The n×n pixels from line and column `from` on; a line outside of the image is `outside`.
INLINE void winograd_pixels_of(
  const quire_winograd *p, winograd_tile tile, int from, int n, const float *images, int64_t channels,
  float *outside, winograd_pixels *pixels
) {
  int64_t y = tile.y + from * p->dilation, x = tile.x + from * p->dilation;
  const float *first = images + ((tile.image * p->height + y) * p->width + x) * channels;
  pixels->step = p->dilation * channels;
  UNROLL for (int i = 0; i < n; i++, y += p->dilation, x += p->dilation) {
    pixels->line[i] = y >= 0 && y < p->height ? (float *)first + i * pixels->step * p->width : outside;
    pixels->column[i] = x >= 0 && x < p->width;
  }
}

// A panel of fewer than 16 channels is worked on in a copy, [n][n][16].
static winograd_pixels winograd_gather(
  const winograd_pixels *pixels, int64_t offset, int64_t width, int n, float *copy
) {
  winograd_pixels own = *pixels;
  own.step = WINOGRAD_PANEL;
  for (int r = 0; r < n; r++) {
    own.line[r] = copy + r * n * WINOGRAD_PANEL;
    for (int c = 0; c < n; c++) {
      const float *from = pixels->line[r] + c * pixels->step + offset;
      for (int64_t i = 0; i < WINOGRAD_PANEL; i++)
        own.line[r][c * WINOGRAD_PANEL + i] = pixels->column[c] && i < width ? from[i] : 0;
    }
  }
  return own;
}
static void winograd_scatter(
  const winograd_pixels *own, const winograd_pixels *pixels, int64_t offset, int64_t width, int n
) {
  for (int r = 0; r < n; r++) {
    for (int c = 0; c < n; c++) {
      if (!pixels->column[c]) continue;
      memcpy(
        pixels->line[r] + c * pixels->step + offset, own->line[r] + c * WINOGRAD_PANEL,
        (size_t)width * sizeof(float));
    }
  }
}

// V = Bᵀ·x·B of 16 channels. Half of V's lines at a time, which fit the registers.
INLINE void winograd_input_tile(const winograd_pixels *x, int64_t offset, float *v, int64_t position) {
  for (int lane = 0; lane < WINOGRAD_PANEL; lane += LANES) {
    UNROLL for (int half = 0; half < 2; half++) {
      vf middle[3][6];
      UNROLL for (int c = 0; c < 6; c++) {
        if (x->column[c]) {
          vf d[6], u[6];
          UNROLL for (int r = 0; r < 6; r++) d[r] = load(x->line[r] + c * x->step + offset + lane);
          winograd_input(d, u);
          UNROLL for (int r = 0; r < 3; r++) middle[r][c] = u[3 * half + r];
        } else {
          UNROLL for (int r = 0; r < 3; r++) middle[r][c] = 0;
        }
      }
      UNROLL for (int r = 0; r < 3; r++) {
        vf u[6];
        winograd_input(middle[r], u);
        UNROLL for (int c = 0; c < 6; c++) store(v + ((3 * half + r) * 6 + c) * position + lane, u[c]);
      }
    }
  }
}

// y = Aᵀ·M·A + bias
INLINE void winograd_output_tile(
  const float *m, int64_t position, const float *bias, const winograd_pixels *y, int64_t offset
) {
  for (int lane = 0; lane < WINOGRAD_PANEL; lane += LANES) {
    vf middle[4][6], first = bias ? load(bias + lane) : 0;
    UNROLL for (int r = 0; r < 6; r++) {
      vf u[6], w[4];
      UNROLL for (int c = 0; c < 6; c++) u[c] = load(m + (r * 6 + c) * position + lane);
      winograd_output(u, w);
      UNROLL for (int c = 0; c < 4; c++) middle[c][r] = w[c];
    }
    UNROLL for (int c = 0; c < 4; c++) {
      if (!y->column[c]) continue;
      vf w[4];
      winograd_output(middle[c], w);
      UNROLL for (int r = 0; r < 4; r++) store(y->line[r] + c * y->step + offset + lane, w[r] + first);
    }
  }
}

// Q = A·dy·Aᵀ, and sums += dy over the tile.
INLINE void winograd_output_gradient_tile(
  const winograd_pixels *dy, int64_t offset, float *q, int64_t position, float *sums
) {
  for (int lane = 0; lane < WINOGRAD_PANEL; lane += LANES) {
    vf middle[6][4], sum = load(sums + lane);
    UNROLL for (int c = 0; c < 4; c++) {
      vf w[4], u[6];
      if (dy->column[c]) {
        UNROLL for (int r = 0; r < 4; r++) w[r] = load(dy->line[r] + c * dy->step + offset + lane);
        sum += (w[0] + w[1]) + (w[2] + w[3]);
        winograd_output_gradient(w, u);
        UNROLL for (int r = 0; r < 6; r++) middle[r][c] = u[r];
      } else {
        UNROLL for (int r = 0; r < 6; r++) middle[r][c] = 0;
      }
    }
    store(sums + lane, sum);
    UNROLL for (int r = 0; r < 6; r++) {
      vf u[6];
      winograd_output_gradient(middle[r], u);
      UNROLL for (int c = 0; c < 6; c++) store(q + (r * 6 + c) * position + lane, u[c]);
    }
  }
}

// dx = B·dV·Bᵀ, added where a tile `above` or to the `left` has already set its last two lines or columns, which
// are this one's first two. Every other column at a time.
INLINE void winograd_input_gradient_tile(
  const float *v, int64_t position, const winograd_pixels *dx, int64_t offset, int above, int left
) {
  for (int lane = 0; lane < WINOGRAD_PANEL; lane += LANES) {
    UNROLL for (int odd = 0; odd < 2; odd++) {
      vf middle[3][6];
      UNROLL for (int r = 0; r < 6; r++) {
        vf u[6], d[6];
        UNROLL for (int c = 0; c < 6; c++) u[c] = load(v + (r * 6 + c) * position + lane);
        winograd_input_gradient(u, d);
        UNROLL for (int c = 0; c < 3; c++) middle[c][r] = d[2 * c + odd];
      }
      UNROLL for (int c = odd; c < 6; c += 2) {
        if (!dx->column[c]) continue;
        vf d[6];
        winograd_input_gradient(middle[c / 2], d);
        float *to = dx->line[0] + c * dx->step + offset + lane, *next = dx->line[1] + c * dx->step + offset + lane;
        if (above || (c < 2 && left)) {
          d[0] += load(to);
          d[1] += load(next);
        }
        store(to, d[0]);
        store(next, d[1]);
        UNROLL for (int r = 2; r < 6; r++) {
          to = dx->line[r] + c * dx->step + offset + lane;
          store(to, c < 2 && left ? load(to) + d[r] : d[r]);
        }
      }
    }
  }
}
