// The gradients of a convolution, and code shared with the convolution: see winograd_convolution.h.
#include "winograd_tiles.h"

// A chunk of `layout.chunk` tiles being processed.
typedef struct {
  const quire_winograd *p;
  winograd_layout layout;
  float *zeros, *nowhere;  // replace lines outside the image, for reading and writing
  winograd_tile tiles[MOST_TILES], next;
} winograd_work;

// Takes the next chunk of tiles; the last one may be smaller.
static void winograd_advance(winograd_work *w, int64_t done) {
  if (w->layout.tiles - done < w->layout.chunk) w->layout.chunk = w->layout.tiles - done;
  for (int64_t t = 0; t < w->layout.chunk; t++) {
    w->tiles[t] = w->next;
    w->next = winograd_next(w->p, w->next);
  }
}

// While a tile is processed, the pixels of the tile at this distance after it are prefetched.
enum { AHEAD = 4 };
INLINE void winograd_fetch_ahead(const winograd_work *w, int64_t t, winograd_images images, int64_t first) {
  if (t + AHEAD < w->layout.chunk) winograd_fetch(w->p, w->tiles[t + AHEAD], images, first);
}

// 0, step, 2 · step, …
static void winograd_steps(int32_t *offsets, int64_t count, int64_t step) {
  for (int64_t i = 0; i < count; i++) offsets[i] = (int32_t)(i * step);
}

// The products of one kind at all positions: A, B and C of the first, and the distances in floats to the next.
static void winograd_products(int64_t positions, quire_product first, int64_t a, int64_t b, int64_t c) {
  for (int64_t f = 0; f < positions; f++) {
    product(&first);
    first.a += a;
    first.b += b;
    first.c = (float *)first.c + c;
  }
}

INLINE void winograd_input_gradient_pass(
  int kernel, const winograd_work *w, const float *v, winograd_images dx
) {
  const winograd_layout *l = &w->layout;
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = dx.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(w->p, w->tiles[t], -(kernel / 2), winograd_side(kernel), dx, w->nowhere, &pixels);
    int above = w->tiles[t].y >= 4 * w->p->dilation, left = w->tiles[t].x >= 4 * w->p->dilation;
    const float *from = v + t * l->in_panels * PANEL;
    int64_t c = 0;
    for (; c < dx.channels - rest; c += PANEL, from += PANEL) {
      winograd_fetch_ahead(w, t, dx, c);
      winograd_input_gradient_tile(kernel, from, position, above, left, &pixels, dx.bf16, c, PANEL);
    }
    if (rest > 0) winograd_input_gradient_tile(kernel, from, position, above, left, &pixels, dx.bf16, c, rest);
  }
}
static void winograd_transform_input_gradient(const winograd_work *w, const float *v, void *dx) {
  winograd_images floats = {dx, w->p->in_channels, 0}, bf16 = {dx, w->p->in_channels, 1};
  if (w->p->kernel == 3 && w->p->dx_bf16) winograd_input_gradient_pass(3, w, v, bf16);
  else if (w->p->kernel == 3) winograd_input_gradient_pass(3, w, v, floats);
  else if (w->p->dx_bf16) winograd_input_gradient_pass(5, w, v, bf16);
  else winograd_input_gradient_pass(5, w, v, floats);
}

// Computes V from x and Q from dy, and sums dy. Q is B of one product and A of the other, for which it is stored
// a second time if the layouts differ.
typedef void winograd_input_transform(const winograd_work *, const void *x, float *v);
typedef void winograd_output_gradient_transform(
  const winograd_work *, const void *dy, float *q, float *q_rows, float *sums);

// A float represents `each` numbers, neighbours along the dimension that is summed over: 1 float or 2 bf16.
// Scratch: lines outside, dy's sums, V and then dV, Q, a second Q if `each` is 2, offsets.
INLINE void winograd_gradients(
  const quire_winograd *p, int each, winograd_input_transform *transform_input,
  winograd_output_gradient_transform *transform_output_gradient, const void *x, const void *dy,
  const float *transposed, float *scratch, float *du, int first, void *dx, float *dbias
) {
  winograd_work work = {.p = p, .layout = winograd_layout_of(p)};
  winograd_layout *l = &work.layout;
  int64_t in = l->in_panels * PANEL, out = l->out_panels * PANEL;
  int64_t line = winograd_line(p, (in > out ? in : out) / PANEL);
  work.zeros = scratch;
  work.nowhere = scratch + line;
  float *sums = work.nowhere + line, *v = sums + out;
  memset(work.zeros, 0, (size_t)line * sizeof(float));
  memset(sums, 0, (size_t)out * sizeof(float));
  for (int64_t done = 0; done < l->tiles; done += l->chunk) {
    winograd_advance(&work, done);
    int64_t rows = (l->chunk + each - 1) / each, q_position = winograd_position(rows, l->out_panels);
    float *q = v + l->positions * winograd_position(rows * each, l->in_panels);
    float *q_again = each == 1 ? q : q + l->positions * q_position;
    int32_t *q_rows = (int32_t *)(q_again + l->positions * q_position), *dv_rows = q_rows + l->chunk;
    int32_t *panels = dv_rows + l->chunk, *v_rows = panels + l->out_panels, *du_rows = v_rows + p->in_channels;
    winograd_steps(q_rows, l->chunk, PANEL / each);
    winograd_steps(dv_rows, l->chunk, in);
    winograd_steps(panels, l->out_panels, rows * PANEL);
    winograd_steps(du_rows, p->in_channels, out);
    for (int64_t c = 0; c < p->in_channels; c++) v_rows[c] = (int32_t)(c / PANEL * rows * PANEL + c % PANEL);
    transform_input(&work, x, v);
    transform_output_gradient(&work, dy, q, q_again, sums);
    quire_product vq = {
      .a = v, .rows = v_rows, .segments = (int32_t[]){0}, .a_step = PANEL, .b = q, .c = du, .c_rows = du_rows,
      .row_count = p->in_channels, .segment_count = 1, .length = rows, .columns = out,
      .accumulate = !(first && done == 0)};
    winograd_products(
      l->positions, vq, winograd_position(rows, l->in_panels), q_position,
      winograd_position(p->in_channels, l->out_panels));
    if (!dx) continue;
    quire_product qu = {
      .a = q_again, .rows = q_rows, .segments = panels, .a_step = 1, .b = transposed, .c = v,
      .c_rows = dv_rows, .row_count = l->chunk, .segment_count = l->out_panels, .length = PANEL / each,
      .columns = in};
    winograd_products(
      l->positions, qu, q_position, winograd_position(out / each, l->in_panels),
      winograd_position(l->chunk, l->in_panels));
    winograd_transform_input_gradient(&work, v, dx);
  }
  for (int64_t k = 0; dbias && k < p->out_channels; k++) dbias[k] += sums[k];
}
