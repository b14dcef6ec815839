// Chooses the kernels for the CPU that runs the program.
#include "kernels.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

extern const quire_kernels quire_kernels_portable;
#if defined(__x86_64__)
extern const quire_kernels quire_kernels_avx2;
// Package.swift excludes these from builds for machines that cannot run them.
extern const quire_kernels quire_kernels_avx512bf16 __attribute__((weak));
extern const quire_kernels quire_kernels_avx512 __attribute__((weak));
static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
    && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

enum { SETS = 4 };

// The instruction sets, best first: the kernels, or NULL if the CPU or the build lacks them.
static const quire_kernels *kernels_at(int index, const char **name) {
  static const char *const names[SETS] = {"avx512bf16", "avx512", "avx2", "portable"};
  *name = names[index];
#if defined(__x86_64__)
  if (index == 0) return has_avx512() && __builtin_cpu_supports("avx512bf16") ? &quire_kernels_avx512bf16 : NULL;
  if (index == 1) return has_avx512() ? &quire_kernels_avx512 : NULL;
  if (index == 2) return has_avx2() ? &quire_kernels_avx2 : NULL;
#endif
  return index == SETS - 1 ? &quire_kernels_portable : NULL;
}

quire_support quire_kernels_support(const char *name) {
  for (int i = 0; i < SETS; i++) {
    const char *own;
    const quire_kernels *kernels = kernels_at(i, &own);
    if (strcmp(name, own) == 0) return kernels ? QUIRE_SUPPORTED : QUIRE_UNSUPPORTED;
  }
  return QUIRE_UNKNOWN;
}

const quire_kernels *quire_kernels_named(const char *name) {
  for (int i = 0; i < SETS; i++) {
    const char *own;
    const quire_kernels *kernels = kernels_at(i, &own);
    if (strcmp(name, own) == 0) return kernels;
  }
  return NULL;
}

const quire_kernels *quire_kernels_supported(int index) {
  const char *name;
  for (int i = 0; i < SETS; i++) {
    const quire_kernels *kernels = kernels_at(i, &name);
    if (kernels && index-- == 0) return kernels;
  }
  return NULL;
}

const char *quire_kernels_forced(void) {
  const char *name = getenv("QUIRE_ISA");
  return name && *name ? name : NULL;
}

const quire_kernels *quire_kernels_best(void) {
  const char *forced = quire_kernels_forced();
  const quire_kernels *kernels = forced ? quire_kernels_named(forced) : NULL;
  return kernels ? kernels : quire_kernels_supported(0);
}
