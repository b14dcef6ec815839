// 3×3 convolutions of stride 1 whose padding is their dilation, by Winograd's F(4×4, 3×3): a quarter of the
// multiplications. The kernels are in quire_kernels; here are the problem and the sizes of its buffers, all in
// floats. The caller aligns buffers to 64 bytes for speed.
#ifndef QUIRE_WINOGRAD_H
#define QUIRE_WINOGRAD_H
#include <stdint.h>

#pragma clang assume_nonnull begin

// Images [images][height][width][channels], one behind the other; all that is multiplied at the same time
// shares the reading of the weights, which pays where an image has few pixels.
typedef struct {
  int64_t images, height, width, dilation, in_channels, out_channels;
} quire_winograd;

// The weights, their transposes (for the input's gradient) and their gradient, each at 36 points.
int64_t quire_winograd_weights_size(const quire_winograd *);
int64_t quire_winograd_transposed_size(const quire_winograd *);
int64_t quire_winograd_gradient_size(const quire_winograd *);
// What one call works in. It needs no initial value and holds nothing from one call to the next.
int64_t quire_winograd_forward_scratch(const quire_winograd *);
int64_t quire_winograd_backward_scratch(const quire_winograd *);
// The blocks of 16 × 16 weights into which the weights' transforms divide, for threads to share.
int64_t quire_winograd_blocks(const quire_winograd *);
#pragma clang assume_nonnull end
#endif
