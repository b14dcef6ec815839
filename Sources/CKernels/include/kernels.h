// The float kernels behind one table, chosen once for the CPU. Images are [height][width][channels].
// No kernel reads or writes a number beyond the sizes that are given here; scripts/sanitize holds them to it.
#ifndef QUIRE_KERNELS_H
#define QUIRE_KERNELS_H
#include "families.h"
#include "winograd.h"
#include <stdint.h>

#pragma clang assume_nonnull begin

// C[r][0 ..< columns] = Σ_s Σ_k A[rows[r] + segments[s] + k·a_step] · B[s·length + k][column].
// One form serves convolutions (rows are pixels, segments taps, k channels), their input gradients (the same
// over the output's gradient) and their weight gradients (rows are weights, segments lines, k pixels).
typedef struct {
  const float *a;
  const int32_t *rows;      // [row_count], in floats from a
  const int32_t *segments;  // [segment_count], in floats from a + rows[r]
  int64_t a_step;
  const float *b;           // [panel][segment_count · length][16]: 16 columns a panel, zero-padded
  const float *_Nullable bias;  // [panel][16], or NULL
  void *c;
  const int32_t *c_rows;    // [row_count], in numbers from c
  int64_t row_count, segment_count, length, columns;
  int accumulate;           // add to C instead of setting it; without bias
  int relu;                 // set what is below 0 to 0; without accumulate
  int c_bf16;               // whether C is of bf16 instead of floats; without accumulate
} quire_product;

// out[out_rows[r]][c] = bias[c] + Σ_t in[rows[r] + taps[t]][c] · weights[t][c]
typedef struct {
  const float *in;
  const int32_t *rows, *taps;
  const float *weights;     // [tap_count][channels], `stride` floats between taps
  const float *_Nullable bias;  // [channels], or NULL
  float *out;
  const int32_t *out_rows;
  int64_t row_count, tap_count, channels, stride;
} quire_depthwise;

// Some channels of an image with zeros around it, for convolutions of groups of 2, 4 or 8 channels:
// dst [top + height + bottom][group][left + width + right][QUIRE_SPREAD]. In line i of `group`, every channel is input i
// of its group, so that these convolutions are depthwise ones with a tap for each input.
enum { QUIRE_SPREAD = 16 };
typedef struct {
  const float *src;         // [height][width][stride]
  int64_t height, width, stride, top, bottom, left, right;
  int64_t channels, group;  // channels is at most QUIRE_SPREAD
  float *dst;
} quire_spread;

// The same for a filter of 3 × 3 with stride 1; what it would read outside of the image counts as 0:
// out[y][x][c] = bias[c] + Σ_t in[y − padding + ⌊t/3⌋·dilation][x − padding + (t mod 3)·dilation][c] · weights[t][c]
typedef struct {
  const float *in;          // [in_height][in_width][channels]
  int64_t in_height, in_width, padding, dilation;
  const float *weights;     // [9][channels]
  int flipped;              // weights[8 − t] instead, as the input's gradient has them
  const float *_Nullable bias;  // [channels], or NULL
  void *out;                // [height][width][channels]
  int out_bf16;             // whether it is of bf16 instead of floats
  int64_t height, width, channels;
} quire_depthwise3x3;

// A batch normalisation of one image with an optional ReLU behind it, and its gradients.
// y = relu((x − mean)·scale + offset)
typedef struct {
  const float *mean, *scale, *offset;  // [channels]
  int64_t pixels, channels;
  int relu;
  int x_bf16, dy_bf16, y_bf16, dx_bf16;  // whether the image is of bf16 instead of floats
} quire_normalisation;

typedef struct {
  int64_t height, width, channels, out_height, out_width, kernel, stride, padding;
} quire_pooling;

typedef struct {
  const char *name;

  void (*product)(const quire_product *);
  // The same where each float of A and B stands for a pair of bf16, neighbours along k. NULL where the CPU has
  // no instruction for it.
  void (*_Nullable product_bf16)(const quire_product *);
  // `product` through OpenBLAS, where that is faster; NULL elsewhere. Returns 0 and leaves C as it was where the
  // library cannot be used.
  int (*_Nullable product_openblas)(const quire_product *);
  // Whether OpenBLAS computes the weight gradients of a large Linear faster than `product`.
  int openblas_computes_gradients;
  // dst [panel][rows][16] from src [rows][stride], its first `columns`.
  void (*pack)(const float *src, int64_t rows, int64_t columns, int64_t stride, float *dst);

  void (*convolve_channels)(const quire_depthwise *);
  void (*spread_groups)(const quire_spread *);
  // weights[t][c] += Σ_r in[rows[r] + taps[t]][c] · dy[r][c], with taps of weights and rows of dy `stride` floats apart
  void (*depthwise_weights)(
    const float *in, const int32_t *rows, const int32_t *taps, int64_t row_count, int64_t tap_count,
    int64_t channels, int64_t stride, const float *dy, float *weights);
  void (*depthwise3x3)(const quire_depthwise3x3 *);
  // dweights[t][c] += Σ_y Σ_x in[y − …][x − …][c] · dy[y][x][c], with what the convolution reads of `in`;
  // its weights, bias and out do not matter.
  void (*depthwise3x3_weights)(const quire_depthwise3x3 *, const float *dy, float *dweights);
  // Of blocks first ..< first + count of the weights [tap][in][out]: u, and `transposed` if it is wanted.
  void (*winograd_weights)(
    const quire_winograd *, const float *weights, int64_t first, int64_t count, float *u,
    float *_Nullable transposed);
  // bias [panel][16], zero-padded, or NULL.
  void (*winograd_forward)(
    const quire_winograd *, const void *x, const float *u, const float *_Nullable bias, float *scratch,
    void *y);
  quire_winograd_backward_function *winograd_backward;
  // Adds blocks first ..< first + count of the weights' gradient that du stands for to dweights
  // [tap][in][out].
  void (*winograd_weight_gradients)(
    const quire_winograd *, const float *du, int64_t first, int64_t count, float *dweights);
  // The gradients with factors in bf16 and sums in floats, and the `transposed` that they take. NULL where
  // product_bf16 is.
  quire_winograd_backward_function *_Nullable winograd_backward_bf16;
  void (*winograd_transposed_bf16)(
    const quire_winograd *, const float *weights, int64_t first, int64_t count, float *transposed);

  // The same over all images of a batch (`images` of the problem), for layers with more weights than pixels. First
  // v from each image of x, and q from each of dy, with the sums of that image's dy; then, from v, q and
  // `weights` [tap][in][out], the output channels or the gradients of the input channels of panels
  // first ..< first + count, for all images, `stride` floats apart; and blocks of dweights, which are set.
  void (*winograd_batch_input)(const quire_winograd *, const void *x, int64_t image, float *scratch, float *v);
  void (*winograd_batch_output_gradient)(
    const quire_winograd *, const void *dy, int64_t image, float *scratch, float *q, float *sums);
  void (*winograd_batch_forward)(
    const quire_winograd *, const float *v, const float *weights, const float *_Nullable bias, int64_t first,
    int64_t count, float *scratch, void *y, int64_t stride);
  void (*winograd_batch_input_gradient)(
    const quire_winograd *, const float *q, const float *weights, int64_t first, int64_t count, float *scratch,
    void *dx, int64_t stride);
  void (*winograd_batch_weight_gradients)(
    const quire_winograd *, const float *v, const float *q, int64_t first, int64_t count, float *scratch,
    float *dweights);

  // sums[c] += Σ_r x[r][c]
  void (*column_sums)(const void *x, int x_bf16, int64_t rows, int64_t columns, float *sums);

  // sum[c] = Σ (x − shift), squares[c] = Σ (x − shift)² over the pixels
  void (*moments)(
    const void *x, int x_bf16, const float *shift, int64_t pixels, int64_t channels, double *sum,
    double *squares);
  void (*normalise)(const quire_normalisation *, const void *x, void *y);
  // With dz = dy where y > 0 (everywhere without ReLU): sum[c] = Σ dz, product[c] = Σ dz·(x − mean)
  void (*normalise_sums)(
    const quire_normalisation *, const void *x, const void *dy, double *sum, double *product);
  // dx = dz·by_gradient + (x − mean)·by_input + constant
  void (*normalise_backward)(
    const quire_normalisation *, const void *x, const void *dy, const float *by_gradient,
    const float *by_input, const float *constant, void *dx);

  // Each activation and its gradient; `a` is its constant (LeakyReLU's slope).
#define QUIRE_DECLARE_ACTIVATION(name, ...) \
  void (*name)(const float *x, float a, float *y, int64_t n); \
  void (*name##_backward)(const float *x, const float *dy, float a, float *dx, int64_t n);
  QUIRE_ACTIVATIONS(QUIRE_DECLARE_ACTIVATION)
  void (*add)(const float *a, const float *b, float *y, int64_t n);  // y may be a
  // Element e survives where unit(philox(key, high, low·2³² + e/4), lane e mod 4) ≥ p, times 1/(1−p).
  void (*dropout)(const float *x, float *y, int64_t n, float p, uint64_t key, uint64_t high, uint32_t low);

  void (*max_pool)(const quire_pooling *, const float *x, float *y);
  void (*max_pool_backward)(const quire_pooling *, const float *x, const float *dy, float *dx);
  void (*average_pool)(const quire_pooling *, const float *x, float *y);
  void (*average_pool_backward)(const quire_pooling *, const float *dy, float *dx);
  // Cells of ⌊i·size/out⌋ ..< ⌈(i+1)·size/out⌉; kernel, stride and padding are not read.
  void (*adaptive_pool)(const quire_pooling *, const float *x, float *y);
  void (*adaptive_pool_backward)(const quire_pooling *, const float *dy, float *dx);

#define QUIRE_DECLARE_KERNEL(result, name, parameters) result (*name) parameters;
  QUIRE_FAMILIES(QUIRE_DECLARE_KERNEL)

  // bf16: the upper half of a float, to the nearest, ties to even; NaN stays NaN. Where the CPU rounds by itself,
  // numbers below the normal ones become 0.
  void (*to_bf16)(const float *src, void *dst, int64_t n);
  void (*from_bf16)(const void *src, float *dst, int64_t n);
  // Pairs of rows of src [rows][stride], its first `columns`; a last row without a partner is paired with zeros:
  // dst [panel][⌈rows/2⌉][16][2], and dst [⌈rows/2⌉][columns][2]. src is of floats or of bf16.
  void (*pack_bf16)(const void *src, int src_bf16, int64_t rows, int64_t columns, int64_t stride, void *dst);
  void (*pair_rows_bf16)(
    const void *src, int src_bf16, int64_t rows, int64_t columns, int64_t stride, void *dst);
} quire_kernels;

// The best kernels this CPU runs, or those that the environment's QUIRE_ISA names if it runs them. Never NULL.
const quire_kernels *quire_kernels_best(void);
// What QUIRE_ISA is set to, or NULL: for an error where it is not supported.
const char *_Nullable quire_kernels_forced(void);
// "avx512bf16", "avx512", "avx2" or "portable"; NULL where the CPU lacks it or the name is unknown.
const quire_kernels *_Nullable quire_kernels_named(const char *name);
typedef enum { QUIRE_UNKNOWN, QUIRE_UNSUPPORTED, QUIRE_SUPPORTED } quire_support;
// Whether a name is one of the above, and whether this CPU runs it.
quire_support quire_kernels_support(const char *name);
// All that this CPU runs, the best at 0; NULL beyond the last.
const quire_kernels *_Nullable quire_kernels_supported(int index);

// dst [top + height + bottom][left + width + right][channels], zero around src.
void quire_pad(
  const float *src, int64_t height, int64_t width, int64_t channels, int64_t top, int64_t bottom,
  int64_t left, int64_t right, float *dst);
// dst [columns][rows] from src [rows][columns]
void quire_transpose(const float *src, int64_t rows, int64_t columns, float *dst);
// dst [panel][rows][16] with dst(row, column) = src[column][row]; `panel_stride` floats between panels.
void quire_pack_transposed(
  const float *src, int64_t rows, int64_t columns, int64_t stride, int64_t panel_stride, float *dst);
// dst[i] = parts[0][i] + parts[1][i] + …, in that order.
void quire_sum_parts(const float *parts, int64_t count, int64_t stride, int64_t n, float *dst);
// scale[c] is 0 with probability p, else 1/(1−p); numbered as in `dropout`.
void quire_dropout_channels(float *scale, int64_t n, float p, uint64_t key, uint64_t high, uint32_t low);
void quire_log_softmax(const float *x, float *y, int64_t n);
void quire_log_softmax_backward(const float *y, const float *dy, float *dx, int64_t n);
void quire_softmax(const float *x, float *y, int64_t n);
void quire_softmax_backward(const float *y, const float *dy, float *dx, int64_t n);
#pragma clang assume_nonnull end
#endif
