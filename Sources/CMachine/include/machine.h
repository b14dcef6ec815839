// The peak performance of a core and its memory: the ceilings of a roofline (Williams, Waterman and Patterson, 2009).
#ifndef QUIRE_MACHINE_H
#define QUIRE_MACHINE_H
#include <stdint.h>

#pragma clang assume_nonnull begin
// Runs `rounds` rounds of independent multiply-adds in registers of the instruction set ("avx512…", "avx2", anything
// else: the compiler's baseline). Returns the number of floating-point operations, 0 if the CPU lacks the set. A
// multiply-add counts as two.
double quire_machine_float32(const char *instruction_set, int64_t rounds);
// The same with products of bfloat16 pairs, summed in float.
double quire_machine_bfloat16(int64_t rounds);

// Reads `n` floats; reads and writes `n` floats. `n` is a multiple of 64.
float quire_machine_read(const float *from, int64_t n);
void quire_machine_scale(const float *from, float *to, int64_t n);
#pragma clang assume_nonnull end
#endif
