// Activations by definition.
#include "reference.h"
#include <math.h>

#define DEFINE(name, y_of, dx_of, definition, gradient_definition) \
  void quire_reference_##name(const float *from, float constant, float *to, int64_t n) { \
    double a = constant; \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      double x = from[i]; \
      to[i] = (float)(definition); \
    } \
  } \
  void quire_reference_##name##_backward( \
    const float *from, const float *gradient, float constant, float *to, int64_t n \
  ) { \
    double a = constant; \
    (void)a; \
    for (int64_t i = 0; i < n; i++) { \
      double x = from[i], dy = gradient[i]; \
      to[i] = (float)(gradient_definition); \
    } \
  }
QUIRE_ACTIVATIONS(DEFINE)
