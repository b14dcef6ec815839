// Pooling by definition: one number of the output at a time.
#include "reference.h"
#include <math.h>

typedef struct { int64_t top, bottom, left, right, divisor; } cell;

static cell cell_at(const quire_pooling *p, quire_pool_kind kind, int64_t oy, int64_t ox) {
  if (kind == QUIRE_ADAPTIVE) {
    cell c = {
      oy * p->height / p->out_height, ((oy + 1) * p->height + p->out_height - 1) / p->out_height,
      ox * p->width / p->out_width, ((ox + 1) * p->width + p->out_width - 1) / p->out_width, 0};
    c.divisor = (c.bottom - c.top) * (c.right - c.left);
    return c;
  }
  int64_t top = oy * p->stride - p->padding, left = ox * p->stride - p->padding;
  return (cell){top, top + p->kernel, left, left + p->kernel, p->kernel * p->kernel};
}

static int inside(const quire_pooling *p, int64_t y, int64_t x) {
  return y >= 0 && y < p->height && x >= 0 && x < p->width;
}

void quire_reference_pool(const quire_pooling *p, quire_pool_kind kind, const float *x, float *y) {
  for (int64_t i = 0; i < p->out_height * p->out_width * p->channels; i++) {
    int64_t c = i % p->channels, o = i / p->channels;
    cell w = cell_at(p, kind, o / p->out_width, o % p->out_width);
    double sum = 0, best = -INFINITY;
    for (int64_t iy = w.top; iy < w.bottom; iy++)
      for (int64_t ix = w.left; ix < w.right; ix++) {
        if (!inside(p, iy, ix)) continue;
        double v = x[(iy * p->width + ix) * p->channels + c];
        sum += v;
        if (v > best) best = v;
      }
    y[i] = (float)(kind == QUIRE_MAXIMUM ? best : sum / (double)w.divisor);
  }
}

void quire_reference_pool_backward(
  const quire_pooling *p, quire_pool_kind kind, const float *x, const float *dy, float *dx
) {
  for (int64_t i = 0; i < p->height * p->width * p->channels; i++) dx[i] = 0;
  for (int64_t i = 0; i < p->out_height * p->out_width * p->channels; i++) {
    int64_t c = i % p->channels, o = i / p->channels, at = -1;
    cell w = cell_at(p, kind, o / p->out_width, o % p->out_width);
    for (int64_t iy = w.top; iy < w.bottom; iy++)
      for (int64_t ix = w.left; ix < w.right; ix++) {
        if (!inside(p, iy, ix)) continue;
        int64_t index = (iy * p->width + ix) * p->channels + c;
        if (kind != QUIRE_MAXIMUM) dx[index] += dy[i] / (float)w.divisor;
        else if (at < 0 || x[index] > x[at]) at = index;
      }
    if (kind == QUIRE_MAXIMUM && at >= 0) dx[at] += dy[i];
  }
}
