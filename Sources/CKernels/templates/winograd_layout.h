// The layout of the Winograd buffers, the same for all instruction sets.
//
// Dilation d on H×W is d² ordinary convolutions on the sub-grids of every d-th line and column. A tile is 4×4
// outputs of one sub-grid, so its lines are y, y + d, y + 2d and y + 3d, and a line starts tiles if and only
// if y / d is a multiple of 4.
//
// A transformed buffer holds 36 positions, `position` floats apart: 16 more than its data, because otherwise the
// 36 lines written by a transform would share a few cache sets.
#ifndef QUIRE_WINOGRAD_LAYOUT_H
#define QUIRE_WINOGRAD_LAYOUT_H
#include "winograd.h"
#include <stdint.h>

enum { POSITIONS = 36, WINOGRAD_PANEL = 16, MOST_TILES = 64 };

typedef struct {
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
    .tiles = tiles, .chunk = chunks > 0 ? (tiles + chunks - 1) / chunks : 0,
    .in_panels = (p->in_channels + WINOGRAD_PANEL - 1) / WINOGRAD_PANEL,
    .out_panels = (p->out_channels + WINOGRAD_PANEL - 1) / WINOGRAD_PANEL};
}

// Floats between two positions of a buffer with `rows` lines of `panels` panels.
static inline int64_t winograd_position(int64_t rows, int64_t panels) {
  return (rows * panels + 1) * WINOGRAD_PANEL;
}
// Floats that replace a line of a tile outside the image.
static inline int64_t winograd_line(const quire_winograd *p, int64_t panels) {
  return (5 * p->dilation + 1) * panels * WINOGRAD_PANEL;
}
#endif
