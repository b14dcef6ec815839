// The layout of the Winograd buffers, the same for all instruction sets.
//
// Dilation d on H×W is d² ordinary convolutions on the sub-grids of every d-th line and column. A tile is 4×4
// outputs of one sub-grid, so its lines are y, y + d, y + 2d and y + 3d, and a line starts tiles if and only
// if y / d is a multiple of 4.
//
// A transformed buffer holds (kernel + 3)² positions, 36 or 64, `position` floats apart: 16 more than its data, because
// otherwise the lines written by a transform would share a few cache sets.
#ifndef QUIRE_WINOGRAD_LAYOUT_H
#define QUIRE_WINOGRAD_LAYOUT_H
#include "winograd.h"
#include <stdint.h>

enum { WINOGRAD_PANEL = 16, MOST_TILES = 64, MOST_SIDE = 8, MOST_POSITIONS = MOST_SIDE * MOST_SIDE };

// The inputs of a tile in one dimension, which is also the number of points.
static inline int winograd_side(int64_t kernel) { return (int)kernel + 3; }
static inline int winograd_positions(int64_t kernel) { return winograd_side(kernel) * winograd_side(kernel); }

typedef struct {
  int64_t positions;              // (kernel + 3)²
  int64_t tiles;                  // of all images
  int64_t chunk;                  // tiles transformed and multiplied together, at most MOST_TILES
  int64_t in_panels, out_panels;  // panels of 16 channels
} winograd_layout;

static inline int64_t winograd_starts(int64_t n, int64_t dilation) {
  int64_t rest = n % (4 * dilation);
  return n / (4 * dilation) * dilation + (rest < dilation ? rest : dilation);
}

static inline winograd_layout winograd_layout_of(const quire_winograd *p) {
  int64_t lines = winograd_starts(p->height, p->dilation), columns = winograd_starts(p->width, p->dilation);
  int64_t tiles = p->images * lines * columns;
  int64_t chunks = (tiles + MOST_TILES - 1) / MOST_TILES;
  return (winograd_layout){
    .positions = winograd_positions(p->kernel), .tiles = tiles, .chunk = chunks > 0 ? (tiles + chunks - 1) / chunks : 0,
    .in_panels = (p->in_channels + WINOGRAD_PANEL - 1) / WINOGRAD_PANEL,
    .out_panels = (p->out_channels + WINOGRAD_PANEL - 1) / WINOGRAD_PANEL};
}

// Floats between two positions of a buffer with `rows` lines of `panels` panels.
static inline int64_t winograd_position(int64_t rows, int64_t panels) {
  return (rows * panels + 1) * WINOGRAD_PANEL;
}
// Floats that replace a line of a tile outside the image.
static inline int64_t winograd_line(const quire_winograd *p, int64_t panels) {
  return ((winograd_side(p->kernel) - 1) * p->dilation + 1) * panels * WINOGRAD_PANEL;
}
#endif
