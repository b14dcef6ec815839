// Pooling windows over one image; the innermost loop runs over the channels.
#include <math.h>

typedef struct { int64_t from, to; } window;

INLINE window pool_window(int64_t index, int64_t kernel, int64_t stride, int64_t padding, int64_t size) {
  int64_t from = index * stride - padding, to = from + kernel;
  return (window){from < 0 ? 0 : from, to > size ? size : to};
}
INLINE window adaptive_window(int64_t index, int64_t size, int64_t out) {
  return (window){index * size / out, ((index + 1) * size + out - 1) / out};
}

static void max_pool(const quire_pooling *p, const float *x, float *y) {
  int64_t channels = p->channels;
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = pool_window(oy, p->kernel, p->stride, p->padding, p->height);
    for (int64_t ox = 0; ox < p->out_width; ox++, y += channels) {
      window h = pool_window(ox, p->kernel, p->stride, p->padding, p->width);
      for (int64_t c = 0; c < channels; c++) y[c] = -INFINITY;
      for (int64_t iy = v.from; iy < v.to; iy++) {
        for (int64_t ix = h.from; ix < h.to; ix++) {
          const float *in = x + (iy * p->width + ix) * channels;
          for (int64_t c = 0; c < channels; c++) y[c] = in[c] > y[c] || in[c] != in[c] ? in[c] : y[c];
        }
      }
    }
  }
}

// The gradient goes to the first of equal maxima, and to the last NaN, as in PyTorch.
static void max_pool_backward(const quire_pooling *p, const float *x, const float *dy, float *dx) {
  int64_t channels = p->channels;
  memset(dx, 0, (size_t)(p->height * p->width * channels) * sizeof(float));
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = pool_window(oy, p->kernel, p->stride, p->padding, p->height);
    for (int64_t ox = 0; ox < p->out_width; ox++, dy += channels) {
      window h = pool_window(ox, p->kernel, p->stride, p->padding, p->width);
      for (int64_t c = 0; c < channels; c++) {
        float best = -INFINITY;
        int64_t at = (v.from * p->width + h.from) * channels + c;
        for (int64_t iy = v.from; iy < v.to; iy++) {
          for (int64_t ix = h.from; ix < h.to; ix++) {
            int64_t i = (iy * p->width + ix) * channels + c;
            if (x[i] > best || x[i] != x[i]) {
              best = x[i];
              at = i;
            }
          }
        }
        dx[at] += dy[c];
      }
    }
  }
}

INLINE void window_mean(
  const quire_pooling *p, window v, window h, float divisor, const float *restrict x, float *restrict y
) {
  int64_t channels = p->channels;
  for (int64_t c = 0; c < channels; c++) y[c] = 0;
  for (int64_t iy = v.from; iy < v.to; iy++) {
    for (int64_t ix = h.from; ix < h.to; ix++) {
      const float *in = x + (iy * p->width + ix) * channels;
      for (int64_t c = 0; c < channels; c++) y[c] += in[c];
    }
  }
  for (int64_t c = 0; c < channels; c++) y[c] /= divisor;
}

INLINE void window_spread(
  const quire_pooling *p, window v, window h, float divisor, const float *restrict dy, float *restrict dx
) {
  int64_t channels = p->channels;
  for (int64_t iy = v.from; iy < v.to; iy++) {
    for (int64_t ix = h.from; ix < h.to; ix++) {
      float *out = dx + (iy * p->width + ix) * channels;
      for (int64_t c = 0; c < channels; c++) out[c] += dy[c] / divisor;
    }
  }
}

// Padding counts as zeros in the mean.
static void average_pool(const quire_pooling *p, const float *x, float *y) {
  float divisor = (float)(p->kernel * p->kernel);
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = pool_window(oy, p->kernel, p->stride, p->padding, p->height);
    for (int64_t ox = 0; ox < p->out_width; ox++, y += p->channels) {
      window_mean(p, v, pool_window(ox, p->kernel, p->stride, p->padding, p->width), divisor, x, y);
    }
  }
}

static void average_pool_backward(const quire_pooling *p, const float *dy, float *dx) {
  float divisor = (float)(p->kernel * p->kernel);
  memset(dx, 0, (size_t)(p->height * p->width * p->channels) * sizeof(float));
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = pool_window(oy, p->kernel, p->stride, p->padding, p->height);
    for (int64_t ox = 0; ox < p->out_width; ox++, dy += p->channels) {
      window_spread(p, v, pool_window(ox, p->kernel, p->stride, p->padding, p->width), divisor, dy, dx);
    }
  }
}

static void adaptive_pool(const quire_pooling *p, const float *x, float *y) {
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = adaptive_window(oy, p->height, p->out_height);
    for (int64_t ox = 0; ox < p->out_width; ox++, y += p->channels) {
      window h = adaptive_window(ox, p->width, p->out_width);
      window_mean(p, v, h, (float)((v.to - v.from) * (h.to - h.from)), x, y);
    }
  }
}

static void adaptive_pool_backward(const quire_pooling *p, const float *dy, float *dx) {
  memset(dx, 0, (size_t)(p->height * p->width * p->channels) * sizeof(float));
  for (int64_t oy = 0; oy < p->out_height; oy++) {
    window v = adaptive_window(oy, p->height, p->out_height);
    for (int64_t ox = 0; ox < p->out_width; ox++, dy += p->channels) {
      window h = adaptive_window(ox, p->width, p->out_width);
      window_spread(p, v, h, (float)((v.to - v.from) * (h.to - h.from)), dy, dx);
    }
  }
}
