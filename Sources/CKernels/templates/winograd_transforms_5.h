// The transforms of Winograd's F(4×4, 5×5) over the points 0, ±½, ±1, ±2, ∞. Bᵀ and A are exact in binary. Of all
// triples of eighths up to 3 and sixteenths up to 23/16, these have the smallest rounding error. In one dimension,
// with inputs d, weights g and outputs y, y = Aᵀ((G·g) ⊙ (Bᵀ·d)); in two, each matrix is applied to columns and to
// lines. The gradients use the transposes: with e = A·dy, dd = B((G·g) ⊙ e) and dg = Gᵀ((Bᵀ·d) ⊙ e).
//
// Bᵀ = ⎡ 1  0     −21/4  0      21/4   0      −1  0 ⎤   A = ⎡ 1  0     0    0    ⎤
//      ⎢ 0  2     4      −5/2   −5     1/2    1   0 ⎥       ⎢ 1  1/2   1/4  1/8  ⎥
//      ⎢ 0  −2    4      5/2    −5     −1/2   1   0 ⎥       ⎢ 1  −1/2  1/4  −1/8 ⎥
//      ⎢ 0  1     1      −17/4  −17/4  1      1   0 ⎥       ⎢ 1  1     1    1    ⎥
//      ⎢ 0  −1    1      17/4   −17/4  −1     1   0 ⎥       ⎢ 1  −1    1    −1   ⎥
//      ⎢ 0  1/2   1/4    −5/2   −5/4   2      1   0 ⎥       ⎢ 1  2     4    8    ⎥
//      ⎢ 0  −1/2  1/4    5/2    −5/4   −2     1   0 ⎥       ⎢ 1  −2    4    −8   ⎥
//      ⎣ 0  −1    0      21/4   0      −21/4  0   1 ⎦       ⎣ 0  0     0    1    ⎦
//
// G's first line is (1, 0, 0, 0, 0) and its last (0, 0, 0, 0, 1). The line of point p is s·(1, p, p², p³, p⁴), with
// s = 32/45 for ±½, −2/9 for ±1 and 1/90 for ±2.
//
// Every function maps a line of vectors to another.

// Bᵀ: 8 → 8
INLINE void winograd_input_5(const vf *d, vf *v) {
  vf even_a = d[6] - 5 * d[4] + 4 * d[2], odd_a = d[5] - 5 * d[3] + 4 * d[1];
  vf even_b = d[2] + d[6] - 4.25f * d[4], odd_b = d[1] + d[5] - 4.25f * d[3];
  vf even_c = d[6] - 1.25f * d[4] + 0.25f * d[2], odd_c = d[5] - 1.25f * d[3] + 0.25f * d[1];
  v[0] = d[0] - d[6] + 5.25f * (d[4] - d[2]);
  v[1] = even_a + 0.5f * odd_a;
  v[2] = even_a - 0.5f * odd_a;
  v[3] = even_b + odd_b;
  v[4] = even_b - odd_b;
  v[5] = even_c + 2 * odd_c;
  v[6] = even_c - 2 * odd_c;
  v[7] = d[7] - d[1] + 5.25f * (d[3] - d[5]);
}

// Aᵀ: 8 → 4
INLINE void winograd_output_5(const vf *m, vf *y) {
  vf even_a = m[1] + m[2], odd_a = m[1] - m[2], even_b = m[3] + m[4], odd_b = m[3] - m[4];
  vf even_c = m[5] + m[6], odd_c = m[5] - m[6];
  y[0] = m[0] + even_a + even_b + even_c;
  y[1] = odd_b + 0.5f * odd_a + 2 * odd_c;
  y[2] = even_b + 0.25f * even_a + 4 * even_c;
  y[3] = m[7] + odd_b + 0.125f * odd_a + 8 * odd_c;
}

// A: 4 → 8
INLINE void winograd_output_gradient_5(const vf *y, vf *q) {
  vf even_a = y[0] + 0.25f * y[2], odd_a = y[1] + 0.25f * y[3];
  vf even_b = y[0] + y[2], odd_b = y[1] + y[3];
  vf even_c = y[0] + 4 * y[2], odd_c = y[1] + 4 * y[3];
  q[0] = y[0];
  q[1] = even_a + 0.5f * odd_a;
  q[2] = even_a - 0.5f * odd_a;
  q[3] = even_b + odd_b;
  q[4] = even_b - odd_b;
  q[5] = even_c + 2 * odd_c;
  q[6] = even_c - 2 * odd_c;
  q[7] = y[3];
}

// B: 8 → 8
INLINE void winograd_input_gradient_5(const vf *v, vf *d) {
  vf even_a = v[1] + v[2], odd_a = v[1] - v[2], even_b = v[3] + v[4], odd_b = v[3] - v[4];
  vf even_c = v[5] + v[6], odd_c = v[5] - v[6];
  d[0] = v[0];
  d[1] = odd_b - v[7] + 2 * odd_a + 0.5f * odd_c;
  d[2] = even_b - 5.25f * v[0] + 4 * even_a + 0.25f * even_c;
  d[3] = 5.25f * v[7] - 4.25f * odd_b - 2.5f * (odd_a + odd_c);
  d[4] = 5.25f * v[0] - 4.25f * even_b - 5 * even_a - 1.25f * even_c;
  d[5] = odd_b - 5.25f * v[7] + 0.5f * odd_a + 2 * odd_c;
  d[6] = even_a + even_b + even_c - v[0];
  d[7] = v[7];
}

// G: 5 → 8
INLINE void winograd_weight_5(const vf *g, vf *u) {
  vf even_a = g[0] + 0.25f * g[2] + 0.0625f * g[4], odd_a = 0.5f * g[1] + 0.125f * g[3];
  vf even_b = g[0] + g[2] + g[4], odd_b = g[1] + g[3];
  vf even_c = g[0] + 4 * g[2] + 16 * g[4], odd_c = 2 * g[1] + 8 * g[3];
  u[0] = g[0];
  u[1] = (32 / 45.0f) * (even_a + odd_a);
  u[2] = (32 / 45.0f) * (even_a - odd_a);
  u[3] = (-2 / 9.0f) * (even_b + odd_b);
  u[4] = (-2 / 9.0f) * (even_b - odd_b);
  u[5] = (1 / 90.0f) * (even_c + odd_c);
  u[6] = (1 / 90.0f) * (even_c - odd_c);
  u[7] = g[4];
}

// Gᵀ: 8 → 5
INLINE void winograd_weight_gradient_5(const vf *u, vf *g) {
  vf even_a = (32 / 45.0f) * (u[1] + u[2]), odd_a = (32 / 45.0f) * (u[1] - u[2]);
  vf even_b = (-2 / 9.0f) * (u[3] + u[4]), odd_b = (-2 / 9.0f) * (u[3] - u[4]);
  vf even_c = (1 / 90.0f) * (u[5] + u[6]), odd_c = (1 / 90.0f) * (u[5] - u[6]);
  g[0] = u[0] + even_a + even_b + even_c;
  g[1] = odd_b + 0.5f * odd_a + 2 * odd_c;
  g[2] = even_b + 0.25f * even_a + 4 * even_c;
  g[3] = odd_b + 0.125f * odd_a + 8 * odd_c;
  g[4] = u[7] + even_b + 0.0625f * even_a + 16 * even_c;
}
