// OpenBLAS's single-precision product; only this target uses the library. It is loaded at the first product that
// needs it, since loading takes 5 ms, and never linked: if it is missing, our own kernels are used.
#ifndef QUIRE_OPENBLAS_H
#define QUIRE_OPENBLAS_H
#include <stdint.h>

#pragma clang assume_nonnull begin
// "OpenBLAS 0.3.21", followed by the environment's OPENBLAS_CORETYPE if it is set: results depend on both. NULL if
// the library is not installed or the environment's QUIRE_OPENBLAS is "off". Loads nothing.
const char *_Nullable quire_openblas_name(void);

// C [rows][columns] = A [rows][depth] · B [depth][columns], added to C if `accumulates`, on the calling thread only;
// strides are the distances between rows in floats. With `transposed`, A is stored as [depth][rows].
// Returns 0 and does not change C if the library cannot be used.
int quire_openblas_product(
  int64_t rows, int64_t columns, int64_t depth, const float *a, int64_t a_stride, int transposed,
  const float *b, int64_t b_stride, int accumulates, float *c, int64_t c_stride);
#pragma clang assume_nonnull end
#endif
