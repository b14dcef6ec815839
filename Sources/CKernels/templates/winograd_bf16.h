// The gradients of winograd_gradients.h with V, Q and Uᵀ in bf16 and sums in floats, for 3×3 convolutions: F(4×4, 3×3)
// multiplies rounding errors by 5, to 1.1%, but F(4×4, 5×5) by 19, to 4.5%. The numbers of `product` are pairs of
// bf16, neighbours along the dimension that it sums over; sizes are in pairs, which are as large as floats. If the
// number of tiles is odd, the last is paired with zeros.
//
//   V  [36][panel of C][tile/2][16][2]
//   Q  [36][panel of K][tile/2][16][2]   for dU = Vᵀ·Q
//   Q  [36][panel of K][tile][16]        again for dV = Q·Uᵀ, pairs of channels
//   Uᵀ [36][panel of C][K/2][16][2]
#include "winograd_gradients.h"

enum { NARROW_KERNEL = 3, NARROW_POSITIONS = 36 };

typedef uint16_t winograd_halves __attribute__((ext_vector_type(32)));

// The numbers of two tiles at 36 positions.
typedef struct {
  _Alignas(64) float tile[2][NARROW_POSITIONS * PANEL];
} winograd_pair;

// Both tiles' 16 numbers at position f, one tile after the other.
INLINE winograd_halves winograd_rounded(const winograd_pair *pair, int f) {
  const float *first = pair->tile[0] + f * PANEL, *second = pair->tile[1] + f * PANEL;
  return (winograd_halves)_mm512_cvtne2ps_pbh((__m512)load(second), (__m512)load(first));
}
// The same, interleaved.
INLINE winograd_halves winograd_interleaved(winograd_halves h) {
  return __builtin_shufflevector(
    h, h, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29,
    14, 30, 15, 31);
}

// The pixels of tiles t and t + 1, if it exists; returns the number of tiles.
INLINE int64_t winograd_pixels_of_two(
  const winograd_work *w, int64_t t, int from, int n, winograd_images images, winograd_pixels *pixels
) {
  int64_t count = t + 1 < w->layout.chunk ? 2 : 1;
  for (int64_t i = 0; i < count; i++) {
    winograd_pixels_of(w->p, w->tiles[t + i], from, n, images, w->zeros, &pixels[i]);
  }
  return count;
}

INLINE void winograd_input_pairs_pass(const winograd_work *w, winograd_images x, float *v) {
  const winograd_layout *l = &w->layout;
  int64_t rows = (l->chunk + 1) / 2, position = winograd_position(rows, l->in_panels);
  winograd_pair pair = {0};
  for (int64_t row = 0; row < rows; row++, v += PANEL) {
    winograd_pixels pixels[2];
    int64_t count = winograd_pixels_of_two(w, 2 * row, -1, 6, x, pixels);
    if (count < 2) memset(pair.tile[1], 0, sizeof pair.tile[1]);
    float *to = v;
    for (int64_t c = 0; c < x.channels; c += PANEL, to += rows * PANEL) {
      int64_t width = x.channels - c;
      for (int64_t i = 0; i < count; i++) {
        winograd_fetch_ahead(w, 2 * row + i, x, c);
        if (width >= PANEL) winograd_input_tile(NARROW_KERNEL, &pixels[i], x.bf16, c, PANEL, pair.tile[i], PANEL);
        else winograd_input_tile(NARROW_KERNEL, &pixels[i], x.bf16, c, width, pair.tile[i], PANEL);
      }
      for (int f = 0; f < NARROW_POSITIONS; f++)
        store(to + f * position, (vf)winograd_interleaved(winograd_rounded(&pair, f)));
    }
  }
}
static void winograd_transform_input_pairs(const winograd_work *w, const void *x, float *v) {
  winograd_images floats = {x, w->p->in_channels, 0}, bf16 = {x, w->p->in_channels, 1};
  if (w->p->in_bf16) winograd_input_pairs_pass(w, bf16, v);
  else winograd_input_pairs_pass(w, floats, v);
}

INLINE void winograd_output_gradient_pairs_pass(
  const winograd_work *w, winograd_images dy, float *q, float *q_rows, float *sums
) {
  const winograd_layout *l = &w->layout;
  int64_t rows = (l->chunk + 1) / 2, position = winograd_position(rows, l->out_panels);
  winograd_pair pair = {0};
  for (int64_t row = 0; row < rows; row++) {
    winograd_pixels pixels[2];
    int64_t count = winograd_pixels_of_two(w, 2 * row, 0, 4, dy, pixels);
    if (count < 2) memset(pair.tile[1], 0, sizeof pair.tile[1]);
    int64_t to = row * PANEL;
    for (int64_t k = 0; k < dy.channels; k += PANEL, to += rows * PANEL) {
      int64_t width = dy.channels - k;
      for (int64_t i = 0; i < count; i++) {
        float *tile = pair.tile[i];
        winograd_fetch_ahead(w, 2 * row + i, dy, k);
        const winograd_pixels *from = &pixels[i];
        if (width >= PANEL)
          winograd_output_gradient_tile(NARROW_KERNEL, from, dy.bf16, k, PANEL, tile, PANEL, sums + k);
        else winograd_output_gradient_tile(NARROW_KERNEL, from, dy.bf16, k, width, tile, PANEL, sums + k);
      }
      for (int f = 0; f < NARROW_POSITIONS; f++) {
        winograd_halves rounded = winograd_rounded(&pair, f);
        store(q_rows + to + f * position, (vf)rounded);
        store(q + to + f * position, (vf)winograd_interleaved(rounded));
      }
    }
  }
}
static void winograd_transform_output_gradient_pairs(
  const winograd_work *w, const void *dy, float *q, float *q_rows, float *sums
) {
  winograd_images floats = {dy, w->p->out_channels, 0}, bf16 = {dy, w->p->out_channels, 1};
  if (w->p->out_bf16) winograd_output_gradient_pairs_pass(w, bf16, q, q_rows, sums);
  else winograd_output_gradient_pairs_pass(w, floats, q, q_rows, sums);
}

static void winograd_backward_bf16(
  const quire_winograd *p, const void *x, const void *dy, const float *transposed, float *scratch, float *du,
  int first, void *dx, float *dbias
) {
  winograd_gradients(
    p, 2, winograd_transform_input_pairs, winograd_transform_output_gradient_pairs, x, dy, transposed,
    scratch, du, first, dx, dbias);
}
