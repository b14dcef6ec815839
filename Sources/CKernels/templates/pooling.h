// Pooling windows over one image: a vector of channels of one number of the output at a time.
#include <math.h>

typedef struct {
  int64_t top, bottom, left, right;
} window;

INLINE window pool_window(const quire_pooling *p, int64_t oy, int64_t ox) {
  int64_t top = oy * p->stride - p->padding, left = ox * p->stride - p->padding;
  int64_t bottom = top + p->kernel, right = left + p->kernel;
  return (window){
    top < 0 ? 0 : top, bottom > p->height ? p->height : bottom, left < 0 ? 0 : left,
    right > p->width ? p->width : right};
}
INLINE window adaptive_window(const quire_pooling *p, int64_t oy, int64_t ox) {
  return (window){
    oy * p->height / p->out_height, ((oy + 1) * p->height + p->out_height - 1) / p->out_height,
    ox * p->width / p->out_width, ((ox + 1) * p->width + p->out_width - 1) / p->out_width};
}
INLINE window window_at(const quire_pooling *p, int64_t oy, int64_t ox, int adaptive) {
  return adaptive ? adaptive_window(p, oy, ox) : pool_window(p, oy, ox);
}
// Padding counts as zeros in the mean.
INLINE float window_size(const quire_pooling *p, window w, int adaptive) {
  return (float)(adaptive ? (w.bottom - w.top) * (w.right - w.left) : p->kernel * p->kernel);
}

// Whether every input number is in exactly one window.
INLINE int windows_tile(const quire_pooling *p, int adaptive) {
  if (adaptive) return p->height % p->out_height == 0 && p->width % p->out_width == 0;
  return p->kernel == p->stride && p->padding == 0 && p->out_height * p->stride == p->height
    && p->out_width * p->stride == p->width;
}

INLINE void clear_input(const quire_pooling *p, float *dx) {
  memset(dx, 0, (size_t)(p->height * p->width * p->channels) * sizeof(float));
}

#define FOR_OUTPUTS(p, at) \
  for (int64_t oy = 0, at = 0; oy < (p)->out_height; oy++) \
    for (int64_t ox = 0; ox < (p)->out_width; ox++, at += (p)->channels)
#define FOR_WINDOW(p, w, at) \
  for (int64_t iy = w.top; iy < w.bottom; iy++) \
    for (int64_t ix = w.left, at = (iy * (p)->width + ix) * (p)->channels; ix < w.right; \
         ix++, at += (p)->channels)
// Calls BODY(c, vectors, n) for vectors of n channels from c on.
#define FOR_CHANNELS(p, BODY) { \
  int64_t c = 0; \
  for (; c + BLOCK * LANES <= (p)->channels; c += BLOCK * LANES) BODY(c, BLOCK, LANES); \
  for (; c + 2 * LANES <= (p)->channels; c += 2 * LANES) BODY(c, 2, LANES); \
  for (; c < (p)->channels; c += LANES) BODY(c, 1, lanes_left(c, (p)->channels)); \
}
#define EACH(v) UNROLL for (int v = 0; v < vectors; v++)

INLINE void max_window(const quire_pooling *p, window w, const float *x, float *y, int vectors, int64_t n) {
  vf best[BLOCK];
  EACH(v) best[v] = -INFINITY;
  FOR_WINDOW(p, w, in) {
    EACH(v) {
      vf value = load_first(x + in + v * LANES, n);
      best[v] = value > best[v] || value != value ? value : best[v];
    }
  }
  EACH(v) store_first(y + v * LANES, best[v], n);
}

static void max_pool(const quire_pooling *p, const float *x, float *y) {
  FOR_OUTPUTS(p, out) {
    window w = pool_window(p, oy, ox);
#define MAXIMUM(c, vectors, n) max_window(p, w, x + (c), y + out + (c), vectors, n)
    FOR_CHANNELS(p, MAXIMUM)
  }
}

// The gradient goes to the first of equal maxima, and to the last NaN, as in PyTorch.
INLINE void max_window_backward(
  const quire_pooling *p, window w, const float *x, const float *dy, float *dx, int vectors, int64_t n
) {
  vf best[BLOCK], g[BLOCK];
  vi place[BLOCK];
  EACH(v) {
    best[v] = -INFINITY;
    g[v] = load_first(dy + v * LANES, n);
    place[v] = 0;
  }
  int32_t number = 0;
  FOR_WINDOW(p, w, in) {
    EACH(v) {
      vf value = load_first(x + in + v * LANES, n);
      vi better = value > best[v] || value != value;
      best[v] = better ? value : best[v];
      place[v] = better ? (vi)number : place[v];
    }
    number++;
  }
  number = 0;
  FOR_WINDOW(p, w, in) {
    EACH(v) {
      float *d = dx + in + v * LANES;
      store_first(d, load_first(d, n) + (place[v] == number ? g[v] : (vf)0), n);
    }
    number++;
  }
}

static void max_pool_backward(const quire_pooling *p, const float *x, const float *dy, float *dx) {
  clear_input(p, dx);
  FOR_OUTPUTS(p, out) {
    window w = pool_window(p, oy, ox);
#define MAXIMUM_BACKWARD(c, vectors, n) \
  max_window_backward(p, w, x + (c), dy + out + (c), dx + (c), vectors, n)
    FOR_CHANNELS(p, MAXIMUM_BACKWARD)
  }
}

// Rows of the window are summed separately: shorter chains, smaller errors.
INLINE void mean_window(
  const quire_pooling *p, window w, float divisor, const float *x, float *y, int vectors, int64_t n
) {
  vf sum[BLOCK] = {0};
  for (int64_t iy = w.top; iy < w.bottom; iy++) {
    const float *in = x + (iy * p->width + w.left) * p->channels;
    vf row[BLOCK] = {0};
    for (int64_t ix = w.left; ix < w.right; ix++, in += p->channels) {
      EACH(v) row[v] += load_first(in + v * LANES, n);
    }
    EACH(v) sum[v] += row[v];
  }
  EACH(v) store_first(y + v * LANES, sum[v] / divisor, n);
}

INLINE void mean_pool(const quire_pooling *p, const float *x, float *y, int adaptive) {
  FOR_OUTPUTS(p, out) {
    window w = window_at(p, oy, ox, adaptive);
    float divisor = window_size(p, w, adaptive);
#define MEAN(c, vectors, n) mean_window(p, w, divisor, x + (c), y + out + (c), vectors, n)
    FOR_CHANNELS(p, MEAN)
  }
}

// Adds a window's part, or sets it if windows do not overlap.
INLINE void mean_window_backward(
  const quire_pooling *p, window w, float divisor, const float *dy, float *dx, int set, int vectors, int64_t n
) {
  vf g[BLOCK];
  EACH(v) g[v] = load_first(dy + v * LANES, n) / divisor;
  FOR_WINDOW(p, w, in) {
    EACH(v) {
      float *d = dx + in + v * LANES;
      store_first(d, set ? g[v] : load_first(d, n) + g[v], n);
    }
  }
}

INLINE void mean_pool_backward(const quire_pooling *p, const float *dy, float *dx, int adaptive) {
  int set = windows_tile(p, adaptive);
  if (!set) clear_input(p, dx);
  FOR_OUTPUTS(p, out) {
    window w = window_at(p, oy, ox, adaptive);
    float divisor = window_size(p, w, adaptive);
#define MEAN_BACKWARD(c, vectors, n) \
  mean_window_backward(p, w, divisor, dy + out + (c), dx + (c), set, vectors, n)
    FOR_CHANNELS(p, MEAN_BACKWARD)
  }
}

static void average_pool(const quire_pooling *p, const float *x, float *y) { mean_pool(p, x, y, 0); }
static void average_pool_backward(const quire_pooling *p, const float *dy, float *dx) {
  mean_pool_backward(p, dy, dx, 0);
}
static void adaptive_pool(const quire_pooling *p, const float *x, float *y) { mean_pool(p, x, y, 1); }
static void adaptive_pool_backward(const quire_pooling *p, const float *dy, float *dx) {
  mean_pool_backward(p, dy, dx, 1);
}
