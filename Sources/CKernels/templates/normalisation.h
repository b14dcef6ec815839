// Batch normalisation of one image: sums over its pixels (float within a chunk, double between chunks) and
// the elementwise passes. NaN passes through the ReLU, so that a broken run shows.

enum { MOMENT_CHUNK = 64 };

static void moments(
  const float *x, const float *shift, int64_t pixels, int64_t channels, double *sum, double *squares
) {
  for (int64_t c = 0; c < channels; c++) sum[c] = squares[c] = 0;
  for (int64_t from = 0; from < pixels; from += MOMENT_CHUNK) {
    int64_t to = from + MOMENT_CHUNK < pixels ? from + MOMENT_CHUNK : pixels, c = 0;
    for (; c + LANES <= channels; c += LANES) {
      vf origin = load(shift + c), total = 0, square = 0;
      for (int64_t r = from; r < to; r++) {
        vf d = load(x + r * channels + c) - origin;
        total += d;
        square += d * d;
      }
      for (int n = 0; n < LANES; n++) {
        sum[c + n] += total[n];
        squares[c + n] += square[n];
      }
    }
    for (; c < channels; c++) {
      float total = 0, square = 0;
      for (int64_t r = from; r < to; r++) {
        float d = x[r * channels + c] - shift[c];
        total += d;
        square += d * d;
      }
      sum[c] += total;
      squares[c] += square;
    }
  }
}

static void normalise(const quire_normalisation *p, const float *restrict x, float *restrict y) {
  const float *restrict mean = p->mean, *restrict scale = p->scale, *restrict offset = p->offset;
  int64_t channels = p->channels;
  for (int64_t r = 0; r < p->pixels; r++, x += channels, y += channels) {
    if (p->relu) {
      for (int64_t c = 0; c < channels; c++) {
        float v = (x[c] - mean[c]) * scale[c] + offset[c];
        y[c] = v < 0 ? 0 : v;
      }
    } else {
      for (int64_t c = 0; c < channels; c++) y[c] = (x[c] - mean[c]) * scale[c] + offset[c];
    }
  }
}

static void normalise_sums(
  const quire_normalisation *p, const float *x, const float *dy, double *sum, double *product
) {
  int64_t channels = p->channels;
  for (int64_t c = 0; c < channels; c++) sum[c] = product[c] = 0;
  for (int64_t from = 0; from < p->pixels; from += MOMENT_CHUNK) {
    int64_t to = from + MOMENT_CHUNK < p->pixels ? from + MOMENT_CHUNK : p->pixels, c = 0;
    for (; c + LANES <= channels; c += LANES) {
      vf mean = load(p->mean + c), scale = load(p->scale + c), offset = load(p->offset + c);
      vf total = 0, cross = 0;
      for (int64_t r = from; r < to; r++) {
        vf d = load(x + r * channels + c) - mean, g = load(dy + r * channels + c);
        if (p->relu) g = d * scale + offset <= 0 ? (vf)0 : g;
        total += g;
        cross += g * d;
      }
      for (int n = 0; n < LANES; n++) {
        sum[c + n] += total[n];
        product[c + n] += cross[n];
      }
    }
    for (; c < channels; c++) {
      float total = 0, cross = 0;
      for (int64_t r = from; r < to; r++) {
        float d = x[r * channels + c] - p->mean[c], g = dy[r * channels + c];
        if (p->relu && d * p->scale[c] + p->offset[c] <= 0) g = 0;
        total += g;
        cross += g * d;
      }
      sum[c] += total;
      product[c] += cross;
    }
  }
}

static void normalise_backward(
  const quire_normalisation *p, const float *restrict x, const float *restrict dy,
  const float *restrict by_gradient, const float *restrict by_input, const float *restrict constant,
  float *restrict dx
) {
  const float *restrict mean = p->mean, *restrict scale = p->scale, *restrict offset = p->offset;
  int64_t channels = p->channels;
  for (int64_t r = 0; r < p->pixels; r++, x += channels, dy += channels, dx += channels) {
    if (p->relu) {
      for (int64_t c = 0; c < channels; c++) {
        float d = x[c] - mean[c];
        float g = d * scale[c] + offset[c] <= 0 ? 0 : dy[c];
        dx[c] = g * by_gradient[c] + (d * by_input[c] + constant[c]);
      }
    } else {
      for (int64_t c = 0; c < channels; c++) {
        dx[c] = dy[c] * by_gradient[c] + ((x[c] - mean[c]) * by_input[c] + constant[c]);
      }
    }
  }
}
