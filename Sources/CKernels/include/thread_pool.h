// A fixed set of threads that run one function at a time together with their caller.
#ifndef QUIRE_THREAD_POOL_H
#define QUIRE_THREAD_POOL_H

#pragma clang assume_nonnull begin
typedef struct quire_pool quire_pool;

// NULL if the threads could not be started. The caller is one of the `threads`.
quire_pool *_Nullable quire_pool_create(int threads);
// Calls body(context, 0 ..< threads), each on its own thread with denormals flushed to zero, and waits.
void quire_pool_run(
  quire_pool *pool, void (*body)(void *_Nullable context, int worker), void *_Nullable context);
// The next number of this run, from 0: a free thread takes the next piece of work.
int quire_pool_claim(quire_pool *pool);
void quire_pool_destroy(quire_pool *pool);
#pragma clang assume_nonnull end
#endif
