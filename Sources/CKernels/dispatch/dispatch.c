// Chooses the kernels for the CPU that runs the program.
#include "kernels.h"
#include <stddef.h>
#include <string.h>

extern const quire_kernels quire_kernels_portable;
#if defined(__x86_64__)
extern const quire_kernels quire_kernels_avx2;
static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

const quire_kernels *quire_kernels_named(const char *name) {
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0) return has_avx2() ? &quire_kernels_avx2 : NULL;
#endif
  return strcmp(name, "portable") == 0 ? &quire_kernels_portable : NULL;
}

const quire_kernels *quire_kernels_best(void) {
#if defined(__x86_64__)
  if (has_avx2()) return &quire_kernels_avx2;
#endif
  return &quire_kernels_portable;
}
