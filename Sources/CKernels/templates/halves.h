// Vectors of bf16 numbers: the upper half of a float, to the nearest, ties to even; NaN stays NaN.

typedef uint16_t vh __attribute__((ext_vector_type(QUIRE_LANES)));
typedef uint16_t vh_unaligned __attribute__((ext_vector_type(QUIRE_LANES), aligned(2), may_alias));

// The rounded number in the upper half; what is in the lower is to be dropped.
INLINE void round_to_bf16(const vf *x, vu *rounded) {
  vu bits = (vu)*x;
  *rounded = *x == *x ? bits + 0x7FFF + (bits >> 16 & 1) : bits | 0x400000;
}

// The first n lanes, as load_first and store_first have them.
INLINE void load_bf16(const uint16_t *p, int64_t n, vf *x) {
  vh half = 0;
  if (n == LANES) half = *(const vh_unaligned *)watch_read(p, sizeof(vh));
  else UNROLL for (int i = 0; i < LANES; i++) {
    if (i < n) half[i] = p[i];
  }
  *x = (vf)(__builtin_convertvector(half, vu) << 16);
}
INLINE void store_bf16(uint16_t *p, const vf *x, int64_t n) {
  vu rounded;
  round_to_bf16(x, &rounded);
  vh half = __builtin_convertvector(rounded >> 16, vh);
  if (n == LANES) *(vh_unaligned *)watch_write(p, sizeof(vh)) = half;
  else UNROLL for (int i = 0; i < LANES; i++) {
    if (i < n) p[i] = half[i];
  }
}
