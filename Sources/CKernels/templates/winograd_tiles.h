// The tiles of images, and the transforms between a tile's pixels and its positions. Functions with `kernel` are
// compiled for 3 and for 5.
#include "winograd_layout.h"
#include "winograd_transforms_3.h"
#include "winograd_transforms_5.h"
#include <string.h>

_Static_assert(PANEL == WINOGRAD_PANEL, "transformed images and weights are A and B of `product`");

// A tile is identified by the pixel of its first output. The tiles above it and to its left come before it.
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

// The pixels of a tile: pixel (r, c) is at line[r] + c · step bytes, if column c lies in the image.
typedef struct {
  char *line[MOST_SIDE];
  int64_t step;
  int column[MOST_SIDE];
} winograd_pixels;

// Images [image][height][width][channels] of floats or bf16. Functions with `bf16` are compiled for both.
typedef struct {
  const void *pixels;
  int64_t channels;
  int bf16;
} winograd_images;

INLINE const char *winograd_pixel(
  const quire_winograd *p, winograd_images from, int64_t image, int64_t y, int64_t x, int64_t channel
) {
  int64_t index = ((image * p->height + y) * p->width + x) * from.channels + channel;
  return (const char *)from.pixels + index * (from.bf16 ? 2 : 4);
}

// The n×n pixels from line and column `first` on; a line outside the image is `outside`.
INLINE void winograd_pixels_of(
  const quire_winograd *p, winograd_tile tile, int first, int n, winograd_images images, float *outside,
  winograd_pixels *pixels
) {
  int64_t y = tile.y + first * p->dilation, x = tile.x + first * p->dilation;
  const char *line = winograd_pixel(p, images, tile.image, y, x, 0);
  pixels->step = p->dilation * images.channels * (images.bf16 ? 2 : 4);
  UNROLL for (int i = 0; i < n; i++, y += p->dilation, x += p->dilation) {
    pixels->line[i] = y >= 0 && y < p->height ? (char *)line + i * pixels->step * p->width : (char *)outside;
    pixels->column[i] = x >= 0 && x < p->width;
  }
}

// n channels from `channel` on of pixel (r, c).
INLINE void winograd_load(
  const winograd_pixels *p, int bf16, int r, int c, int64_t channel, int64_t n, vf *x
) {
  const char *pixel = p->line[r] + c * p->step;
  if (bf16) load_bf16((const uint16_t *)pixel + channel, n, x);
  else *x = load_first((const float *)pixel + channel, n);
}
INLINE void winograd_store(
  const winograd_pixels *p, int bf16, int r, int c, int64_t channel, int64_t n, const vf *x
) {
  char *pixel = p->line[r] + c * p->step;
  if (bf16) store_bf16((uint16_t *)pixel + channel, x, n);
  else store_first((float *)pixel + channel, *x, n);
}

// Prefetches the panel of channels from `first` on of a tile's 4×4 outputs or the inputs there: images come from
// memory, and a tile's lines are too far apart for the processor to predict them.
INLINE void winograd_fetch(
  const quire_winograd *p, winograd_tile tile, winograd_images images, int64_t first
) {
  for (int64_t y = tile.y, r = 0; r < 4 && y < p->height; r++, y += p->dilation) {
    for (int64_t x = tile.x, c = 0; c < 4 && x < p->width; c++, x += p->dilation)
      __builtin_prefetch(winograd_pixel(p, images, tile.image, y, x, first), 0, 2);
  }
}

// The channels of a panel of `width` that are in its vector at `lane`.
INLINE int64_t winograd_lanes(int64_t width, int lane) {
  return width <= lane ? 0 : width - lane < LANES ? width - lane : LANES;
}

// A line of a tile through one of the matrices.
#define WINOGRAD_LINE(name) \
  INLINE void winograd_##name(int kernel, const vf *from, vf *to) { \
    if (kernel == 3) winograd_##name##_3(from, to); \
    else winograd_##name##_5(from, to); \
  }
WINOGRAD_LINE(input)
WINOGRAD_LINE(output)
WINOGRAD_LINE(output_gradient)
WINOGRAD_LINE(input_gradient)
WINOGRAD_LINE(weight)
WINOGRAD_LINE(weight_gradient)

// V = Bᵀ·x·B of a panel whose first channel is at `offset`. Half of V's lines at a time, which fit in registers.
INLINE void winograd_input_tile(
  int kernel, const winograd_pixels *x, int bf16, int64_t offset, int64_t width, float *v, int64_t position
) {
  int side = winograd_side(kernel), half = side / 2;
  for (int lane = 0; lane < PANEL; lane += LANES) {
    int64_t n = winograd_lanes(width, lane);
    UNROLL for (int first = 0; first < side; first += half) {
      vf middle[MOST_SIDE / 2][MOST_SIDE];
      UNROLL for (int c = 0; c < side; c++) {
        if (x->column[c]) {
          vf d[MOST_SIDE], u[MOST_SIDE];
          UNROLL for (int r = 0; r < side; r++) winograd_load(x, bf16, r, c, offset + lane, n, &d[r]);
          winograd_input(kernel, d, u);
          UNROLL for (int r = 0; r < half; r++) middle[r][c] = u[first + r];
        } else {
          UNROLL for (int r = 0; r < half; r++) middle[r][c] = 0;
        }
      }
      UNROLL for (int r = 0; r < half; r++) {
        vf u[MOST_SIDE];
        winograd_input(kernel, middle[r], u);
        UNROLL for (int c = 0; c < side; c++) store(v + ((first + r) * side + c) * position + lane, u[c]);
      }
    }
  }
}

// y = Aᵀ·M·A + bias
INLINE void winograd_output_tile(
  int kernel, const float *m, int64_t position, const float *bias, int relu, const winograd_pixels *y, int bf16,
  int64_t offset, int64_t width
) {
  int side = winograd_side(kernel);
  for (int lane = 0; lane < PANEL; lane += LANES) {
    int64_t n = winograd_lanes(width, lane);
    vf middle[4][MOST_SIDE], first = bias ? load(bias + lane) : 0;
    UNROLL for (int r = 0; r < side; r++) {
      vf u[MOST_SIDE], w[4];
      UNROLL for (int c = 0; c < side; c++) u[c] = load(m + (r * side + c) * position + lane);
      winograd_output(kernel, u, w);
      UNROLL for (int c = 0; c < 4; c++) middle[c][r] = w[c];
    }
    UNROLL for (int c = 0; c < 4; c++) {
      if (!y->column[c]) continue;
      vf w[4];
      winograd_output(kernel, middle[c], w);
      UNROLL for (int r = 0; r < 4; r++) {
        w[r] += first;
        if (relu) w[r] = w[r] < 0 ? (vf)0 : w[r];
        winograd_store(y, bf16, r, c, offset + lane, n, &w[r]);
      }
    }
  }
}

// Q = A·dy·Aᵀ, and sums += dy over the tile.
INLINE void winograd_output_gradient_tile(
  int kernel, const winograd_pixels *dy, int bf16, int64_t offset, int64_t width, float *q, int64_t position,
  float *sums
) {
  int side = winograd_side(kernel);
  for (int lane = 0; lane < PANEL; lane += LANES) {
    int64_t n = winograd_lanes(width, lane);
    vf middle[MOST_SIDE][4], sum = load(sums + lane);
    UNROLL for (int c = 0; c < 4; c++) {
      vf w[4], u[MOST_SIDE];
      if (dy->column[c]) {
        UNROLL for (int r = 0; r < 4; r++) winograd_load(dy, bf16, r, c, offset + lane, n, &w[r]);
        sum += (w[0] + w[1]) + (w[2] + w[3]);
        winograd_output_gradient(kernel, w, u);
        UNROLL for (int r = 0; r < side; r++) middle[r][c] = u[r];
      } else {
        UNROLL for (int r = 0; r < side; r++) middle[r][c] = 0;
      }
    }
    store(sums + lane, sum);
    UNROLL for (int r = 0; r < side; r++) {
      vf u[MOST_SIDE];
      winograd_output_gradient(kernel, middle[r], u);
      UNROLL for (int c = 0; c < side; c++) store(q + (r * side + c) * position + lane, u[c]);
    }
  }
}

// dx = B·dV·Bᵀ, added where a tile `above` or to the `left` has already set its last kernel − 1 lines or columns,
// which are this one's first. Every other column at a time.
INLINE void winograd_input_gradient_tile(
  int kernel, const float *v, int64_t position, int above, int left, const winograd_pixels *dx, int bf16,
  int64_t offset, int64_t width
) {
  int side = winograd_side(kernel);
  for (int lane = 0; lane < PANEL; lane += LANES) {
    int64_t n = winograd_lanes(width, lane);
    UNROLL for (int odd = 0; odd < 2; odd++) {
      vf middle[MOST_SIDE / 2][MOST_SIDE];
      UNROLL for (int r = 0; r < side; r++) {
        vf u[MOST_SIDE], d[MOST_SIDE];
        UNROLL for (int c = 0; c < side; c++) u[c] = load(v + (r * side + c) * position + lane);
        winograd_input_gradient(kernel, u, d);
        UNROLL for (int c = odd; c < side; c += 2) middle[c / 2][r] = d[c];
      }
      UNROLL for (int c = odd; c < side; c += 2) {
        if (!dx->column[c]) continue;
        vf d[MOST_SIDE];
        winograd_input_gradient(kernel, middle[c / 2], d);
        int beside = c < kernel - 1 && left;
        UNROLL for (int r = 0; r < side; r++) {
          if (beside || (r < kernel - 1 && above)) {
            vf set;
            winograd_load(dx, bf16, r, c, offset + lane, n, &set);
            d[r] += set;
          }
          winograd_store(dx, bf16, r, c, offset + lane, n, &d[r]);
        }
      }
    }
  }
}
