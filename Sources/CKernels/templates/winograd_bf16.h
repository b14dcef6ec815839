// The gradients of winograd_convolution.h with V, Q and Uᵀ in bf16 and sums in floats. `product` takes pairs of
// bf16, neighbours along what it sums over, as its numbers; the sizes are in such pairs, which are as large as
// floats. Of an odd number of tiles, the last is paired with zeros.
//
//   V  [36][panel of C][tile/2][16][2]
//   Q  [36][panel of K][tile/2][16][2]   for dU = Vᵀ·Q
//   Q' [36][panel of K][tile][16]        for dV = Q·Uᵀ, pairs of channels
//   Uᵀ [36][panel of C][K/2][16][2]
#include "winograd_passes.h"

typedef uint16_t winograd_halves __attribute__((ext_vector_type(32)));

// The numbers of two tiles at 36 positions.
typedef struct {
  _Alignas(64) float tile[2][POSITIONS * PANEL];
} winograd_pair;

// Both tiles' 16 numbers at position f, one tile behind the other.
INLINE winograd_halves winograd_rounded(const winograd_pair *pair, int f) {
  const float *first = pair->tile[0] + f * PANEL, *second = pair->tile[1] + f * PANEL;
  return (winograd_halves)_mm512_cvtne2ps_pbh((__m512)load(second), (__m512)load(first));
}
// … and number beside number.
INLINE winograd_halves winograd_interleaved(winograd_halves h) {
  return __builtin_shufflevector(
    h, h, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14,
    30, 15, 31);
}

// The pixels of tiles `first` and the next, if there is one; the number of both.
INLINE int64_t winograd_pixels_of_two(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, int64_t first, int from, int n,
  winograd_images images, float *zeros, winograd_pixels *pixels
) {
  int64_t count = first + 1 < l->chunk ? 2 : 1;
  for (int64_t i = 0; i < count; i++) {
    winograd_pixels_of(p, tiles[first + i], from, n, images, zeros, &pixels[i]);
  }
  return count;
}

INLINE void winograd_input_pairs_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, winograd_images x, float *zeros,
  float *v
) {
  int64_t halves = (l->chunk + 1) / 2, position = winograd_position(halves, l->in_panels);
  winograd_pair pair = {0};
  for (int64_t half = 0; half < halves; half++) {
    winograd_pixels pixels[2];
    int64_t count = winograd_pixels_of_two(p, l, tiles, 2 * half, -1, 6, x, zeros, pixels);
    if (count < 2) memset(pair.tile[1], 0, sizeof pair.tile[1]);
    float *to = v + half * PANEL;
    for (int64_t c = 0; c < x.channels; c += PANEL, to += halves * PANEL) {
      for (int64_t i = 0; i < count; i++) {
        if (2 * half + i + AHEAD < l->chunk) winograd_fetch(p, tiles[2 * half + i + AHEAD], x, c);
        if (x.channels - c >= PANEL) winograd_input_tile(&pixels[i], x.bf16, c, PANEL, pair.tile[i], PANEL);
        else winograd_input_tile(&pixels[i], x.bf16, c, x.channels - c, pair.tile[i], PANEL);
      }
      for (int f = 0; f < POSITIONS; f++)
        store(to + f * position, (vf)winograd_interleaved(winograd_rounded(&pair, f)));
    }
  }
}
static void winograd_transform_input_pairs(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const void *x, float *zeros,
  float *v
) {
  winograd_images floats = {x, p->in_channels, 0}, bf16 = {x, p->in_channels, 1};
  if (p->in_bf16) winograd_input_pairs_pass(p, l, tiles, bf16, zeros, v);
  else winograd_input_pairs_pass(p, l, tiles, floats, zeros, v);
}

INLINE void winograd_output_gradient_pairs_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, winograd_images dy, float *zeros,
  float *q, float *rows, float *sums
) {
  int64_t halves = (l->chunk + 1) / 2, position = winograd_position(halves, l->out_panels);
  winograd_pair pair = {0};
  for (int64_t half = 0; half < halves; half++) {
    winograd_pixels pixels[2];
    int64_t count = winograd_pixels_of_two(p, l, tiles, 2 * half, 0, 4, dy, zeros, pixels);
    if (count < 2) memset(pair.tile[1], 0, sizeof pair.tile[1]);
    int64_t offset = half * PANEL;
    for (int64_t k = 0; k < dy.channels; k += PANEL, offset += halves * PANEL) {
      for (int64_t i = 0; i < count; i++) {
        if (2 * half + i + AHEAD < l->chunk) winograd_fetch(p, tiles[2 * half + i + AHEAD], dy, k);
        int64_t width = dy.channels - k;
        float *to = pair.tile[i];
        if (width >= PANEL) winograd_output_gradient_tile(&pixels[i], dy.bf16, k, PANEL, to, PANEL, sums + k);
        else winograd_output_gradient_tile(&pixels[i], dy.bf16, k, width, to, PANEL, sums + k);
      }
      for (int f = 0; f < POSITIONS; f++) {
        winograd_halves rounded = winograd_rounded(&pair, f);
        store(rows + offset + f * position, (vf)rounded);
        store(q + offset + f * position, (vf)winograd_interleaved(rounded));
      }
    }
  }
}
static void winograd_transform_output_gradient_pairs(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const void *dy, float *zeros,
  float *q, float *rows, float *sums
) {
  winograd_images floats = {dy, p->out_channels, 0}, bf16 = {dy, p->out_channels, 1};
  if (p->out_bf16) winograd_output_gradient_pairs_pass(p, l, tiles, bf16, zeros, q, rows, sums);
  else winograd_output_gradient_pairs_pass(p, l, tiles, floats, zeros, q, rows, sums);
}

// Scratch: lines outside, dy's sums, V and then dV, Q, Q', offsets.
static void winograd_backward_bf16(
  const quire_winograd *p, const void *x, const void *dy, const float *transposed, float *scratch, float *du,
  int first, void *dx, float *dbias
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t in = l.in_panels * PANEL, out = l.out_panels * PANEL;
  int64_t u_position = winograd_position(out / 2, l.in_panels);
  int64_t line = winograd_line(p, (in > out ? in : out) / PANEL);
  float *zeros = scratch, *nowhere = zeros + line, *sums = nowhere + line, *v = sums + out;
  memset(zeros, 0, (size_t)line * sizeof(float));
  memset(sums, 0, (size_t)out * sizeof(float));
  winograd_tile tiles[MOST_TILES], next = {0};
  for (int64_t done = 0; done < l.tiles; done += l.chunk) {
    if (l.tiles - done < l.chunk) l.chunk = l.tiles - done;
    next = winograd_list(p, next, l.chunk, tiles);
    int64_t halves = (l.chunk + 1) / 2, dv_position = winograd_position(l.chunk, l.in_panels);
    int64_t v_position = winograd_position(halves, l.in_panels);
    int64_t q_position = winograd_position(halves, l.out_panels);
    float *q = v + POSITIONS * winograd_position(2 * halves, l.in_panels), *q_tiles = q + POSITIONS * q_position;
    int32_t *q_rows = (int32_t *)(q_tiles + POSITIONS * q_position), *dv_rows = q_rows + l.chunk;
    int32_t *panels = dv_rows + l.chunk, *v_rows = panels + l.out_panels, *du_rows = v_rows + p->in_channels;
    winograd_steps(q_rows, l.chunk, PANEL / 2);
    winograd_steps(dv_rows, l.chunk, in);
    winograd_steps(panels, l.out_panels, halves * PANEL);
    winograd_steps(du_rows, p->in_channels, out);
    for (int64_t c = 0; c < p->in_channels; c++) v_rows[c] = (int32_t)(c / PANEL * halves * PANEL + c % PANEL);
    winograd_transform_input_pairs(p, &l, tiles, x, zeros, v);
    winograd_transform_output_gradient_pairs(p, &l, tiles, dy, zeros, q, q_tiles, sums);
    quire_product vq = {
      .a = v, .rows = v_rows, .segments = (int32_t[]){0}, .a_step = PANEL, .b = q, .c = du, .c_rows = du_rows,
      .row_count = p->in_channels, .segment_count = 1, .length = halves, .columns = out,
      .accumulate = !(first && done == 0)};
    winograd_products(vq, v_position, q_position, winograd_position(p->in_channels, l.out_panels));
    if (!dx) continue;
    quire_product qu = {
      .a = q_tiles, .rows = q_rows, .segments = panels, .a_step = 1, .b = transposed, .c = v, .c_rows = dv_rows,
      .row_count = l.chunk, .segment_count = l.out_panels, .length = PANEL / 2, .columns = in};
    winograd_products(qu, q_position, u_position, dv_position);
    winograd_transform_input_gradient(p, &l, tiles, v, nowhere, dx);
  }
  for (int64_t k = 0; dbias && k < p->out_channels; k++) dbias[k] += sums[k];
}
