// 3×3 and 5×5 convolutions and their gradients by Winograd's algorithm for layers with more weights than pixels, over
// all images of a batch at once. The weights of a few panels of channels are transformed, used for every tile while
// they are in the cache, and forgotten: their F = 36 or 64 positions never reach memory, and gradients need no copies
// to sum.
//
//   V [F][panel of C][tile][16] = Bᵀ·x·B      image by image
//   Q [F][panel of K][tile][16] = A·dy·Aᵀ     image by image
//   y  = Aᵀ·(V·U)·A + bias                     by two panels of K
//   dx = B·(Q·Uᵀ)·Bᵀ                           by two panels of C
//   dw = Gᵀ·(Vᵀ·Q)·G                           by blocks of both
//
// `images` of the problem is the number of images of the batch; tiles are numbered through all of them.

enum { BATCH_PANELS = QUIRE_WINOGRAD_PANELS_AT_ONCE };

INLINE int64_t winograd_batch_tiles(const quire_winograd *p, const winograd_layout *l) { return l->tiles / p->images; }

// Bᵀ·x·B of one image, at its tiles' places in v; `zeros` replace lines outside the image.
INLINE void winograd_batch_input_pass(
  int kernel, const quire_winograd *p, winograd_images x, int64_t image, float *zeros, float *v
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t tiles = winograd_batch_tiles(p, &l), position = winograd_position(l.tiles, l.in_panels);
  winograd_tile tile = {0, 0, 0};
  v += image * tiles * PANEL;
  for (int64_t t = 0; t < tiles; t++, tile = winograd_next(p, tile), v += PANEL) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tile, -(kernel / 2), winograd_side(kernel), x, zeros, &pixels);
    for (int64_t panel = 0; panel < l.in_panels; panel++) {
      int64_t c = panel * PANEL, width = x.channels - c;
      float *to = v + c * l.tiles;
      if (width >= PANEL) winograd_input_tile(kernel, &pixels, x.bf16, c, PANEL, to, position);
      else winograd_input_tile(kernel, &pixels, x.bf16, c, width, to, position);
    }
  }
}
static void winograd_batch_input(
  const quire_winograd *p, const void *x, int64_t image, float *scratch, float *v
) {
  winograd_images floats = {x, p->in_channels, 0}, bf16 = {x, p->in_channels, 1};
  memset(scratch, 0, (size_t)winograd_line(p, winograd_layout_of(p).in_panels) * sizeof(float));
  if (p->kernel == 3 && p->in_bf16) winograd_batch_input_pass(3, p, bf16, image, scratch, v);
  else if (p->kernel == 3) winograd_batch_input_pass(3, p, floats, image, scratch, v);
  else if (p->in_bf16) winograd_batch_input_pass(5, p, bf16, image, scratch, v);
  else winograd_batch_input_pass(5, p, floats, image, scratch, v);
}

// A·dy·Aᵀ of one image, and its sums of dy.
INLINE void winograd_batch_output_gradient_pass(
  int kernel, const quire_winograd *p, winograd_images dy, int64_t image, float *zeros, float *q, float *sums
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t tiles = winograd_batch_tiles(p, &l), position = winograd_position(l.tiles, l.out_panels);
  winograd_tile tile = {0, 0, 0};
  q += image * tiles * PANEL;
  for (int64_t t = 0; t < tiles; t++, tile = winograd_next(p, tile), q += PANEL) {
    winograd_pixels pixels;
    winograd_pixels_of(p, tile, 0, 4, dy, zeros, &pixels);
    for (int64_t panel = 0; panel < l.out_panels; panel++) {
      int64_t k = panel * PANEL, width = dy.channels - k;
      float *to = q + k * l.tiles;
      if (width >= PANEL) winograd_output_gradient_tile(kernel, &pixels, dy.bf16, k, PANEL, to, position, sums + k);
      else winograd_output_gradient_tile(kernel, &pixels, dy.bf16, k, width, to, position, sums + k);
    }
  }
}
static void winograd_batch_output_gradient(
  const quire_winograd *p, const void *dy, int64_t image, float *scratch, float *q, float *sums
) {
  winograd_images floats = {dy, p->out_channels, 0}, bf16 = {dy, p->out_channels, 1};
  int64_t panels = winograd_layout_of(p).out_panels;
  memset(scratch, 0, (size_t)winograd_line(p, panels) * sizeof(float));
  memset(sums, 0, (size_t)(panels * PANEL) * sizeof(float));
  if (p->kernel == 3 && p->out_bf16) winograd_batch_output_gradient_pass(3, p, bf16, image, scratch, q, sums);
  else if (p->kernel == 3) winograd_batch_output_gradient_pass(3, p, floats, image, scratch, q, sums);
  else if (p->out_bf16) winograd_batch_output_gradient_pass(5, p, bf16, image, scratch, q, sums);
  else winograd_batch_output_gradient_pass(5, p, floats, image, scratch, q, sums);
}

// The offsets of a product over tiles: of the rows of A and C, and of the panels of A.
typedef struct {
  int32_t *rows, *c_rows, *panels;
} winograd_batch_offsets;
INLINE winograd_batch_offsets winograd_batch_steps(int32_t *to, int64_t tiles, int64_t panels) {
  winograd_batch_offsets o = {to, to + MOST_TILES, to + 2 * MOST_TILES};
  winograd_steps(o.rows, MOST_TILES, PANEL);
  winograd_steps(o.c_rows, MOST_TILES, BATCH_PANELS * PANEL);
  winograd_steps(o.panels, panels, tiles * PANEL);
  return o;
}

// Copies of an image's tiles at all positions: [F][tile][BATCH_PANELS · 16].
typedef struct {
  const float *m;
  int64_t position, first, count;  // channels from `first` on
} winograd_batch_block;

// One tile of y, or of dx if `gradient` is set.
INLINE void winograd_batch_tile(
  int gradient, int kernel, const quire_winograd *p, winograd_tile tile, winograd_images to, float *nowhere,
  const float *bias, winograd_batch_block block
) {
  winograd_pixels pixels;
  int above = tile.y >= 4 * p->dilation, left = tile.x >= 4 * p->dilation;
  tile.image = 0;
  winograd_pixels_of(p, tile, gradient ? -(kernel / 2) : 0, gradient ? winograd_side(kernel) : 4, to, nowhere, &pixels);
  for (int64_t c = block.first; c < block.first + block.count; c += PANEL, block.m += PANEL) {
    int64_t width = to.channels - c < PANEL ? to.channels - c : PANEL;
    const float *b = bias ? bias + c : NULL;
    if (gradient && width == PANEL)
      winograd_input_gradient_tile(kernel, block.m, block.position, above, left, &pixels, to.bf16, c, PANEL);
    else if (gradient)
      winograd_input_gradient_tile(kernel, block.m, block.position, above, left, &pixels, to.bf16, c, width);
    else if (width == PANEL)
      winograd_output_tile(kernel, block.m, block.position, b, p->relu, &pixels, to.bf16, c, PANEL);
    else winograd_output_tile(kernel, block.m, block.position, b, p->relu, &pixels, to.bf16, c, width);
  }
}

// Panels `first` ..< first + count of the channels of y, or of dx if `gradient` is set, from all panels of V or of Q.
INLINE void winograd_batch_outputs(
  int gradient, const quire_winograd *p, const float *from, const float *weights, const float *bias, int64_t first,
  int64_t count, float *scratch, void *to, int64_t stride
) {
  winograd_layout l = winograd_layout_of(p);
  int64_t from_panels = gradient ? l.out_panels : l.in_panels, to_panels = gradient ? l.in_panels : l.out_panels;
  int64_t channels = gradient ? p->in_channels : p->out_channels, length = from_panels * PANEL;
  int to_bf16 = gradient ? p->dx_bf16 : p->out_bf16;
  int64_t u_position = winograd_position(length, BATCH_PANELS);
  int64_t m_position = winograd_position(MOST_TILES, BATCH_PANELS);
  float *nowhere = scratch, *u = nowhere + winograd_line(p, to_panels), *m = u + l.positions * u_position;
  winograd_batch_offsets o = winograd_batch_steps((int32_t *)(m + l.positions * m_position), l.tiles, from_panels);
  for (int64_t panel = first; panel < first + count; panel += BATCH_PANELS) {
    int64_t width = first + count - panel < BATCH_PANELS ? first + count - panel : BATCH_PANELS;
    for (int64_t i = 0; i < from_panels; i++) {
      for (int64_t k = 0; k < width; k++) {
        int64_t read = i * PANEL, made = (panel + k) * PANEL;
        float g[MOST_TAPS * PANEL * PANEL], turned[MOST_TAPS * PANEL * PANEL];
        winograd_load_block(p, weights, gradient ? made : read, gradient ? read : made, g);
        if (gradient) winograd_turn_block(p, g, turned);
        winograd_weight_block(p->kernel, gradient ? turned : g, u + (k * length + read) * PANEL, u_position);
      }
    }
    winograd_tile tile = {0, 0, 0};
    for (int64_t done = 0; done < l.tiles; done += MOST_TILES) {
      int64_t rows = l.tiles - done < MOST_TILES ? l.tiles - done : MOST_TILES;
      quire_product product = {
        .a = from + done * PANEL, .rows = o.rows, .segments = o.panels, .a_step = 1, .b = u, .c = m,
        .c_rows = o.c_rows, .row_count = rows, .segment_count = from_panels, .length = PANEL,
        .columns = width * PANEL};
      winograd_products(l.positions, product, winograd_position(l.tiles, from_panels), u_position, m_position);
      for (int64_t t = 0; t < rows; t++, tile = winograd_next(p, tile)) {
        char *pixels = (char *)to + tile.image * stride * 4;
        winograd_batch_block block = {m + t * BATCH_PANELS * PANEL, m_position, panel * PANEL, width * PANEL};
        winograd_images floats = {pixels, channels, 0}, bf16 = {pixels, channels, 1};
        if (p->kernel == 3 && to_bf16) winograd_batch_tile(gradient, 3, p, tile, bf16, nowhere, bias, block);
        else if (p->kernel == 3) winograd_batch_tile(gradient, 3, p, tile, floats, nowhere, bias, block);
        else if (to_bf16) winograd_batch_tile(gradient, 5, p, tile, bf16, nowhere, bias, block);
        else winograd_batch_tile(gradient, 5, p, tile, floats, nowhere, bias, block);
      }
    }
  }
}
static void winograd_batch_forward(
  const quire_winograd *p, const float *v, const float *weights, const float *bias, int64_t first, int64_t count,
  float *scratch, void *y, int64_t y_stride
) {
  winograd_batch_outputs(0, p, v, weights, bias, first, count, scratch, y, y_stride);
}
static void winograd_batch_input_gradient(
  const quire_winograd *p, const float *q, const float *weights, int64_t first, int64_t count, float *scratch,
  void *dx, int64_t dx_stride
) {
  winograd_batch_outputs(1, p, q, weights, NULL, first, count, scratch, dx, dx_stride);
}

// Blocks `first` ..< first + count of dw [tap][in][out], numbered
// pair of panels of K · pairs of panels of C + pair of panels of C. Sets them.
static void winograd_batch_weight_gradients(
  const quire_winograd *p, const float *v, const float *q, int64_t first, int64_t count, float *scratch, float *dw
) {
  winograd_layout l = winograd_layout_of(p);
  enum { SIDE = BATCH_PANELS * PANEL };
  int64_t pairs = (l.in_panels + BATCH_PANELS - 1) / BATCH_PANELS, position = winograd_position(SIDE, BATCH_PANELS);
  int32_t *rows = (int32_t *)(scratch + l.positions * position), *du_rows = rows + SIDE, origin = 0;
  for (int64_t c = 0; c < SIDE; c++) rows[c] = (int32_t)(c / PANEL * l.tiles * PANEL + c % PANEL);
  winograd_steps(du_rows, SIDE, SIDE);
  for (int64_t block = first; block < first + count; block++) {
    int64_t in = block % pairs * SIDE, out = block / pairs * SIDE;
    int64_t height = p->in_channels - in < SIDE ? p->in_channels - in : SIDE;
    int64_t panels = l.out_panels - out / PANEL < BATCH_PANELS ? l.out_panels - out / PANEL : BATCH_PANELS;
    quire_product vq = {
      .a = v + in * l.tiles, .rows = rows, .segments = &origin, .a_step = PANEL, .b = q + out * l.tiles,
      .c = scratch, .c_rows = du_rows, .row_count = height, .segment_count = 1, .length = l.tiles,
      .columns = panels * PANEL};
    winograd_products(
      l.positions, vq, winograd_position(l.tiles, l.in_panels), winograd_position(l.tiles, l.out_panels),
      position);
    for (int64_t c = 0; c < height; c++) {
      for (int64_t k = 0; k < panels * PANEL && out + k < p->out_channels; k += LANES) {
        float *to = dw + (in + c) * p->out_channels + out + k;
        int64_t tap = p->in_channels * p->out_channels, n = lanes_left(out + k, p->out_channels);
        const float *du = scratch + c * SIDE + k;
        if (p->kernel == 3) winograd_weight_gradient_line(3, du, position, to, tap, n, 0);
        else winograd_weight_gradient_line(5, du, position, to, tap, n, 0);
      }
    }
  }
}
