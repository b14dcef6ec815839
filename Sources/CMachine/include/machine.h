// What a core and its memory can do at most: the ceilings of a roofline (Williams, Waterman and Patterson, 2009).
#ifndef QUIRE_MACHINE_H
#define QUIRE_MACHINE_H
#include <stdint.h>

#pragma clang assume_nonnull begin
// Runs `rounds` rounds of independent multiply-adds in registers, as wide as the instruction set ("avx512…",
// "avx2", anything else: the compiler's baseline) has them; the floating-point operations that were done, 0
// where the CPU lacks the set. A multiply-add counts as two.
double quire_machine_float32(const char *instruction_set, int64_t rounds);
// The same with products of bfloat16 pairs, summed in float.
double quire_machine_bfloat16(int64_t rounds);

// Read `n` floats; read `n` and write as many. `n` is a multiple of 64.
float quire_machine_read(const float *from, int64_t n);
void quire_machine_scale(const float *from, float *to, int64_t n);
#pragma clang assume_nonnull end
#endif
