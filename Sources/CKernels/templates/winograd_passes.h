// The passes over a chunk of tiles: the transforms of all of its tiles and channels, and the 36 products.
#include "winograd_tiles.h"

// Tiles between asking the cache for a tile and working on it.
enum { AHEAD = 2 };

static void winograd_transform_input(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *x, float *zeros,
  float *v
) {
  int64_t position = winograd_position(l->chunk, l->in_panels);
  int64_t channels = p->in_channels, rest = channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], x, channels, 0, channels);
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, x, channels, zeros, &pixels);
    float *to = v + t * PANEL;
    int64_t c = 0;
    for (; c < channels - rest; c += PANEL, to += l->chunk * PANEL)
      winograd_input_tile(&pixels, c, PANEL, to, position);
    if (rest > 0) winograd_input_tile(&pixels, c, rest, to, position);
  }
}

// Two panels of output channels from `first` on.
static void winograd_transform_output(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *m, int64_t first,
  const float *bias, float *nowhere, float *y
) {
  int64_t channels = p->out_channels, position = winograd_position(l->chunk, 2);
  int64_t width = channels - first < 2 * PANEL ? channels - first : 2 * PANEL, rest = width % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], y, channels, first, width);
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, y, channels, nowhere, &pixels);
    const float *from = m + t * 2 * PANEL;
    int64_t k = first;
    for (; k < first + width - rest; k += PANEL, from += PANEL)
      winograd_output_tile(from, position, bias ? bias + k : NULL, &pixels, k, PANEL);
    if (rest > 0) winograd_output_tile(from, position, bias ? bias + k : NULL, &pixels, k, rest);
  }
}

static void winograd_transform_output_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *dy, float *zeros,
  float *q, float *sums
) {
  int64_t position = winograd_position(l->chunk, l->out_panels);
  int64_t channels = p->out_channels, rest = channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], dy, channels, 0, channels);
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, dy, channels, zeros, &pixels);
    float *to = q + t * PANEL;
    int64_t k = 0;
    for (; k < channels - rest; k += PANEL, to += l->chunk * PANEL)
      winograd_output_gradient_tile(&pixels, k, PANEL, to, position, sums + k);
    if (rest > 0) winograd_output_gradient_tile(&pixels, k, rest, to, position, sums + k);
  }
}

static void winograd_transform_input_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *v, float *nowhere,
  float *dx
) {
  int64_t position = winograd_position(l->chunk, l->in_panels);
  int64_t channels = p->in_channels, rest = channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], dx, channels, 0, channels);
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, dx, channels, nowhere, &pixels);
    int above = tiles[t].y >= 4 * p->dilation, left = tiles[t].x >= 4 * p->dilation;
    const float *from = v + t * l->in_panels * PANEL;
    int64_t c = 0;
    for (; c < channels - rest; c += PANEL, from += PANEL)
      winograd_input_gradient_tile(from, position, above, left, &pixels, c, PANEL);
    if (rest > 0) winograd_input_gradient_tile(from, position, above, left, &pixels, c, rest);
  }
}

// The next `count` tiles from `tile` on, and the one behind them.
static winograd_tile winograd_list(
  const quire_winograd *p, winograd_tile tile, int64_t count, winograd_tile *list
) {
  for (int64_t t = 0; t < count; t++, tile = winograd_next(p, tile)) list[t] = tile;
  return tile;
}

// 0, step, 2 · step, …
static void winograd_steps(int32_t *offsets, int64_t count, int64_t step) {
  for (int64_t i = 0; i < count; i++) offsets[i] = (int32_t)(i * step);
}

// The 36 products of one kind: A, B and C of the first, and the floats to those of the next.
static void winograd_products(quire_product first, int64_t a, int64_t b, int64_t c) {
  for (int64_t f = 0; f < POSITIONS; f++) {
    product(&first);
    first.a += a;
    first.b += b;
    first.c += c;
  }
}
