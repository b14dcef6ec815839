import CKernels
import Testing

@testable import Neural

/// The 16-bit kernels (rounding, pairing, products of pairs) against the naive versions in `CKernels/reference`, at
/// sizes below, at and above the tile sizes.
@Suite struct BFloat16Tests {
  static let seed: UInt64 = 20_251_124
  static let sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33]

  /// Normal numbers of many magnitudes, ties, and values that cannot be rounded to a finite number.
  private func numbers() -> [Float] {
    let special: [Float] = [
      0, -0, .nan, -.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .leastNonzeroMagnitude, .leastNormalMagnitude, Float(nan: 1, signaling: true),
      Float(bitPattern: 0x3F80_8000), Float(bitPattern: 0x3F81_8000), Float(bitPattern: 0x3F80_8001),
      Float(bitPattern: 0x3F81_7FFF), Float(bitPattern: 0x7F7F_8000), Float(bitPattern: 0x7F7F_7FFF),
    ]
    return special + normals(200, seed: Self.seed, 1).enumerated().map { $1 * Float(1 << ($0 % 20)) }
  }

  @Test(arguments: InstructionSet.supported) func roundsToTheNearest(_ name: String) throws {
    let kernels = try #require(quire_kernels_named(name))
    let x = numbers()
    for n in Self.sizes + [x.count] {
      var rounded = [UInt16](repeating: 77, count: n + 1)
      kernels.pointee.to_bf16(x, &rounded, Int64(n))
      #expect(rounded == x.prefix(n).map { quire_reference_bf16($0) } + [77], "\(n) numbers")
      var back = [Float](repeating: 77, count: n + 1)
      kernels.pointee.from_bf16(rounded, &back, Int64(n))
      #expect(back.map(\.bitPattern) == rounded.prefix(n).map { UInt32($0) << 16 } + [Float(77).bitPattern])
    }
  }

  @Test(arguments: InstructionSet.supported, [1, 2, 3, 8, 9]) func pairsRows(_ name: String, _ rows: Int)
    throws
  {
    let kernels = try #require(quire_kernels_named(name))
    for columns in Self.sizes {
      let stride = columns + 3
      let x = normals(rows * stride, seed: Self.seed, columns)
      func expected(_ row: Int, _ column: Int) -> UInt16 {
        row < rows && column < columns ? quire_reference_bf16(x[row * stride + column]) : 0
      }
      let pairs = (rows + 1) / 2
      var flat = [UInt16](repeating: 77, count: pairs * columns * 2)
      kernels.pointee.pair_rows_bf16(x, 0, Int64(rows), Int64(columns), Int64(stride), &flat)
      #expect(flat == flat.indices.map { expected($0 / (2 * columns) * 2 + $0 % 2, $0 / 2 % columns) })
      var packed = [UInt16](repeating: 77, count: panels(columns) * pairs * 32)
      kernels.pointee.pack_bf16(x, 0, Int64(rows), Int64(columns), Int64(stride), &packed)
      #expect(
        packed
          == packed.indices.map {
            expected($0 / 32 % pairs * 2 + $0 % 2, $0 / (32 * pairs) * 16 + $0 / 2 % 16)
          })
      // The rows have already been rounded.
      var halves = [UInt16](repeating: 0, count: x.count)
      kernels.pointee.to_bf16(x, &halves, Int64(x.count))
      var (flatAgain, packedAgain) = (flat.map { ~$0 }, packed.map { ~$0 })
      kernels.pointee.pair_rows_bf16(
        halves, 1, Int64(rows), Int64(columns), Int64(stride), &flatAgain)
      kernels.pointee.pack_bf16(halves, 1, Int64(rows), Int64(columns), Int64(stride), &packedAgain)
      #expect(flatAgain == flat)
      #expect(packedAgain == packed)
    }
  }

  struct Product: Sendable {
    var rows: Int
    var columns: Int
    var segments = 1
    var length: Int
    var step = 1
    var accumulates = false
  }

  static let products =
    [1, 7, 8, 9, 25].flatMap { rows in
      [1, 15, 16, 17, 32, 33, 64].map { Product(rows: rows, columns: $0, length: 5) }
    } + [
      Product(rows: 10, columns: 20, segments: 3, length: 4),
      Product(rows: 16, columns: 48, length: 33, step: 16, accumulates: true),
      Product(rows: 9, columns: 5, segments: 2, length: 1, step: 3, accumulates: true),
    ]

  @Test(arguments: InstructionSet.supported, products) func product(_ name: String, _ test: Product) throws {
    let kernels = try #require(quire_kernels_named(name))
    guard let run = kernels.pointee.product_bf16 else { return }
    let depth = test.segments * test.length
    // Pairs of 16-bit numbers in place of floats.
    func pairs(_ count: Int, _ item: Int) -> [Float] {
      var result = [Float](repeating: 0, count: count)
      kernels.pointee.to_bf16(normals(2 * count, seed: Self.seed, item), &result, Int64(2 * count))
      return result
    }
    let a = pairs(test.rows * depth * test.step, 1)
    let b = pairs(panels(test.columns) * depth * 16, 2)
    let bias = normals(panels(test.columns) * 16, seed: Self.seed, 3)
    let start = normals(test.rows * test.columns, seed: Self.seed, 4)
    let rows = (0..<test.rows).map { Int32($0 * depth * test.step) }
    let segments = (0..<test.segments).map { Int32($0 * test.length * test.step) }
    let outRows = (0..<test.rows).map { Int32((test.rows - 1 - $0) * test.columns) }
    func result(isNarrow: Bool = false, _ run: (UnsafePointer<quire_product>) -> Void) -> [Float] {
      var c = start
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          bias.withUnsafeBufferPointer { bias in
            rows.withUnsafeBufferPointer { rows in
              segments.withUnsafeBufferPointer { segments in
                outRows.withUnsafeBufferPointer { outRows in
                  c.withUnsafeMutableBufferPointer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress,
                      let rows = rows.baseAddress, let segments = segments.baseAddress,
                      let outRows = outRows.baseAddress
                    else { return }
                    var product = quire_product(
                      a: a, rows: rows, segments: segments, a_step: Int64(test.step), b: b,
                      bias: test.accumulates ? nil : bias.baseAddress, c: c, c_rows: outRows,
                      row_count: Int64(test.rows), segment_count: Int64(test.segments),
                      length: Int64(test.length), columns: Int64(test.columns),
                      accumulate: test.accumulates ? 1 : 0, relu: 0, c_bf16: isNarrow ? 1 : 0)
                    run(&product)
                  }
                }
              }
            }
          }
        }
      }
      return c
    }
    let deviation = Deviation(result { run($0) }, result { quire_reference_product_bf16($0) })
    #expect(deviation.largest < 1e-5, "\(test) \(deviation) seed \(Self.seed)")
    guard !test.accumulates else { return }
    let (wide, narrow) = (result { run($0) }, result(isNarrow: true) { run($0) })
    var rounded = start
    kernels.pointee.to_bf16(wide, &rounded, Int64(wide.count))
    #expect(narrow.map(\.bitPattern) == rounded.map(\.bitPattern), "\(test) rounded, seed \(Self.seed)")
  }

  @Test(arguments: InstructionSet.supported, [1, 3, 16, 20, 33])
  func depthwiseOutputAndColumnSums(_ name: String, _ channels: Int) throws {
    let kernels = try #require(quire_kernels_named(name)).pointee
    let (height, width) = (9, 11)
    let count = height * width * channels
    let x = normals(count, seed: Self.seed, channels)
    let weights = normals(9 * channels, seed: Self.seed, 2)
    func filter(isNarrow: Bool) -> [UInt16] {
      var out = [UInt16](repeating: 77, count: 2 * count)
      x.withUnsafeBufferPointer { x in
        weights.withUnsafeBufferPointer { weights in
          out.withUnsafeMutableBytes { out in
            guard let x = x.baseAddress, let weights = weights.baseAddress, let out = out.baseAddress
            else { return }
            var filter = quire_depthwise3x3(
              in: x, in_height: Int64(height), in_width: Int64(width), padding: 2, dilation: 2,
              weights: weights, flipped: 0, bias: nil, out: out, out_bf16: isNarrow ? 1 : 0,
              height: Int64(height), width: Int64(width), channels: Int64(channels))
            kernels.depthwise3x3(&filter)
          }
        }
      }
      return out
    }
    var rounded = [UInt16](repeating: 77, count: 2 * count)
    filter(isNarrow: false).withUnsafeBytes {
      guard let floats = $0.bindMemory(to: Float.self).baseAddress else { return }
      kernels.to_bf16(floats, &rounded, Int64(count))
    }
    let narrow = filter(isNarrow: true)
    #expect(narrow == rounded)

    var values = [Float](repeating: 0, count: count)
    kernels.from_bf16(narrow, &values, Int64(count))
    var sums = [[Float]](repeating: [Float](repeating: 1, count: channels), count: 2)
    kernels.column_sums(narrow, 1, Int64(height * width), Int64(channels), &sums[0])
    kernels.column_sums(values, 0, Int64(height * width), Int64(channels), &sums[1])
    #expect(sums[0] == sums[1])
  }
}
