// The vector of floats of an instruction set. The including file may set QUIRE_LANES: 16 fill an AVX-512
// register; 8, the default, an AVX register or two of NEON or SSE.
#include "kernels.h"
#include <stddef.h>

#ifndef QUIRE_LANES
#define QUIRE_LANES 8
#endif
enum { LANES = QUIRE_LANES };

typedef float vf __attribute__((ext_vector_type(QUIRE_LANES)));
typedef float vf_unaligned __attribute__((ext_vector_type(QUIRE_LANES), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Macros, since a function would pass the vectors in ways that depend on the instruction set.
#define load(p) (*(const vf_unaligned *)(p))
#define store(p, v) (*(vf_unaligned *)(p) = (v))
