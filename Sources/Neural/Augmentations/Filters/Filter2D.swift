/// A square filter with an odd number of rows, in single precision, row by row.
struct Filter2D: Sendable, Hashable {
  let side: Int
  let weights: [Float]
}

extension PixelBuffer {
  /// Filters each channel, with mirrored borders: OpenCV's `filter2D`, which adds up the products of the weights other
  /// than 0, row by row, with fused multiplication and addition.
  func filter(with filter: Filter2D) {
    let (size, radius, channels) = (size, filter.side / 2, channels)
    let stride = size.width * channels
    let columns = (-radius..<size.width + radius).map { reflect101($0, size.width) * channels }
    let rows = (-radius..<size.height + radius).map { reflect101($0, size.height) * stride }
    replace(size: size) { source, target in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: stride) { sums in
        for y in 0..<size.height {
          sums.update(repeating: 0)
          for (index, weight) in filter.weights.enumerated() where weight != 0 {
            let row = source + rows[y + index / filter.side]
            let shift = index % filter.side
            let factor = Double(weight)
            for x in 0..<size.width {
              let pixel = row + columns[x + shift]
              for c in 0..<channels {
                // The product is exact in double precision.
                let i = channels * x + c
                sums[i] = Float(Double(sums[i]) + Double(pixel[c]) * factor)
              }
            }
          }
          for i in 0..<stride { target[y * stride + i] = roundedByte(sums[i]) }
        }
      }
    }
  }
}
