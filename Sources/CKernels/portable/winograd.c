// The buffer sizes and the costs of the Winograd kernels.
#include "../templates/winograd_layout.h"

int64_t quire_winograd_weights_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(l.in_panels * WINOGRAD_PANEL, l.out_panels);
}
int64_t quire_winograd_transposed_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(l.out_panels * WINOGRAD_PANEL, l.in_panels);
}
int64_t quire_winograd_transposed_bf16_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(l.out_panels * WINOGRAD_PANEL / 2, l.in_panels);
}
int64_t quire_winograd_gradient_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(p->in_channels, l.out_panels);
}
int64_t quire_winograd_tiles(const quire_winograd *p) { return winograd_layout_of(p).tiles; }
int64_t quire_winograd_blocks(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.in_panels * l.out_panels;
}
int64_t quire_winograd_forward_scratch(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return winograd_line(p, l.in_panels) + winograd_line(p, l.out_panels)
    + l.positions * (winograd_position(l.chunk, l.in_panels) + winograd_position(l.chunk, 2))
    + 2 * l.chunk + l.in_panels;
}
int64_t quire_winograd_backward_scratch(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  int64_t most = l.in_panels > l.out_panels ? l.in_panels : l.out_panels;
  int64_t even = (l.chunk + 1) / 2 * 2;  // Q is twice half as large in bf16
  return 2 * winograd_line(p, most) + l.out_panels * WINOGRAD_PANEL
    + l.positions * (winograd_position(even, l.in_panels) + 2 * winograd_position(even / 2, l.out_panels))
    + 2 * l.chunk + l.out_panels + 2 * p->in_channels;
}

int64_t quire_winograd_batch_input_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(l.tiles, l.in_panels);
}
int64_t quire_winograd_batch_output_size(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return l.positions * winograd_position(l.tiles, l.out_panels);
}
int64_t quire_winograd_batch_line(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  return winograd_line(p, l.in_panels > l.out_panels ? l.in_panels : l.out_panels);
}
int64_t quire_winograd_batch_scratch(const quire_winograd *p) {
  enum { AT_ONCE = QUIRE_WINOGRAD_PANELS_AT_ONCE };
  winograd_layout l = winograd_layout_of(p);
  int64_t most = l.in_panels > l.out_panels ? l.in_panels : l.out_panels;
  return winograd_line(p, most)
    + l.positions * (winograd_position(most * WINOGRAD_PANEL, AT_ONCE) + winograd_position(MOST_TILES, AT_ONCE))
    + 2 * MOST_TILES + most + 2 * AT_ONCE * WINOGRAD_PANEL;
}
int64_t quire_winograd_batch_blocks(const quire_winograd *p) {
  enum { AT_ONCE = QUIRE_WINOGRAD_PANELS_AT_ONCE };
  winograd_layout l = winograd_layout_of(p);
  return (l.in_panels + AT_ONCE - 1) / AT_ONCE * ((l.out_panels + AT_ONCE - 1) / AT_ONCE);
}

// Costs are in multiplications of a panel. Transforming a panel of a tile takes as long as about 350 of them, or 1000
// for a kernel of 5, and direct products reach about 90% of the peak.
int quire_winograd_pays(const quire_winograd *p) {
  winograd_layout l = winograd_layout_of(p);
  int64_t products = l.positions * l.in_panels * WINOGRAD_PANEL * l.out_panels;
  int64_t transforms = (p->kernel == 3 ? 350 : 1000) * (l.in_panels + l.out_panels);
  int64_t taps = p->kernel * p->kernel;
  return 9 * l.tiles * (products + transforms)
    < 10 * taps * p->images * p->height * p->width * p->in_channels * l.out_panels;
}
