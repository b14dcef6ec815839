// 3×3 and 5×5 convolutions of stride 1 whose outputs are as many as their inputs, by Winograd's F(4×4, 3×3) and
// F(4×4, 5×5): 2.25 of 9 multiplications an output, and 4 of 25. The kernels are in quire_kernels; this file has the
// problem and the sizes of its buffers, all in floats. Buffers that start at a multiple of 64 bytes are faster.
#ifndef QUIRE_WINOGRAD_H
#define QUIRE_WINOGRAD_H
#include <stdint.h>

#pragma clang assume_nonnull begin

// Images [images][height][width][channels]. The result for an image does not depend on the others, but the images
// share the reading of the weights: for 16×16 pixels or fewer, several images are faster than one. Sums over
// images depend on which images a call gets.
typedef struct {
  int64_t images, height, width;
  int64_t kernel;  // 3 or 5; the padding is dilation · ⌊kernel/2⌋
  int64_t dilation, in_channels, out_channels;
  int in_bf16, out_bf16, dx_bf16;  // whether x, y and dy, dx are of bf16 instead of floats
  int relu;                        // forward: set negative values to 0
} quire_winograd;

// Sets du in the `first` call for a sum of weight gradients and adds to it in later calls; adds dy's sums to dbias
// if it is given; sets dx if `transposed` and dx are given.
typedef void quire_winograd_backward_function(
  const quire_winograd *, const void *x, const void *dy, const float *_Nullable transposed, float *scratch,
  float *du, int first, void *_Nullable dx, float *_Nullable dbias);

// Whether it is faster than the direct convolution: not with few channels or few pixels per 4×4 tile.
int quire_winograd_pays(const quire_winograd *);
// The weights, their transposes (for the input's gradient) and their gradient, each at (kernel + 3)² points.
int64_t quire_winograd_weights_size(const quire_winograd *);
int64_t quire_winograd_transposed_size(const quire_winograd *);
int64_t quire_winograd_transposed_bf16_size(const quire_winograd *);
int64_t quire_winograd_gradient_size(const quire_winograd *);
// The scratch memory of one call. It needs no initial value and keeps nothing between calls.
int64_t quire_winograd_forward_scratch(const quire_winograd *);
int64_t quire_winograd_backward_scratch(const quire_winograd *);
// Tiles of 4×4 outputs, of all images.
int64_t quire_winograd_tiles(const quire_winograd *);
// The number of blocks of 16 × 16 weights in the weights' transforms, which threads can share.
int64_t quire_winograd_blocks(const quire_winograd *);

// The kernels over a batch use the weights of this many panels of 16 channels at once.
enum { QUIRE_WINOGRAD_PANELS_AT_ONCE = 2 };
// The sizes of their v and q, and the scratch memory of calls for an image and of the others.
int64_t quire_winograd_batch_input_size(const quire_winograd *);
int64_t quire_winograd_batch_output_size(const quire_winograd *);
int64_t quire_winograd_batch_line(const quire_winograd *);
int64_t quire_winograd_batch_scratch(const quire_winograd *);
// The number of blocks of the weights' gradient, which threads can share.
int64_t quire_winograd_batch_blocks(const quire_winograd *);
#pragma clang assume_nonnull end
#endif
