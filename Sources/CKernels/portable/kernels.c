// The kernels in the compiler's default instruction set, for arm64 (NEON) and x86-64 without AVX2.
#if defined(__x86_64__)
#define QUIRE_TILE_VECTORS 1  // of 8 floats are two of SSE, which has 16 registers
#endif
#include "../templates/table.h"

// Without fused multiply-adds, the compiled product is much slower than OpenBLAS. arm64 has them; not measured.
#if defined(__x86_64__)
int quire_product_openblas(const quire_product *);
#else
#define quire_product_openblas NULL
#endif

const quire_kernels quire_kernels_portable = {
  QUIRE_ROWS("portable"), .product_openblas = quire_product_openblas, .openblas_computes_gradients = 1,
};
