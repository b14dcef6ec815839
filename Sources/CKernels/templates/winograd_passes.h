// What the gradients of both precisions share.
#include "winograd_tiles.h"

// Tiles between asking the cache for a tile and working on it.
enum { AHEAD = 4 };

INLINE void winograd_input_gradient_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *v, float *nowhere,
  winograd_images dx
) {
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = dx.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, dx, nowhere, &pixels);
    int above = tiles[t].y >= 4 * p->dilation, left = tiles[t].x >= 4 * p->dilation;
    const float *from = v + t * l->in_panels * PANEL;
    int64_t c = 0;
    for (; c < dx.channels - rest; c += PANEL, from += PANEL) {
      if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], dx, c);
      winograd_input_gradient_tile(from, position, above, left, &pixels, dx.bf16, c, PANEL);
    }
    if (rest > 0) winograd_input_gradient_tile(from, position, above, left, &pixels, dx.bf16, c, rest);
  }
}
static void winograd_transform_input_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *v, float *nowhere,
  void *dx
) {
  winograd_images floats = {dx, p->in_channels, 0}, bf16 = {dx, p->in_channels, 1};
  if (p->in_bf16) winograd_input_gradient_pass(p, l, tiles, v, nowhere, bf16);
  else winograd_input_gradient_pass(p, l, tiles, v, nowhere, floats);
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
