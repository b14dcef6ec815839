// A pool of POSIX threads. A waiting worker spins for some microseconds, since the next region of a batch usually
// follows immediately, and then sleeps.
#include "thread_pool.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
static uint64_t flush_denormals(void) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040u);  // flush to zero, denormals are zero
  return before;
}
static void restore_denormals(uint64_t before) { _mm_setcsr((unsigned)before); }
static void relax(void) { _mm_pause(); }
#elif defined(__aarch64__)
static uint64_t flush_denormals(void) {
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | (1ull << 24)));
  return before;
}
static void restore_denormals(uint64_t before) { __asm__ volatile("msr fpcr, %0" : : "r"(before)); }
static void relax(void) { __asm__ volatile("yield"); }
#else
static uint64_t flush_denormals(void) { return 0; }
static void restore_denormals(uint64_t before) { (void)before; }
static void relax(void) {}
#endif

enum { SPINS = 4000 };

typedef struct {
  quire_pool *pool;
  pthread_t thread;
  int number;
} worker;

struct quire_pool {
  pthread_mutex_t mutex;
  pthread_cond_t work, done;
  void (*body)(void *, int);
  void *context;
  atomic_uint generation;  // counts the calls of run
  atomic_int pending;      // workers that have not finished this generation
  atomic_int claimed;      // pieces of work taken in this generation
  int stop, started;
  worker workers[];
};

static void *worker_main(void *argument) {
  worker *self = argument;
  quire_pool *pool = self->pool;
  unsigned seen = 0;
  flush_denormals();
  for (;;) {
    for (int i = 0; i < SPINS; i++) {
      if (atomic_load_explicit(&pool->generation, memory_order_acquire) != seen) break;
      relax();
    }
    pthread_mutex_lock(&pool->mutex);
    while (atomic_load(&pool->generation) == seen) pthread_cond_wait(&pool->work, &pool->mutex);
    seen = atomic_load(&pool->generation);
    int stop = pool->stop;
    pthread_mutex_unlock(&pool->mutex);
    if (stop) return NULL;
    pool->body(pool->context, self->number);
    if (atomic_fetch_sub_explicit(&pool->pending, 1, memory_order_acq_rel) == 1) {
      pthread_mutex_lock(&pool->mutex);
      pthread_cond_signal(&pool->done);
      pthread_mutex_unlock(&pool->mutex);
    }
  }
}

static void release(quire_pool *pool, void (*body)(void *, int), void *context, int stop) {
  pthread_mutex_lock(&pool->mutex);
  pool->body = body;
  pool->context = context;
  pool->stop = stop;
  atomic_store(&pool->pending, pool->started);
  atomic_fetch_add_explicit(&pool->generation, 1, memory_order_release);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);
}

quire_pool *quire_pool_create(int threads) {
  if (threads < 1) return NULL;
  quire_pool *pool = calloc(1, sizeof(quire_pool) + (size_t)(threads - 1) * sizeof(worker));
  if (!pool) return NULL;
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->done, NULL);
  for (int i = 0; i < threads - 1; i++) {
    pool->workers[i] = (worker){.pool = pool, .number = i + 1};
    if (pthread_create(&pool->workers[i].thread, NULL, worker_main, &pool->workers[i]) != 0) {
      quire_pool_destroy(pool);
      return NULL;
    }
    pool->started++;
  }
  return pool;
}

int quire_pool_claim(quire_pool *pool) {
  return atomic_fetch_add_explicit(&pool->claimed, 1, memory_order_relaxed);
}

void quire_pool_run(quire_pool *pool, void (*body)(void *, int), void *context) {
  uint64_t mode = flush_denormals();
  atomic_store_explicit(&pool->claimed, 0, memory_order_relaxed);
  if (pool->started) release(pool, body, context, 0);
  body(context, 0);
  if (pool->started) {
    for (int i = 0; i < SPINS; i++) {
      if (atomic_load_explicit(&pool->pending, memory_order_acquire) == 0) break;
      relax();
    }
    pthread_mutex_lock(&pool->mutex);
    while (atomic_load(&pool->pending) > 0) pthread_cond_wait(&pool->done, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
  }
  restore_denormals(mode);
}

void quire_pool_destroy(quire_pool *pool) {
  if (!pool) return;
  if (pool->started) release(pool, NULL, NULL, 1);
  for (int i = 0; i < pool->started; i++) pthread_join(pool->workers[i].thread, NULL);
  pthread_mutex_destroy(&pool->mutex);
  pthread_cond_destroy(&pool->work);
  pthread_cond_destroy(&pool->done);
  free(pool);
}
