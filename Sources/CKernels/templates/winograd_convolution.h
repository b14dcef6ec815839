// 3×3 convolutions of stride 1 and their gradients by Winograd's F(4×4, 3×3), a chunk of tiles at a time:
//
//   V [36][panel of C][tile][16] = Bᵀ·x·B      x's 6×6 around each tile, zero outside of the image
//   M [36][tile][32]             = V·U         two panels of output channels at a time
//   y                            = Aᵀ·M·A + bias
//
//   Q [36][panel of K][tile][16] = A·dy·Aᵀ
//   dU [36][C][K]               += Vᵀ·Q
//   dV [36][tile][C]             = Q·Uᵀ        in V's place
//   dx                          += B·dV·Bᵀ
//
// C and K are padded with zeros to panels of 16. U is [36][panel of K][C][16], its transpose
// [36][panel of C][K][16].
#include "winograd_passes.h"

INLINE void winograd_input_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, winograd_images x, float *zeros,
  float *v
) {
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = x.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, x, zeros, &pixels);
    float *to = v + t * PANEL;
    int64_t c = 0;
    for (; c < x.channels - rest; c += PANEL, to += l->chunk * PANEL) {
      if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], x, c);
      winograd_input_tile(&pixels, x.bf16, c, PANEL, to, position);
    }
    if (rest > 0) winograd_input_tile(&pixels, x.bf16, c, rest, to, position);
  }
}
static void winograd_transform_input(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const void *x, float *zeros,
  float *v
) {
  winograd_images floats = {x, p->in_channels, 0}, bf16 = {x, p->in_channels, 1};
  if (p->in_bf16) winograd_input_pass(p, l, tiles, bf16, zeros, v);
  else winograd_input_pass(p, l, tiles, floats, zeros, v);
}

INLINE void winograd_output_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *m, int64_t first,
  const float *bias, float *nowhere, winograd_images y
) {
  int64_t position = winograd_position(l->chunk, 2);
  int64_t width = y.channels - first < 2 * PANEL ? y.channels - first : 2 * PANEL, rest = width % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, y, nowhere, &pixels);
    const float *from = m + t * 2 * PANEL;
    int64_t k = first;
    for (; k < first + width - rest; k += PANEL, from += PANEL) {
      if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], y, k);
      winograd_output_tile(from, position, bias ? bias + k : NULL, &pixels, y.bf16, k, PANEL);
    }
    if (rest > 0) winograd_output_tile(from, position, bias ? bias + k : NULL, &pixels, y.bf16, k, rest);
  }
}
// Two panels of output channels from `first` on.
static void winograd_transform_output(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *m, int64_t first,
  const float *bias, float *nowhere, void *y
) {
  winograd_images floats = {y, p->out_channels, 0}, bf16 = {y, p->out_channels, 1};
  if (p->out_bf16) winograd_output_pass(p, l, tiles, m, first, bias, nowhere, bf16);
  else winograd_output_pass(p, l, tiles, m, first, bias, nowhere, floats);
}

INLINE void winograd_output_gradient_pass(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, winograd_images dy, float *zeros,
  float *q, float *sums
) {
  int64_t position = winograd_position(l->chunk, l->out_panels), rest = dy.channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, dy, zeros, &pixels);
    float *to = q + t * PANEL;
    int64_t k = 0;
    for (; k < dy.channels - rest; k += PANEL, to += l->chunk * PANEL) {
      if (t + AHEAD < l->chunk) winograd_fetch(p, tiles[t + AHEAD], dy, k);
      winograd_output_gradient_tile(&pixels, dy.bf16, k, PANEL, to, position, sums + k);
    }
    if (rest > 0) winograd_output_gradient_tile(&pixels, dy.bf16, k, rest, to, position, sums + k);
  }
}
static void winograd_transform_output_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const void *dy, float *zeros,
  float *q, float *sums
) {
  winograd_images floats = {dy, p->out_channels, 0}, bf16 = {dy, p->out_channels, 1};
  if (p->out_bf16) winograd_output_gradient_pass(p, l, tiles, bf16, zeros, q, sums);
  else winograd_output_gradient_pass(p, l, tiles, floats, zeros, q, sums);
}

// Scratch: lines that stand in for those outside of the image, zeros to read and `nowhere` to write; V, M, offsets.
static void winograd_forward(
  const quire_winograd *p, const void *x, const float *u, const float *bias, float *scratch, void *y
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t depth = l.in_panels * PANEL, u_position = winograd_position(depth, l.out_panels);
  float *zeros = scratch, *nowhere = zeros + winograd_line(p, l.in_panels);
  float *v = nowhere + winograd_line(p, l.out_panels);
  memset(zeros, 0, (size_t)winograd_line(p, l.in_panels) * sizeof(float));
  winograd_tile tiles[MOST_TILES], next = {0};
  for (int64_t done = 0; done < l.tiles; done += l.chunk) {
    if (l.tiles - done < l.chunk) l.chunk = l.tiles - done;
    next = winograd_list(p, next, l.chunk, tiles);
    int64_t v_position = winograd_position(l.chunk, l.in_panels), m_position = winograd_position(l.chunk, 2);
    float *m = v + POSITIONS * v_position;
    int32_t *v_rows = (int32_t *)(m + POSITIONS * m_position), *m_rows = v_rows + l.chunk;
    int32_t *panels = m_rows + l.chunk;
    winograd_steps(v_rows, l.chunk, PANEL);
    winograd_steps(m_rows, l.chunk, 2 * PANEL);
    winograd_steps(panels, l.in_panels, l.chunk * PANEL);
    winograd_transform_input(p, &l, tiles, x, zeros, v);
    for (int64_t panel = 0; panel < l.out_panels; panel += 2) {
      quire_product vu = {
        .a = v, .rows = v_rows, .segments = panels, .a_step = 1, .b = u + panel * depth * PANEL,
        .c = m, .c_rows = m_rows, .row_count = l.chunk, .segment_count = l.in_panels, .length = PANEL,
        .columns = panel + 1 < l.out_panels ? 2 * PANEL : PANEL};
      winograd_products(vu, v_position, u_position, m_position);
      winograd_transform_output(p, &l, tiles, m, panel * PANEL, bias, nowhere, y);
    }
  }
}

// Scratch: lines outside, dy's sums, V, Q, offsets.
static void winograd_backward(
  const quire_winograd *p, const void *x, const void *dy, const float *transposed, float *scratch, float *du,
  int first, void *dx, float *dbias
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t in = l.in_panels * PANEL, out = l.out_panels * PANEL;
  int64_t u_position = winograd_position(out, l.in_panels);
  int64_t line = winograd_line(p, (in > out ? in : out) / PANEL);
  float *zeros = scratch, *nowhere = zeros + line, *sums = nowhere + line, *v = sums + out;
  memset(zeros, 0, (size_t)line * sizeof(float));
  memset(sums, 0, (size_t)out * sizeof(float));
  winograd_tile tiles[MOST_TILES], next = {0};
  for (int64_t done = 0; done < l.tiles; done += l.chunk) {
    if (l.tiles - done < l.chunk) l.chunk = l.tiles - done;
    next = winograd_list(p, next, l.chunk, tiles);
    int64_t v_position = winograd_position(l.chunk, l.in_panels);
    int64_t q_position = winograd_position(l.chunk, l.out_panels);
    float *q = v + POSITIONS * v_position;
    int32_t *q_rows = (int32_t *)(q + POSITIONS * q_position), *dv_rows = q_rows + l.chunk;
    int32_t *panels = dv_rows + l.chunk, *v_rows = panels + l.out_panels, *du_rows = v_rows + p->in_channels;
    winograd_steps(q_rows, l.chunk, PANEL);
    winograd_steps(dv_rows, l.chunk, in);
    winograd_steps(panels, l.out_panels, l.chunk * PANEL);
    winograd_steps(du_rows, p->in_channels, out);
    for (int64_t c = 0; c < p->in_channels; c++) v_rows[c] = (int32_t)(c / PANEL * l.chunk * PANEL + c % PANEL);
    winograd_transform_input(p, &l, tiles, x, zeros, v);
    winograd_transform_output_gradient(p, &l, tiles, dy, zeros, q, sums);
    quire_product vq = {
      .a = v, .rows = v_rows, .segments = (int32_t[]){0}, .a_step = PANEL, .b = q, .c = du, .c_rows = du_rows,
      .row_count = p->in_channels, .segment_count = 1, .length = l.chunk, .columns = out,
      .accumulate = !(first && done == 0)};
    winograd_products(vq, v_position, q_position, winograd_position(p->in_channels, l.out_panels));
    if (!dx) continue;
    quire_product qu = {
      .a = q, .rows = q_rows, .segments = panels, .a_step = 1, .b = transposed, .c = v, .c_rows = dv_rows,
      .row_count = l.chunk, .segment_count = l.out_panels, .length = PANEL, .columns = in};
    winograd_products(qu, q_position, u_position, v_position);
    winograd_transform_input_gradient(p, &l, tiles, v, nowhere, dx);
  }
  for (int64_t k = 0; dbias && k < p->out_channels; k++) dbias[k] += sums[k];
}
