// Our products beside OpenBLAS's, through the seam that the engine uses, on one thread; docs/performance.md has the
// table. After a build:
//   clang -O2 -ISources/CKernels/include -ISources/COpenBLAS/include Benchmarks/products.c \
//     .build/debug/CKernels.build/*/*.o .build/debug/COpenBLAS.build/*.o -lm -lpthread -ldl -o /tmp/products
//   /tmp/products 15        # trials, each a pair in turn; the medians are printed
#include "kernels.h"
#include "openblas.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_TRIALS = 101, BLOCK = 96, PRODUCT = 24 };  // rows of weights computed together
static int trials;
static const quire_kernels *kernels;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
static float *numbers(int64_t n) {
  float *p = aligned_alloc(64, (size_t)(n * 4 + 63) / 64 * 64);
  for (int64_t i = 0; i < n; i++) p[i] = (float)(rand() % 2001 - 1000) / 1000;
  return p;
}
static int32_t *offsets(int64_t n, int64_t step) {
  int32_t *p = malloc((size_t)n * sizeof(int32_t));
  for (int64_t i = 0; i < n; i++) p[i] = (int32_t)(i * step);
  return p;
}
static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

typedef struct {
  int64_t n, in, out;
  float *x, *dy, *w, *y, *dw, *packed;
  int32_t *x_rows, *y_rows, *features, *w_rows;
} layer;

static const int32_t origin = 0;

static void forward_own(layer *l) {
  kernels->pack(l->w, l->in, l->out, l->out, l->packed);
  quire_product p = {
    .a = l->x, .rows = l->x_rows, .segments = &origin, .a_step = 1, .b = l->packed, .c = l->y, .c_rows = l->y_rows,
    .row_count = l->n, .segment_count = 1, .length = l->in, .columns = l->out};
  kernels->product(&p);
}
static void forward_openblas(layer *l) {
  memset(l->y, 0, (size_t)(l->n * l->out) * sizeof(float));
  quire_openblas_product(l->n, l->out, l->in, l->x, l->in, 0, l->w, l->out, 1, l->y, l->out);
}
static void gradients_own(layer *l) {
  kernels->pack(l->dy, l->n, l->out, l->out, l->packed);
  for (int64_t row = 0; row < l->in; row += PRODUCT) {
    quire_product p = {
      .a = l->x, .rows = l->features + row, .segments = &origin, .a_step = l->in, .b = l->packed, .c = l->dw,
      .c_rows = l->w_rows + row, .row_count = l->in - row < PRODUCT ? l->in - row : PRODUCT, .segment_count = 1,
      .length = l->n, .columns = l->out, .accumulate = 0};
    kernels->product(&p);
  }
}
static void gradients_openblas(layer *l) {
  for (int64_t row = 0; row < l->in; row += BLOCK) {
    quire_openblas_product(
      l->in - row < BLOCK ? l->in - row : BLOCK, l->out, l->n, l->x + row, l->in, 1, l->dy, l->out, 0,
      l->dw + row * l->out, l->out);
  }
}
// A convolution's product and its weights' gradient, as the portable instruction set computes them.
static void pixels(layer *l, int openblas) {
  quire_product p = {
    .a = l->x, .rows = l->x_rows, .segments = &origin, .a_step = 1, .b = l->packed, .c = l->y, .c_rows = l->y_rows,
    .row_count = l->n, .segment_count = 1, .length = l->in, .columns = l->out};
  if (!openblas) kernels->product(&p);
  else if (kernels->product_openblas) kernels->product_openblas(&p);
}
static void pixels_own(layer *l) { pixels(l, 0); }
static void pixels_openblas(layer *l) { pixels(l, 1); }
static void channels(layer *l, int openblas) {
  quire_product p = {
    .a = l->x, .rows = l->features, .segments = &origin, .a_step = l->in, .b = l->packed, .c = l->dw,
    .c_rows = l->w_rows, .row_count = l->in, .segment_count = 1, .length = l->n, .columns = l->out, .accumulate = 1};
  if (!openblas) kernels->product(&p);
  else if (kernels->product_openblas) kernels->product_openblas(&p);
}
static void channels_own(layer *l) { channels(l, 0); }
static void channels_openblas(layer *l) { channels(l, 1); }

static void pair(const char *what, layer *l, void (*own)(layer *), void (*openblas)(layer *)) {
  double times[2][MOST_TRIALS], ratios[MOST_TRIALS];
  double gigaflops = 2e-9 * (double)(l->n * l->in * l->out);
  int rounds = gigaflops < 0.05 ? (int)(0.05 / gigaflops) : 1;
  own(l);
  openblas(l);
  for (int t = 0; t < trials; t++) {
    for (int half = 0; half < 2; half++) {
      int which = (t + half) % 2;
      double start = now();
      for (int i = 0; i < rounds; i++) (which ? openblas : own)(l);
      times[which][t] = now() - start;
    }
    ratios[t] = times[0][t] / times[1][t];
  }
  for (int i = 0; i < 2; i++) qsort(times[i], (size_t)trials, sizeof(double), compare);
  qsort(ratios, (size_t)trials, sizeof(double), compare);
  printf(
    "| %s | %s | %lld × %lld → %lld | %.0f | %.0f | %.2f |\n", kernels->name, what, (long long)l->n,
    (long long)l->in, (long long)l->out, gigaflops * rounds / times[0][trials / 2], gigaflops * rounds / times[1][trials / 2],
    ratios[trials / 2]);
  fflush(stdout);
}

static layer make(int64_t n, int64_t in, int64_t out) {
  int64_t longest = n > in ? n : in, panels = (out + 15) / 16 * 16;
  return (layer){
    n, in, out, numbers(n * in), numbers(n * out), numbers(in * out), numbers(n * out), numbers(in * out),
    numbers(longest * panels), offsets(n, in), offsets(n, out), offsets(in, 1), offsets(in, out)};
}

int main(int count, char **arguments) {
  trials = count > 1 ? atoi(arguments[1]) : 15;
  if (trials < 1 || trials > MOST_TRIALS) return 2;
  printf("%s, one thread, %d pairs\n\n", quire_openblas_name() ? quire_openblas_name() : "no OpenBLAS", trials);
  printf("| kernels | product | size | own, GFLOP/s | OpenBLAS, GFLOP/s | own time / OpenBLAS time |\n");
  printf("|:--|:--|:--|--:|--:|--:|\n");
  const int64_t linear[][3] = {
    {8, 3072, 1024}, {64, 3072, 1024}, {512, 3072, 1024}, {8, 1024, 1024}, {64, 1024, 1024}, {512, 1024, 1024},
    {64, 784, 128}, {64, 512, 512}, {64, 1024, 10}};
  const int64_t images[][3] = {{1024, 32, 64}, {1024, 64, 128}, {1024, 128, 32}, {256, 128, 128}, {256, 576, 64}};
  for (int i = 0; (kernels = quire_kernels_supported(i)); i++) {
    for (size_t s = 0; s < sizeof(linear) / sizeof(*linear); s++) {
      layer l = make(linear[s][0], linear[s][1], linear[s][2]);
      pair("Linear, weight gradients", &l, gradients_own, gradients_openblas);
      pair("Linear, forward", &l, forward_own, forward_openblas);
    }
    if (!kernels->product_openblas) continue;
    for (size_t s = 0; s < sizeof(images) / sizeof(*images); s++) {
      layer l = make(images[s][0], images[s][1], images[s][2]);
      pair("convolution, forward", &l, pixels_own, pixels_openblas);
      pair("convolution, weight gradients", &l, channels_own, channels_openblas);
    }
  }
}
