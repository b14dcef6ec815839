// The kernels in the compiler's default instruction set: what arm64 gets (NEON), and x86-64 without AVX2.
#if defined(__x86_64__)
#define QUIRE_TILE_VECTORS 1  // of 8 floats are two of SSE, which has 16 registers
#endif
#include "../templates/table.h"

const quire_kernels quire_kernels_portable = {QUIRE_ROWS("portable")};
