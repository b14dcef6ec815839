/// A projective map of positions: a 3×3 matrix, row by row.
struct ProjectiveMatrix {
  var m: [Double]

  /// The map that takes four points to four others (OpenCV's `getPerspectiveTransform`); all zeros if there is none.
  init(from source: [(x: Double, y: Double)], to target: [(x: Double, y: Double)]) {
    var rows: [[Double]] = []
    for (from, to) in zip(source, target) {
      rows.append([from.x, from.y, 1, 0, 0, 0, -from.x * to.x, -from.y * to.x, to.x])
    }
    for (from, to) in zip(source, target) {
      rows.append([0, 0, 0, from.x, from.y, 1, -from.x * to.y, -from.y * to.y, to.y])
    }
    m = Self.solve(rows).map { $0 + [1] } ?? Array(repeating: 0, count: 9)
  }

  /// Solves linear equations, whose last column is the right side, by Gaussian elimination with pivots; `nil` if they
  /// have no unique solution.
  private static func solve(_ rows: [[Double]]) -> [Double]? {
    var rows = rows
    let count = rows.count
    for i in 0..<count {
      var pivot = i
      for j in i + 1..<count where abs(rows[j][i]) > abs(rows[pivot][i]) { pivot = j }
      guard abs(rows[pivot][i]) > 1e-13 else { return nil }
      rows.swapAt(i, pivot)
      for j in i + 1..<count {
        let factor = rows[j][i] / rows[i][i]
        for k in i...count { rows[j][k] -= factor * rows[i][k] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for i in stride(from: count - 1, through: 0, by: -1) {
      var sum = rows[i][count]
      for k in i + 1..<count { sum -= rows[i][k] * solution[k] }
      solution[i] = sum / rows[i][i]
    }
    return solution
  }

  /// The inverse map (OpenCV's `invert`); all zeros if there is none.
  var inverse: [Double] {
    let determinant =
      m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
      + m[2] * (m[3] * m[7] - m[4] * m[6])
    guard determinant != 0 else { return Array(repeating: 0, count: 9) }
    let cofactors = [
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
    ]
    return cofactors.map { $0 * (1 / determinant) }
  }
}

extension PixelBuffer {
  /// Moves the pixels by a map from old to new positions, with black borders (OpenCV's `warpPerspective`).
  func warp(by matrix: ProjectiveMatrix, to newSize: ImageSize) {
    let (old, m, channels) = (size, matrix.inverse, channels)
    // OpenCV computes blocks of 1,024 pixels, each from the position of its left column.
    let block = 1024 / min(16, newSize.height)
    replace(size: newSize) { source, target in
      let sampler = BilinearSampler(source: source, size: old, border: .black, channels: channels)
      var out = target
      for row in 0..<newSize.height {
        let y = Double(row)
        for column in 0..<newSize.width {
          let left = Double(column / block * block)
          let x = Double(column) - left
          let w = m[6] * left + m[7] * y + m[8] + m[6] * x
          let scale = w != 0 ? 32 / w : 0
          let px = (m[0] * left + m[1] * y + m[2] + m[0] * x) * scale
          let py = (m[3] * left + m[4] * y + m[5] + m[3] * x) * scale
          sampler.write(fixedPoint(px), fixedPoint(py), to: out)
          out += channels
        }
      }
    }
  }
}
