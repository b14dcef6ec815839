import CKernels
import Support

/// Clips gradients before the optimizer's update.
///
///     let clipping = GradientClipping.norm(1)
///     let norm = clipping.apply(to: gradients)   // the norm before clipping
public struct GradientClipping: Sendable, Hashable, Codable, CustomStringConvertible {
  enum Rule: Sendable, Hashable, Codable {
    case norm(Double)
    case value(Double)
  }

  let rule: Rule

  /// Clips gradients to a maximum global L2 norm, `maxNorm`, above 0
  /// (PyTorch: `nn.utils.clip_grad_norm_`; Pascanu et al., ICML 2013).
  public static func norm(_ maxNorm: Double) -> GradientClipping { GradientClipping(rule: .norm(maxNorm)) }

  /// Clips each gradient to −`limit`…`limit`; `limit` is above 0 (PyTorch: `nn.utils.clip_grad_value_`).
  public static func value(_ limit: Double) -> GradientClipping { GradientClipping(rule: .value(limit)) }

  public var description: String {
    switch rule {
    case .norm(let maxNorm): "norm at most \(maxNorm)"
    case .value(let limit): "values within ±\(limit)"
    }
  }

  /// - Throws: ``OptimizerError`` if the limit is not a finite number above 0.
  public func validate() throws {
    switch rule {
    case .norm(let limit), .value(let limit):
      guard limit > 0, limit.isFinite else {
        throw OptimizerError(fact: .clipping(found: limit), optimizer: "")
      }
    }
  }

  /// Clips in place and returns the gradients' L2 norm before clipping.
  ///
  /// ``ParameterUpdate`` does this for a plan, on all of its threads, with the same bytes.
  @discardableResult
  public func apply(to gradients: UnsafeMutableBufferPointer<Float>) -> Double {
    guard let base = gradients.baseAddress else { return 0 }
    let kernels = quire_kernels_best()
    let blocks = Self.blocks(of: gradients.count)
    let norm = Self.norm((0..<blocks).map { Self.squareSum(of: $0, base, gradients.count, kernels) })
    clip(base, gradients.count, norm: norm, kernels)
    return norm
  }

  // MARK: In parts

  /// Numbers whose squares are added up together: the norm has the same bits however blocks are shared out.
  private static let blockSize = 4096

  static func blocks(of count: Int) -> Int { (count + blockSize - 1) / blockSize }

  /// The sum of the squares of a block, in double.
  static func squareSum(
    of block: Int, _ gradients: UnsafePointer<Float>, _ count: Int, _ kernels: UnsafePointer<quire_kernels>
  ) -> Double {
    let start = block * blockSize
    return kernels.pointee.sum_of_squares(gradients + start, Int64(min(blockSize, count - start)))
  }

  /// The norm from the blocks' sums, added in their order.
  static func norm(_ sums: some Sequence<Double>) -> Double { sums.reduce(0, +).squareRoot() }

  /// Whether the norm has to be known before gradients are clipped.
  var needsNorm: Bool { if case .norm = rule { true } else { false } }

  /// Clips a stretch of the gradients whose norm is `norm`.
  func clip(
    _ gradients: UnsafeMutablePointer<Float>, _ count: Int, norm: Double,
    _ kernels: UnsafePointer<quire_kernels>
  ) {
    switch rule {
    case .norm(let maxNorm):
      // PyTorch adds 1e-6 so that a zero gradient stays zero.
      let factor = Float(min(1, maxNorm / (norm + 1e-6)))
      if factor < 1 { kernels.pointee.scale(gradients, factor, Int64(count)) }
    case .value(let limit): kernels.pointee.clamp(gradients, Float(limit), Int64(count))
    }
  }
}

extension GradientClipping {
  /// As JSON with sorted keys.
  public var contentDescription: String { JSON.text(self) }
}
