// With few channels, vectors would be half empty. A kernel whose pixels are independent therefore treats several
// adjacent pixels as one pixel with more channels. Their number is then a multiple of one vector, or of four
// vectors, which form four chains of additions.

enum { SPAN_MAX = 2048 };

typedef struct {
  int64_t pixels, width;  // width = pixels · channels
} span;

// `vectors` is a power of two.
INLINE span span_of(int64_t channels, int64_t vectors) {
  int64_t factor = channels & -channels;  // the power of two in it
  for (; vectors > 0; vectors /= 2) {
    int64_t unit = vectors * LANES, pixels = factor < unit ? unit / factor : 1;
    if (pixels * channels <= SPAN_MAX) return (span){pixels, pixels * channels};
  }
  return (span){1, channels};
}

// Expands one number per channel to one per channel of the span; `buffer` [SPAN_MAX] is used if they differ.
INLINE const float *spread(const float *values, span s, float *buffer) {
  if (s.pixels == 1) return values;
  int64_t channels = s.width / s.pixels;
  for (int64_t i = 0; i < s.width; i++) buffer[i] = i < channels ? values[i] : buffer[i - channels];
  return buffer;
}

// Sums per channel from the sums per channel of the span, [width].
INLINE void fold(const double *wide, span s, double *sums) {
  int64_t channels = s.width / s.pixels;
  for (int64_t c = 0; c < channels; c++) {
    double sum = 0;
    for (int64_t i = c; i < s.width; i += channels) sum += wide[i];
    sums[c] = sum;
  }
}

// Adds sums a channel of the span to sums a channel.
INLINE void fold_floats(const float *wide, span s, float *sums) {
  int64_t channels = s.width / s.pixels;
  for (int64_t c = 0; c < channels; c++) {
    float sum = 0;
    for (int64_t i = c; i < s.width; i += channels) sum += wide[i];
    sums[c] += sum;
  }
}

// A pass over an image applies a function to blocks. A block is some vectors of channels, whose coefficients and
// sums stay in registers, over the rows of a chunk; a row is a span. Calls BODY(at, rows, c, vectors, n) for each:
// `at` floats into the image, from channel c of the span on, n channels in each vector. The rest of the image
// after whole spans is a shorter row.
enum { CHUNK_ROWS = 64, BLOCK = 4 };

#define FOR_BLOCKS(s, floats, block, BODY) \
  for (int64_t end = (floats), at = 0, rows, width; at < end; at += rows * width) { \
    rows = (end - at) / (s).width; \
    width = rows ? (s).width : end - at; \
    rows = rows > CHUNK_ROWS ? CHUNK_ROWS : rows ? rows : 1; \
    int64_t c = 0; \
    for (; c + (block) * LANES <= width; c += (block) * LANES) BODY(at + c, rows, c, block, LANES); \
    for (; c < width; c += LANES) BODY(at + c, rows, c, 1, lanes_left(c, width)); \
  }
