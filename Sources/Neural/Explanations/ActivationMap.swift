/// The regions of an image that a class score depends on, at the resolution of a layer.
public struct ActivationMap: Sendable, Hashable {
  /// The number of rows.
  public let height: Int
  /// The number of values in a row.
  public let width: Int
  /// [height][width]: at least 0; the larger, the more the region raises the score.
  public let values: [Float]

  /// The map for an image of this size, interpolated linearly (PyTorch: `interpolate(mode="bilinear")`) and divided by
  /// its largest value: 0…1. Without a positive value, all are 0.
  public func scaled(to size: ImageSize) -> [Float] {
    let top = values.filter(\.isFinite).max() ?? 0
    guard top > 0 else { return Array(repeating: 0, count: size.height * size.width) }
    let rows = Self.places(size.height, of: height)
    let columns = Self.places(size.width, of: width)
    return rows.flatMap { row in
      columns.map { column in
        func mix(_ line: Int) -> Float {
          let (left, right) = (values[line * width + column.low], values[line * width + column.high])
          return left + column.share * (right - left)
        }
        let (upper, lower) = (mix(row.low), mix(row.high))
        return min(max((upper + row.share * (lower - upper)) / top, 0), 1)
      }
    }
  }

  /// For each of `count` pixels, the two of `cells` around its centre, and the share of the second.
  private static func places(_ count: Int, of cells: Int) -> [(low: Int, high: Int, share: Float)] {
    (0..<count).map { pixel in
      let place = max(0, (Float(pixel) + 0.5) * Float(cells) / Float(count) - 0.5)
      let low = min(Int(place), cells - 1)
      return (low, min(low + 1, cells - 1), place - Float(low))
    }
  }
}
