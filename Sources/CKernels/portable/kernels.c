// The kernels in the compiler's default instruction set: what arm64 gets (NEON), and x86-64 without AVX2.
#include "../templates/table.h"

const quire_kernels quire_kernels_portable = QUIRE_TABLE("portable");
