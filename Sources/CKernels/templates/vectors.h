// The float vector of an instruction set, and operations that the compiler's vectors do not offer. The including
// file may set
//   QUIRE_LANES       16 fill an AVX-512 register; 8, the default, an AVX register or two of NEON or SSE
//   QUIRE_LOAD_LANES, QUIRE_STORE_SOME   loads of some lanes and stores of the first ones alone
//   QUIRE_TILE_VECTORS, QUIRE_MULTIPLY_ADD   a product's tile and its step (products.h)
#include "kernels.h"
#include "watch.h"
#include <stddef.h>
#include <string.h>

#ifndef QUIRE_LANES
#define QUIRE_LANES 8
#endif
enum { LANES = QUIRE_LANES, PANEL = 16 };

typedef float vf __attribute__((ext_vector_type(QUIRE_LANES)));
typedef int32_t vi __attribute__((ext_vector_type(QUIRE_LANES)));
typedef uint32_t vu __attribute__((ext_vector_type(QUIRE_LANES)));
typedef double vd __attribute__((ext_vector_type(QUIRE_LANES)));
typedef float vf_unaligned __attribute__((ext_vector_type(QUIRE_LANES), aligned(4), may_alias));
typedef double vd_unaligned __attribute__((ext_vector_type(QUIRE_LANES), aligned(8), may_alias));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Macros, because passing vectors to functions depends on the instruction set.
#define load(p) (*(const vf_unaligned *)watch_read(p, sizeof(vf)))
#define store(p, v) (*(vf_unaligned *)watch_write(p, sizeof(vf)) = (v))

// Lanes from ..< to, or the first n ≤ LANES: the others are loaded as 0 and not stored.
#ifdef QUIRE_LOAD_LANES
#define load_lanes(p, from, to) ((vf)QUIRE_LOAD_LANES(watch_read_lanes(p, from, to), from, to))
#define store_some(p, v, n) QUIRE_STORE_SOME(watch_write(p, (unsigned long)(n) * sizeof(float)), v, n)
#else
// Lane by lane: through memory, the load would have to wait for all of the stores.
INLINE void get_lanes(vf *v, const float *p, int64_t from, int64_t to) {
  vf some = 0;
  UNROLL for (int i = 0; i < LANES; i++) {
    if (i >= from && i < to) some[i] = p[i];
  }
  *v = some;
}
INLINE void put_some(float *p, const vf *v, int64_t n) {
  vf some = *v;
  UNROLL for (int i = 0; i < LANES; i++) {
    if (i < n) p[i] = some[i];
  }
}
#define load_lanes(p, from, to) ({ vf some_; get_lanes(&some_, p, from, to); some_; })
#define store_some(p, v, n) ({ vf some_ = v; put_some(p, &some_, n); })
#endif
#define load_some(p, n) load_lanes(p, 0, n)
#define load_first(p, n) ((n) == LANES ? load(p) : load_some(p, n))
#define store_first(p, v, n) do { if ((n) == LANES) store(p, v); else store_some(p, v, n); } while (0)

// The number of numbers from `at` to `end` that fit a vector.
INLINE int64_t lanes_left(int64_t at, int64_t end) { return end - at < LANES ? end - at : LANES; }

// to[0 ..< n] += v, in doubles.
INLINE void add_doubles(double *to, const vf *v, int64_t n) {
  vd wide = __builtin_convertvector(*v, vd);
  if (n == LANES) *(vd_unaligned *)watch_write(to, sizeof(vd)) += wide;
  else for (int64_t i = 0; i < n; i++) to[i] += ((const double *)&wide)[i];
}
