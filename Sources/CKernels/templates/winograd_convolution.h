#define TIME(part, ...) __VA_ARGS__
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
// C, K and the tiles' 16 are padded with zeros. U is [36][panel of K][C][16], its transpose [36][panel of C][K][16].
#include "winograd_tiles.h"

static void winograd_transform_input(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *x, float *zeros,
  float *v
) {
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = p->in_channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, x, p->in_channels, zeros, &pixels);
    float *to = v + t * PANEL;
    int64_t c = 0;
    for (; c < p->in_channels - rest; c += PANEL, to += l->chunk * PANEL)
      winograd_input_tile(&pixels, c, to, position);
    if (rest > 0) {
      float copy[36 * PANEL];
      winograd_pixels own = winograd_gather(&pixels, c, rest, 6, copy);
      winograd_input_tile(&own, 0, to, position);
    }
  }
}

// Two panels of output channels from `first` on.
static void winograd_transform_output(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *m, int64_t first,
  const float *bias, float *nowhere, float *y
) {
  int64_t position = winograd_position(l->chunk, 2);
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, y, p->out_channels, nowhere, &pixels);
    const float *from = m + t * 2 * PANEL;
    for (int64_t k = first; k < first + 2 * PANEL && k < p->out_channels; k += PANEL, from += PANEL) {
      if (p->out_channels - k >= PANEL) {
        winograd_output_tile(from, position, bias ? bias + k : NULL, &pixels, k);
      } else {
        float copy[16 * PANEL];
        winograd_pixels own = winograd_gather(&pixels, k, 0, 4, copy);
        winograd_output_tile(from, position, bias ? bias + k : NULL, &own, 0);
        winograd_scatter(&own, &pixels, k, p->out_channels - k, 4);
      }
    }
  }
}

static void winograd_transform_output_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *dy, float *zeros,
  float *q, float *sums
) {
  int64_t position = winograd_position(l->chunk, l->out_panels), rest = p->out_channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], 0, 4, dy, p->out_channels, zeros, &pixels);
    float *to = q + t * PANEL;
    int64_t k = 0;
    for (; k < p->out_channels - rest; k += PANEL, to += l->chunk * PANEL)
      winograd_output_gradient_tile(&pixels, k, to, position, sums + k);
    if (rest > 0) {
      float copy[16 * PANEL];
      winograd_pixels own = winograd_gather(&pixels, k, rest, 4, copy);
      winograd_output_gradient_tile(&own, 0, to, position, sums + k);
    }
  }
}

static void winograd_transform_input_gradient(
  const quire_winograd *p, const winograd_layout *l, const winograd_tile *tiles, const float *v, float *nowhere,
  float *dx
) {
  int64_t position = winograd_position(l->chunk, l->in_panels), rest = p->in_channels % PANEL;
  for (int64_t t = 0; t < l->chunk; t++) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tiles[t], -1, 6, dx, p->in_channels, nowhere, &pixels);
    int above = tiles[t].y >= 4 * p->dilation, left = tiles[t].x >= 4 * p->dilation;
    const float *from = v + t * l->in_panels * PANEL;
    int64_t c = 0;
    for (; c < p->in_channels - rest; c += PANEL, from += PANEL)
      winograd_input_gradient_tile(from, position, &pixels, c, above, left);
    if (rest > 0) {
      float copy[36 * PANEL];
      winograd_pixels own = winograd_gather(&pixels, c, rest, 6, copy);
      winograd_input_gradient_tile(from, position, &own, 0, above, left);
      winograd_scatter(&own, &pixels, c, rest, 6);
    }
  }
}

static winograd_tile winograd_list(const quire_winograd *p, winograd_tile tile, int64_t count, winograd_tile *list) {
  for (int64_t t = 0; t < count; t++, tile = winograd_next(p, tile)) list[t] = tile;
  return tile;
}

static void winograd_steps(int32_t *offsets, int64_t count, int64_t step) {
  for (int64_t i = 0; i < count; i++) offsets[i] = (int32_t)(i * step);
}

// bias [panel][16], or NULL. Scratch: a line of zeros, a line for what lies outside, V, M, offsets.
static void winograd_forward(
  const quire_winograd *p, const float *x, const float *u, const float *bias, float *scratch, float *y
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t u_position = winograd_position(l.in_panels * PANEL, l.out_panels);
  float *zeros = scratch, *nowhere = zeros + winograd_line(p, l.in_panels);
  float *v = nowhere + winograd_line(p, l.out_panels);
  memset(zeros, 0, (size_t)winograd_line(p, l.in_panels) * sizeof(float));
  winograd_tile tiles[MOST_TILES], tile = {0};
  for (int64_t first = 0; first < l.tiles; first += l.chunk) {
    if (l.tiles - first < l.chunk) l.chunk = l.tiles - first;
    tile = winograd_list(p, tile, l.chunk, tiles);
    int64_t v_position = winograd_position(l.chunk, l.in_panels), m_position = winograd_position(l.chunk, 2);
    float *m = v + POSITIONS * v_position;
    int32_t *rows = (int32_t *)(m + POSITIONS * m_position), *m_rows = rows + l.chunk, *segments = m_rows + l.chunk;
    winograd_steps(rows, l.chunk, PANEL);
    winograd_steps(m_rows, l.chunk, 2 * PANEL);
    winograd_steps(segments, l.in_panels, l.chunk * PANEL);
    TIME(0, winograd_transform_input(p, &l, tiles, x, zeros, v);)
    for (int64_t panel = 0; panel < l.out_panels; panel += 2) {
      TIME(1, for (int64_t f = 0; f < POSITIONS; f++) {
        product(&(quire_product){
          .a = v + f * v_position, .rows = rows, .segments = segments, .a_step = 1,
          .b = u + f * u_position + panel * l.in_panels * PANEL * PANEL, .c = m + f * m_position, .c_rows = m_rows,
          .row_count = l.chunk, .segment_count = l.in_panels, .length = PANEL,
          .columns = panel + 1 < l.out_panels ? 2 * PANEL : PANEL});
      })
      TIME(2, winograd_transform_output(p, &l, tiles, m, panel * PANEL, bias, nowhere, y);)
    }
  }
}

// Adds to du, or sets it if this is the `first` call for it; adds dy's sums to dbias; sets dx. dx, with it
// `transposed`, and dbias may be NULL. Scratch: as above, with Q and dy's sums.
static void winograd_backward(
  const quire_winograd *p, const float *x, const float *dy, const float *transposed, float *scratch, float *du,
  int first_call, float *dx, float *dbias
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t in = l.in_panels * PANEL, out = l.out_panels * PANEL, most = in > out ? in : out;
  int64_t u_position = winograd_position(out, l.in_panels), du_position = winograd_position(p->in_channels, l.out_panels);
  float *zeros = scratch, *nowhere = zeros + winograd_line(p, most / PANEL);
  float *sums = nowhere + winograd_line(p, l.in_panels), *v = sums + out;
  memset(zeros, 0, (size_t)winograd_line(p, most / PANEL) * sizeof(float));
  memset(sums, 0, (size_t)out * sizeof(float));
  winograd_tile tiles[MOST_TILES], tile = {0};
  for (int64_t first = 0; first < l.tiles; first += l.chunk) {
    if (l.tiles - first < l.chunk) l.chunk = l.tiles - first;
    tile = winograd_list(p, tile, l.chunk, tiles);
    int64_t v_position = winograd_position(l.chunk, l.in_panels), q_position = winograd_position(l.chunk, l.out_panels);
    float *q = v + POSITIONS * v_position;
    int32_t *rows = (int32_t *)(q + POSITIONS * q_position), *v_rows = rows + l.chunk, *segments = v_rows + l.chunk;
    int32_t *channels = segments + l.out_panels, *u_rows = channels + p->in_channels;
    winograd_steps(rows, l.chunk, PANEL);
    winograd_steps(v_rows, l.chunk, in);
    winograd_steps(segments, l.out_panels, l.chunk * PANEL);
    winograd_steps(u_rows, p->in_channels, out);
    for (int64_t c = 0; c < p->in_channels; c++) channels[c] = (int32_t)(c / PANEL * l.chunk * PANEL + c % PANEL);
    TIME(3, winograd_transform_input(p, &l, tiles, x, zeros, v);)
    TIME(4, winograd_transform_output_gradient(p, &l, tiles, dy, zeros, q, sums);)
    TIME(5, for (int64_t f = 0; f < POSITIONS; f++) {
      product(&(quire_product){
        .a = v + f * v_position, .rows = channels, .segments = (int32_t[]){0}, .a_step = PANEL,
        .b = q + f * q_position, .c = du + f * du_position, .c_rows = u_rows, .row_count = p->in_channels,
        .segment_count = 1, .length = l.chunk, .columns = out, .accumulate = !(first_call && first == 0)});
    })
    if (!dx) continue;
    TIME(6, for (int64_t f = 0; f < POSITIONS; f++) {
      product(&(quire_product){
        .a = q + f * q_position, .rows = rows, .segments = segments, .a_step = 1,
        .b = transposed + f * u_position, .c = v + f * v_position, .c_rows = v_rows, .row_count = l.chunk,
        .segment_count = l.out_panels, .length = PANEL, .columns = in});
    })
    TIME(7, winograd_transform_input_gradient(p, &l, tiles, v, nowhere, dx);)
  }
  for (int64_t c = 0; dbias && c < p->out_channels; c++) dbias[c] += sums[c];
}
