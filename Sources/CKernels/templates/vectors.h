// Vectors of eight floats: one AVX register, two of NEON or SSE.
#include "kernels.h"
#include <stddef.h>

typedef float v8 __attribute__((ext_vector_type(8)));
typedef float v8_unaligned __attribute__((ext_vector_type(8), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

// Macros, since a function would pass the vectors in ways that depend on the instruction set.
#define load(p) (*(const v8_unaligned *)(p))
#define store(p, v) (*(v8_unaligned *)(p) = (v))
