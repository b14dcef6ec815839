// 3×3 and 5×5 convolutions of stride 1 and their gradients by Winograd's F(4×4, 3×3) and F(4×4, 5×5), a chunk of tiles
// at a time. There are F = 36 or 64 positions:
//
//   V [F][panel of C][tile][16] = Bᵀ·x·B      x's 6×6 or 8×8 around each tile, zero outside the image
//   M [F][tile][32]             = V·U         two panels of output channels at a time
//   y                           = Aᵀ·M·A + bias
//
//   Q [F][panel of K][tile][16] = A·dy·Aᵀ
//   dU [F][C][K]               += Vᵀ·Q
//   dV [F][tile][C]             = Q·Uᵀ        in V's place
//   dx                         += B·dV·Bᵀ
//
// C and K are padded with zeros to panels of 16. U is [F][panel of K][C][16], its transpose
// [F][panel of C][K][16].
#include "winograd_gradients.h"

INLINE void winograd_input_pass(int kernel, const winograd_work *w, winograd_images x, float *v) {
  const winograd_layout *l = &w->layout;
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = x.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(w->p, w->tiles[t], -(kernel / 2), winograd_side(kernel), x, w->zeros, &pixels);
    float *to = v + t * PANEL;
    int64_t c = 0;
    for (; c < x.channels - rest; c += PANEL, to += l->chunk * PANEL) {
      winograd_fetch_ahead(w, t, x, c);
      winograd_input_tile(kernel, &pixels, x.bf16, c, PANEL, to, position);
    }
    if (rest > 0) winograd_input_tile(kernel, &pixels, x.bf16, c, rest, to, position);
  }
}
static void winograd_transform_input(const winograd_work *w, const void *x, float *v) {
  winograd_images floats = {x, w->p->in_channels, 0}, bf16 = {x, w->p->in_channels, 1};
  if (w->p->kernel == 3 && w->p->in_bf16) winograd_input_pass(3, w, bf16, v);
  else if (w->p->kernel == 3) winograd_input_pass(3, w, floats, v);
  else if (w->p->in_bf16) winograd_input_pass(5, w, bf16, v);
  else winograd_input_pass(5, w, floats, v);
}

INLINE void winograd_output_pass(
  int kernel, const winograd_work *w, const float *m, int64_t first, const float *bias, winograd_images y
) {
  int64_t position = winograd_position(w->layout.chunk, 2);
  int relu = w->p->relu;
  int64_t width = y.channels - first < 2 * PANEL ? y.channels - first : 2 * PANEL, rest = width % PANEL;
  for (int64_t t = 0; t < w->layout.chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(w->p, w->tiles[t], 0, 4, y, w->nowhere, &pixels);
    const float *from = m + t * 2 * PANEL;
    int64_t k = first;
    for (; k < first + width - rest; k += PANEL, from += PANEL) {
      winograd_fetch_ahead(w, t, y, k);
      winograd_output_tile(kernel, from, position, bias ? bias + k : NULL, relu, &pixels, y.bf16, k, PANEL);
    }
    if (rest > 0)
      winograd_output_tile(kernel, from, position, bias ? bias + k : NULL, relu, &pixels, y.bf16, k, rest);
  }
}
// Two panels of output channels from `first` on.
static void winograd_transform_output(
  const winograd_work *w, const float *m, int64_t first, const float *bias, void *y
) {
  winograd_images floats = {y, w->p->out_channels, 0}, bf16 = {y, w->p->out_channels, 1};
  if (w->p->kernel == 3 && w->p->out_bf16) winograd_output_pass(3, w, m, first, bias, bf16);
  else if (w->p->kernel == 3) winograd_output_pass(3, w, m, first, bias, floats);
  else if (w->p->out_bf16) winograd_output_pass(5, w, m, first, bias, bf16);
  else winograd_output_pass(5, w, m, first, bias, floats);
}

// Scratch: lines outside, V, M, offsets.
static void winograd_forward(
  const quire_winograd *p, const void *x, const float *u, const float *bias, float *scratch, void *y
) {
  winograd_work work = {.p = p, .layout = winograd_layout_of(p)};
  winograd_layout *l = &work.layout;
  int64_t depth = l->in_panels * PANEL, u_position = winograd_position(depth, l->out_panels);
  work.zeros = scratch;
  work.nowhere = scratch + winograd_line(p, l->in_panels);
  float *v = work.nowhere + winograd_line(p, l->out_panels);
  memset(work.zeros, 0, (size_t)winograd_line(p, l->in_panels) * sizeof(float));
  for (int64_t done = 0; done < l->tiles; done += l->chunk) {
    winograd_advance(&work, done);
    int64_t v_position = winograd_position(l->chunk, l->in_panels), m_position = winograd_position(l->chunk, 2);
    float *m = v + l->positions * v_position;
    int32_t *v_rows = (int32_t *)(m + l->positions * m_position), *m_rows = v_rows + l->chunk;
    int32_t *panels = m_rows + l->chunk;
    winograd_steps(v_rows, l->chunk, PANEL);
    winograd_steps(m_rows, l->chunk, 2 * PANEL);
    winograd_steps(panels, l->in_panels, l->chunk * PANEL);
    winograd_transform_input(&work, x, v);
    for (int64_t panel = 0; panel < l->out_panels; panel += 2) {
      quire_product vu = {
        .a = v, .rows = v_rows, .segments = panels, .a_step = 1, .b = u + panel * depth * PANEL,
        .c = m, .c_rows = m_rows, .row_count = l->chunk, .segment_count = l->in_panels, .length = PANEL,
        .columns = panel + 1 < l->out_panels ? 2 * PANEL : PANEL};
      winograd_products(l->positions, vu, v_position, u_position, m_position);
      winograd_transform_output(&work, m, panel * PANEL, bias, y);
    }
  }
}

INLINE void winograd_output_gradient_pass(
  int kernel, const winograd_work *w, winograd_images dy, float *q, float *sums
) {
  const winograd_layout *l = &w->layout;
  int64_t position = winograd_position(l->chunk, l->out_panels), rest = dy.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(w->p, w->tiles[t], 0, 4, dy, w->zeros, &pixels);
    float *to = q + t * PANEL;
    int64_t k = 0;
    for (; k < dy.channels - rest; k += PANEL, to += l->chunk * PANEL) {
      winograd_fetch_ahead(w, t, dy, k);
      winograd_output_gradient_tile(kernel, &pixels, dy.bf16, k, PANEL, to, position, sums + k);
    }
    if (rest > 0) winograd_output_gradient_tile(kernel, &pixels, dy.bf16, k, rest, to, position, sums + k);
  }
}
static void winograd_transform_output_gradient(
  const winograd_work *w, const void *dy, float *q, float *q_rows, float *sums
) {
  (void)q_rows;  // q itself
  winograd_images floats = {dy, w->p->out_channels, 0}, bf16 = {dy, w->p->out_channels, 1};
  if (w->p->kernel == 3 && w->p->out_bf16) winograd_output_gradient_pass(3, w, bf16, q, sums);
  else if (w->p->kernel == 3) winograd_output_gradient_pass(3, w, floats, q, sums);
  else if (w->p->out_bf16) winograd_output_gradient_pass(5, w, bf16, q, sums);
  else winograd_output_gradient_pass(5, w, floats, q, sums);
}

static void winograd_backward(
  const quire_winograd *p, const void *x, const void *dy, const float *transposed, float *scratch, float *du,
  int first, void *dx, float *dbias
) {
  winograd_gradients(
    p, 1, winograd_transform_input, winograd_transform_output_gradient, x, dy, transposed, scratch, du, first,
    dx, dbias);
}
