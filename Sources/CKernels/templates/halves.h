// Vectors of bf16 numbers: the upper half of a float, to the nearest, ties to even; NaN stays NaN.
#ifndef QUIRE_HALVES_H
#define QUIRE_HALVES_H

typedef uint16_t vh __attribute__((ext_vector_type(QUIRE_LANES)));
typedef uint16_t vh_unaligned __attribute__((ext_vector_type(QUIRE_LANES), aligned(2), may_alias));

// The rounded number is in the upper half; the lower half must be dropped.
INLINE void round_to_bf16(const vf *x, vu *rounded) {
  vu bits = (vu)*x;
  *rounded = *x == *x ? bits + 0x7FFF + (bits >> 16 & 1) : bits | 0x400000;
}

// If the instruction set rounds in hardware (QUIRE_ROUND_TO_BF16), subnormal numbers become 0.
INLINE void halves_of(const vf *x, vh *halves) {
#ifdef QUIRE_ROUND_TO_BF16
  *halves = (vh)QUIRE_ROUND_TO_BF16(*x);
#else
  vu rounded;
  round_to_bf16(x, &rounded);
  *halves = __builtin_convertvector(rounded >> 16, vh);
#endif
}

// The first n lanes, as in load_first and store_first.
INLINE void load_bf16(const uint16_t *p, int64_t n, vf *x) {
  vh half = 0;
  if (n == LANES) half = *(const vh_unaligned *)watch_read(p, sizeof(vh));
  else UNROLL for (int i = 0; i < LANES; i++) {
    if (i < n) half[i] = p[i];
  }
  *x = (vf)(__builtin_convertvector(half, vu) << 16);
}
INLINE void store_bf16(uint16_t *p, const vf *x, int64_t n) {
  vh half;
  halves_of(x, &half);
  if (n == LANES) *(vh_unaligned *)watch_write(p, sizeof(vh)) = half;
  else UNROLL for (int i = 0; i < LANES; i++) {
    if (i < n) p[i] = half[i];
  }
}

// n numbers of an image, starting at number `at`; `bf16` is a constant.
INLINE void load_number(const void *image, int bf16, int64_t at, int64_t n, vf *x) {
  if (bf16) load_bf16((const uint16_t *)image + at, n, x);
  else *x = load_first((const float *)image + at, n);
}
INLINE void store_number(void *image, int bf16, int64_t at, int64_t n, const vf *x) {
  if (bf16) store_bf16((uint16_t *)image + at, x, n);
  else store_first((float *)image + at, *x, n);
}
// The same, rounded if the image has floats.
INLINE void load_halves(const void *image, int bf16, int64_t at, int64_t n, vh *halves) {
  vf x;
  if (bf16 && n == LANES) *halves = *(const vh_unaligned *)watch_read((const uint16_t *)image + at, sizeof(vh));
  else {
    load_number(image, bf16, at, n, &x);
    halves_of(&x, halves);
  }
}
#endif
