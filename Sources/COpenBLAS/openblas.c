#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "openblas.h"
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// cblas.h's constants and prototype, so that the build does not need the header.
enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };
enum { OPENMP = 2 };  // what openblas_get_parallel returns for a library that takes its threads from OpenMP
typedef void sgemm_function(
  int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
  const float *b, int ldb, float beta, float *c, int ldc);
typedef void thread_count_function(int threads);

// The places where package managers install it.
static const char *const places[] = {
#if defined(__APPLE__)
  "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib",
#elif defined(__aarch64__)
  "/usr/lib/aarch64-linux-gnu/libopenblas.so.0", "/usr/lib64/libopenblas.so.0", "/usr/lib/libopenblas.so.0",
#else
  "/usr/lib/x86_64-linux-gnu/libopenblas.so.0", "/usr/lib64/libopenblas.so.0", "/usr/lib/libopenblas.so.0",
#endif
};

// The maximum number of threads inside the library: it has memory for at least 50, and exits if there are more.
enum { MOST_CALLS = 32 };

static char path[PATH_MAX], name[128];
static sgemm_function *sgemm;
static thread_count_function *set_openmp_threads;
static atomic_int calls;

// The library's file is named like libopenblasp-r0.3.21.so; one without a version is not used, since results could
// not state the version.
static int read_version(char *version, size_t size) {
  const char *file = strrchr(path, '/');
  const char *at = file ? strstr(file, "-r") : NULL;
  if (!at) return 0;
  size_t length = strspn(at += 2, "0123456789.");
  while (length > 0 && at[length - 1] == '.') length--;
  return length > 0 && snprintf(version, size, "%.*s", (int)length, at) < (int)size;
}

static void find(void) {
  const char *wish = getenv("QUIRE_OPENBLAS"), *core = getenv("OPENBLAS_CORETYPE");
  if (wish && strcmp(wish, "off") == 0) return;
  for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
    char version[32];
    if (!realpath(places[i], path) || !read_version(version, sizeof(version))) continue;
    snprintf(name, sizeof(name), core && *core ? "OpenBLAS %s %s" : "OpenBLAS %s", version, core);
    return;
  }
}

const char *quire_openblas_name(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find);
  return *name ? name : NULL;
}

static void load(void) {
  if (!quire_openblas_name()) return;
#if defined(__linux__)
  // The library would start an idle thread for each processor that the loading thread may run on.
  cpu_set_t all, one;
  int narrowed = sched_getaffinity(0, sizeof(all), &all) == 0;
  if (narrowed) {
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    narrowed = sched_setaffinity(0, sizeof(one), &one) == 0;
  }
#endif
  void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
#if defined(__linux__)
  if (narrowed) sched_setaffinity(0, sizeof(all), &all);
#endif
  if (!library) return;
  int (*parallel)(void) = (int (*)(void))dlsym(library, "openblas_get_parallel");
  thread_count_function *set_threads =
    (thread_count_function *)dlsym(library, "openblas_set_num_threads");
  if (!parallel || !set_threads) return;
  set_threads(1);
  if (parallel() == OPENMP) {
    set_openmp_threads = (thread_count_function *)dlsym(library, "omp_set_num_threads");
    if (!set_openmp_threads) return;
  }
  sgemm = (sgemm_function *)dlsym(library, "cblas_sgemm");
}

int quire_openblas_product(
  int64_t rows, int64_t columns, int64_t depth, const float *a, int64_t a_stride, int transposed,
  const float *b, int64_t b_stride, int accumulates, float *c, int64_t c_stride
) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  int64_t sizes[] = {rows, columns, depth, a_stride, b_stride, c_stride};
  for (int i = 0; i < 6; i++) {
    if (sizes[i] > INT_MAX) return 0;
  }
  if (!sgemm) return 0;
  while (atomic_fetch_add(&calls, 1) >= MOST_CALLS) {
    atomic_fetch_sub(&calls, 1);
    sched_yield();
  }
  if (set_openmp_threads) set_openmp_threads(1);  // counts for the calling thread alone
  sgemm(
    ROW_MAJOR, transposed ? TRANSPOSE : NO_TRANSPOSE, NO_TRANSPOSE, (int)rows, (int)columns, (int)depth, 1, a,
    (int)a_stride, b, (int)b_stride, accumulates ? 1 : 0, c, (int)c_stride);
  atomic_fetch_sub(&calls, 1);
  return 1;
}
