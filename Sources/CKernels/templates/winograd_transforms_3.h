// The transforms of Winograd's F(4×4, 3×3) over the points 0, ±α, ±β, ∞ with α = 5/8 and β = 3/2, which are
// exact in binary and have half the rounding error of the usual ±1, ±2. In one dimension, with inputs d,
// weights g and outputs y, y = Aᵀ((G·g) ⊙ (Bᵀ·d)); in two, each matrix is applied to columns and to lines.
// The gradients use the transposes: with e = A·dy, dd = B((G·g) ⊙ e) and dg = Gᵀ((Bᵀ·d) ⊙ e).
//
// Bᵀ = ⎡ αα·ββ  0      −αα−ββ  0       1  0 ⎤   A = ⎡ 1  0   0    0   ⎤   G = ⎡ 1/(αα·ββ)  0     0     ⎤
//      ⎢ 0      −α·ββ  −ββ     α       1  0 ⎥       ⎢ 1  α   αα   ααα ⎥       ⎢ 1/m        α/m   αα/m  ⎥
//      ⎢ 0      α·ββ   −ββ     −α      1  0 ⎥       ⎢ 1  −α  αα  −ααα ⎥       ⎢ 1/m        −α/m  αα/m  ⎥
//      ⎢ 0      −β·αα  −αα     β       1  0 ⎥       ⎢ 1  β   ββ   βββ ⎥       ⎢ 1/n        β/n   ββ/n  ⎥
//      ⎢ 0      β·αα   −αα     −β      1  0 ⎥       ⎢ 1  −β  ββ  −βββ ⎥       ⎢ 1/n        −β/n  ββ/n  ⎥
//      ⎣ 0      αα·ββ  0       −αα−ββ  0  1 ⎦       ⎣ 0  0   0    1   ⎦       ⎣ 0          0     1     ⎦
// with m = 2αα(αα − ββ) and n = 2ββ(ββ − αα).
//
// Every function maps a line of vectors to another.

#define WA 0.625f
#define WB 1.5f
#define WAA (WA * WA)
#define WBB (WB * WB)
#define WM (2 * WAA * (WAA - WBB))
#define WN (2 * WBB * (WBB - WAA))

// Bᵀ: 6 → 6
INLINE void winograd_input_3(const vf *d, vf *v) {
  vf even_a = d[4] - WBB * d[2], odd_a = WA * d[3] - WA * WBB * d[1];
  vf even_b = d[4] - WAA * d[2], odd_b = WB * d[3] - WB * WAA * d[1];
  v[0] = d[4] - (WAA + WBB) * d[2] + WAA * WBB * d[0];
  v[1] = even_a + odd_a;
  v[2] = even_a - odd_a;
  v[3] = even_b + odd_b;
  v[4] = even_b - odd_b;
  v[5] = d[5] - (WAA + WBB) * d[3] + WAA * WBB * d[1];
}

// Aᵀ: 6 → 4
INLINE void winograd_output_3(const vf *m, vf *y) {
  vf even_a = m[1] + m[2], odd_a = m[1] - m[2], even_b = m[3] + m[4], odd_b = m[3] - m[4];
  y[0] = m[0] + even_a + even_b;
  y[1] = WA * odd_a + WB * odd_b;
  y[2] = WAA * even_a + WBB * even_b;
  y[3] = m[5] + WAA * WA * odd_a + WBB * WB * odd_b;
}

// A: 4 → 6
INLINE void winograd_output_gradient_3(const vf *y, vf *q) {
  vf even_a = y[0] + WAA * y[2], odd_a = WA * y[1] + WAA * WA * y[3];
  vf even_b = y[0] + WBB * y[2], odd_b = WB * y[1] + WBB * WB * y[3];
  q[0] = y[0];
  q[1] = even_a + odd_a;
  q[2] = even_a - odd_a;
  q[3] = even_b + odd_b;
  q[4] = even_b - odd_b;
  q[5] = y[3];
}

// B: 6 → 6
INLINE void winograd_input_gradient_3(const vf *v, vf *d) {
  vf even_a = v[1] + v[2], odd_a = v[1] - v[2], even_b = v[3] + v[4], odd_b = v[3] - v[4];
  d[0] = WAA * WBB * v[0];
  d[1] = WAA * WBB * v[5] - WA * WBB * odd_a - WB * WAA * odd_b;
  d[2] = -(WAA + WBB) * v[0] - WBB * even_a - WAA * even_b;
  d[3] = -(WAA + WBB) * v[5] + WA * odd_a + WB * odd_b;
  d[4] = v[0] + even_a + even_b;
  d[5] = v[5];
}

// G: 3 → 6
INLINE void winograd_weight_3(const vf *g, vf *u) {
  vf even_a = (1 / WM) * g[0] + (WAA / WM) * g[2], even_b = (1 / WN) * g[0] + (WBB / WN) * g[2];
  u[0] = (1 / (WAA * WBB)) * g[0];
  u[1] = even_a + (WA / WM) * g[1];
  u[2] = even_a - (WA / WM) * g[1];
  u[3] = even_b + (WB / WN) * g[1];
  u[4] = even_b - (WB / WN) * g[1];
  u[5] = g[2];
}

// Gᵀ: 6 → 3
INLINE void winograd_weight_gradient_3(const vf *u, vf *g) {
  vf even_a = u[1] + u[2], odd_a = u[1] - u[2], even_b = u[3] + u[4], odd_b = u[3] - u[4];
  g[0] = (1 / (WAA * WBB)) * u[0] + (1 / WM) * even_a + (1 / WN) * even_b;
  g[1] = (WA / WM) * odd_a + (WB / WN) * odd_b;
  g[2] = u[5] + (WAA / WM) * even_a + (WBB / WN) * even_b;
}
