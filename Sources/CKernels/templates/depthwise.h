// Convolutions of each channel with a filter of its own: eight channels at a time, a chunk of pixels deep so
// that the rows of the image under the filter stay in the first cache.

enum { CHUNK = 32 };

INLINE void depthwise_chunk(const quire_depthwise *p, int64_t from, int64_t to, int64_t tap_count) {
  int64_t channels = p->channels, c = 0;
  for (; c + LANES <= channels; c += LANES) {
    vf bias = p->bias ? load(p->bias + c) : (vf)0;
    for (int64_t r = from; r < to; r++) {
      const float *in = p->in + p->rows[r] + c;
      vf sum = bias;
      for (int64_t t = 0; t < tap_count; t++) {
        sum += load(in + p->taps[t]) * load(p->weights + t * channels + c);
      }
      store(p->out + p->out_rows[r] + c, sum);
    }
  }
  for (; c < channels; c++) {
    for (int64_t r = from; r < to; r++) {
      const float *in = p->in + p->rows[r] + c;
      float sum = p->bias ? p->bias[c] : 0;
      for (int64_t t = 0; t < tap_count; t++) sum += in[p->taps[t]] * p->weights[t * channels + c];
      p->out[p->out_rows[r] + c] = sum;
    }
  }
}

static void depthwise(const quire_depthwise *p) {
  for (int64_t from = 0; from < p->row_count; from += CHUNK) {
    int64_t to = from + CHUNK < p->row_count ? from + CHUNK : p->row_count;
    if (p->tap_count == 9) depthwise_chunk(p, from, to, 9);
    else depthwise_chunk(p, from, to, p->tap_count);
  }
}

// A group of at most nine taps, whose sums stay in registers.
INLINE void depthwise_taps(
  const float *in, const int32_t *rows, const int32_t *taps, int64_t from, int64_t to, int64_t tap_count,
  int64_t channels, const float *dy, float *weights
) {
  int64_t c = 0;
  for (; c + LANES <= channels; c += LANES) {
    vf sum[9] = {0};
    for (int64_t r = from; r < to; r++) {
      const float *at = in + rows[r] + c;
      vf g = load(dy + r * channels + c);
      for (int64_t t = 0; t < tap_count; t++) sum[t] += load(at + taps[t]) * g;
    }
    for (int64_t t = 0; t < tap_count; t++) {
      float *w = weights + t * channels + c;
      store(w, load(w) + sum[t]);
    }
  }
  for (; c < channels; c++) {
    float sum[9] = {0};
    for (int64_t r = from; r < to; r++) {
      const float *at = in + rows[r] + c;
      float g = dy[r * channels + c];
      for (int64_t t = 0; t < tap_count; t++) sum[t] += at[taps[t]] * g;
    }
    for (int64_t t = 0; t < tap_count; t++) weights[t * channels + c] += sum[t];
  }
}

static void depthwise_weights(
  const float *in, const int32_t *rows, const int32_t *taps, int64_t row_count, int64_t tap_count,
  int64_t channels, const float *dy, float *weights
) {
  for (int64_t from = 0; from < row_count; from += CHUNK) {
    int64_t to = from + CHUNK < row_count ? from + CHUNK : row_count;
    for (int64_t t = 0; t < tap_count; t += 9) {
      float *w = weights + t * channels;
      if (tap_count - t >= 9) depthwise_taps(in, rows, taps + t, from, to, 9, channels, dy, w);
      else depthwise_taps(in, rows, taps + t, from, to, tap_count - t, channels, dy, w);
    }
  }
}

static void column_sums(const float *x, int64_t rows, int64_t columns, float *sums) {
  int64_t c = 0;
  for (; c + LANES <= columns; c += LANES) {
    vf sum = 0;
    for (int64_t r = 0; r < rows; r++) sum += load(x + r * columns + c);
    store(sums + c, load(sums + c) + sum);
  }
  for (; c < columns; c++) {
    float sum = 0;
    for (int64_t r = 0; r < rows; r++) sum += x[r * columns + c];
    sums[c] += sum;
  }
}
