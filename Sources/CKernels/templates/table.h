// Every kernel, compiled for the instruction set that the including file has set, as one table.
#include "vectors.h"
#include "spans.h"
#include "halves.h"
#include "products.h"
#include "pack.h"
#include "bf16.h"
#include "depthwise.h"
#include "depthwise3x3.h"
#include "winograd_convolution.h"
#include "winograd_weights.h"
#include "winograd_batch.h"
#include "normalisation.h"
#include "sums.h"
#include "dropout.h"
#include "pooling.h"

#define QUIRE_FAST
#include "families.h"
#undef QUIRE_FAST

#define QUIRE_ACTIVATION_ROW(activation, ...) \
  .activation = activation_##activation, .activation##_backward = activation_##activation##_backward,
#define QUIRE_KERNEL_ROW(result, kernel, parameters) .kernel = kernel,
#define QUIRE_ROWS(isa) \
  .name = isa, .product = product, .pack = pack, .convolve_channels = convolve_channels, .spread_groups = spread_groups, \
  .depthwise_weights = depthwise_weights, .depthwise3x3 = depthwise3x3, \
  .depthwise3x3_weights = depthwise3x3_weights, .winograd_weights = winograd_weights, \
  .winograd_forward = winograd_forward, .winograd_backward = winograd_backward, \
  .winograd_weight_gradients = winograd_weight_gradients, \
  .winograd_batch_input = winograd_batch_input, .winograd_batch_output_gradient = winograd_batch_output_gradient, \
  .winograd_batch_forward = winograd_batch_forward, \
  .winograd_batch_input_gradient = winograd_batch_input_gradient, \
  .winograd_batch_weight_gradients = winograd_batch_weight_gradients, \
  .winograd_transposed_bf16 = winograd_transposed_bf16, .column_sums = column_sums, .moments = moments, \
  .normalise = normalise, .normalise_sums = normalise_sums, \
  .normalise_backward = normalise_backward, QUIRE_ACTIVATIONS(QUIRE_ACTIVATION_ROW) \
  QUIRE_FAMILIES(QUIRE_KERNEL_ROW) .add = add, .dropout = dropout, \
  .max_pool = max_pool, .max_pool_backward = max_pool_backward, .average_pool = average_pool, \
  .average_pool_backward = average_pool_backward, .adaptive_pool = adaptive_pool, \
  .adaptive_pool_backward = adaptive_pool_backward, \
  .to_bf16 = to_bf16, .from_bf16 = from_bf16, .pack_bf16 = pack_bf16, .pair_rows_bf16 = pair_rows_bf16
