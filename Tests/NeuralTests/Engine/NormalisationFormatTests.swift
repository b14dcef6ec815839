import CKernels
import Testing

@testable import Neural

/// Normalisation of bf16 images gives the same bits as normalisation of the same numbers as floats.
@Suite struct NormalisationFormatTests {
  static let seed: UInt64 = 20_251_124

  @Test(arguments: [1, 3, 8, 10, 16, 17, 64, 129], InstructionSet.supported)
  func bf16ImagesGiveTheSameBits(_ channels: Int, _ name: String) throws {
    let kernels = try #require(quire_kernels_named(name)).pointee
    for (pixels, relu) in [(1, 1), (7, 0), (67, 1), (150, 1)] {
      for format in 0..<4 {
        let n = pixels * channels
        let x = image(n, bf16: format & 1 != 0, kernels, stream: 1)
        let dy = image(n, bf16: format & 2 != 0, kernels, stream: 2)
        let k = (3..<8).map { normals(channels, seed: Self.seed, $0) }
        k[0].withUnsafeBufferPointer { mean in
          k[1].withUnsafeBufferPointer { scale in
            k[2].withUnsafeBufferPointer { offset in
              var p = quire_normalisation(
                mean: mean.baseAddress!, scale: scale.baseAddress!, offset: offset.baseAddress!,
                pixels: Int64(pixels), channels: Int64(channels), relu: Int32(relu), x_bf16: 0, dy_bf16: 0,
                y_bf16: 0, dx_bf16: 0)
              let floats = results(&p, x.floats, dy.floats, k, kernels)
              var halves = [UInt16](repeating: 0, count: n)
              kernels.to_bf16(floats.y, &halves, Int64(n))
              (p.x_bf16, p.dy_bf16) = (x.bf16 == nil ? 0 : 1, dy.bf16 == nil ? 0 : 1)
              let found = results(&p, x.bf16 ?? x.floats, dy.bf16 ?? dy.floats, k, kernels)
              p.y_bf16 = 1
              var y = [UInt16](repeating: 0, count: n)
              if let bf16 = x.bf16 {
                kernels.normalise(&p, bf16, &y)
              } else {
                kernels.normalise(&p, x.floats, &y)
              }
              let what = "\(pixels) pixels, format \(format), seed \(Self.seed)"
              #expect(found.sums == floats.sums, "sums: \(what)")
              #expect(found.y == floats.y, "y: \(what)")
              #expect(found.dx == floats.dx, "dx: \(what)")
              #expect(y == halves, "y in bf16: \(what)")
              p.dx_bf16 = 1
              var dx = [UInt16](repeating: 0, count: n)
              kernels.normalise_backward(&p, x.bf16 ?? x.floats, dy.bf16 ?? dy.floats, k[1], k[3], k[4], &dx)
              kernels.to_bf16(floats.dx, &halves, Int64(n))
              #expect(dx == halves, "dx in bf16: \(what)")
            }
          }
        }
      }
    }
  }

  /// An image in the requested format with values that bf16 represents exactly, and these values.
  private func image(
    _ n: Int, bf16: Bool, _ kernels: quire_kernels, stream: Int
  ) -> (floats: [Float], bf16: [Float]?) {
    var floats = normals(n, seed: Self.seed, stream)
    guard bf16 else { return (floats, nil) }
    var packed = [Float](repeating: 0, count: (n + 1) / 2)
    kernels.to_bf16(floats, &packed, Int64(n))
    kernels.from_bf16(packed, &floats, Int64(n))
    return (floats, packed)
  }

  private func results(
    _ p: inout quire_normalisation, _ x: [Float], _ dy: [Float], _ k: [[Float]], _ kernels: quire_kernels
  ) -> (sums: [[Double]], y: [Float], dx: [Float]) {
    let (channels, n) = (Int(p.channels), Int(p.pixels * p.channels))
    var sums = [[Double]](repeating: [Double](repeating: 0, count: channels), count: 4)
    var (a, b, c, d) = (sums[0], sums[0], sums[0], sums[0])
    var y = [Float](repeating: 0, count: n)
    var dx = y
    kernels.moments(x, p.x_bf16, k[0], p.pixels, p.channels, &a, &b)
    kernels.normalise_sums(&p, x, dy, &c, &d)
    kernels.normalise(&p, x, &y)
    kernels.normalise_backward(&p, x, dy, k[1], k[3], k[4], &dx)
    sums = [a, b, c, d]
    return (sums, y, dx)
  }
}
