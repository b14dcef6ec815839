// Numbers of 16 bits, the upper half of a float's, and products over pairs of them, by definition.
#include "reference.h"
#include <math.h>
#include <string.h>

static float value(uint32_t upper) {
  uint32_t bits = upper << 16;
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

uint16_t quire_reference_bf16(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t near = bits >> 16, far = near + 1;  // towards zero and away from it
  if (isnan(x)) return (uint16_t)(near | 0x40);
  if (isinf(x)) return (uint16_t)near;
  // Beyond the largest number, infinity counts as the next power of two.
  double beyond = isinf(value(far)) ? copysign(0x1p128, x) : value(far);
  double below = fabs((double)x - value(near)), above = fabs(beyond - (double)x);
  return (uint16_t)(below < above || (below == above && near % 2 == 0) ? near : far);
}

static double pair_product(const float *a, const float *b) {
  uint16_t first[2], second[2];
  memcpy(first, a, sizeof first);
  memcpy(second, b, sizeof second);
  return (double)value(first[0]) * value(second[0]) + (double)value(first[1]) * value(second[1]);
}

void quire_reference_product_bf16(const quire_product *p) {
  int64_t depth = p->segment_count * p->length;
  for (int64_t r = 0; r < p->row_count; r++) {
    for (int64_t n = 0; n < p->columns; n++) {
      float *c = (float *)p->c + p->c_rows[r] + n;
      double sum = p->accumulate ? *c : p->bias ? p->bias[n] : 0;
      for (int64_t s = 0; s < p->segment_count; s++) {
        for (int64_t k = 0; k < p->length; k++) {
          const float *a = p->a + p->rows[r] + p->segments[s] + k * p->a_step;
          sum += pair_product(a, p->b + (n / 16 * depth + s * p->length + k) * 16 + n % 16);
        }
      }
      *c = (float)sum;
    }
  }
}
