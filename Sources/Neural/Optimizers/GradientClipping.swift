/// Keeps gradients from growing too large before the optimizer's step.
///
///     let clipping = GradientClipping.norm(1)
///     let norm = clipping.apply(to: gradients)   // the norm before clipping
public struct GradientClipping: Sendable, Hashable, Codable, CustomStringConvertible {
  enum Rule: Sendable, Hashable, Codable {
    case norm(Double)
    case value(Double)
  }

  let rule: Rule

  /// Scales all gradients so that their joint L2 norm is at most `maxNorm`, above 0
  /// (PyTorch: `nn.utils.clip_grad_norm_`; Pascanu et al., ICML 2013).
  public static func norm(_ maxNorm: Double) -> GradientClipping { GradientClipping(rule: .norm(maxNorm)) }

  /// Limits every gradient to −`limit` … `limit`, above 0 (PyTorch: `nn.utils.clip_grad_value_`).
  public static func value(_ limit: Double) -> GradientClipping { GradientClipping(rule: .value(limit)) }

  public var description: String {
    switch rule {
    case .norm(let maxNorm): "norm at most \(maxNorm)"
    case .value(let limit): "values within ±\(limit)"
    }
  }

  /// - Throws: ``OptimizerError`` where the limit is not a finite number above 0.
  public func validate() throws {
    switch rule {
    case .norm(let limit), .value(let limit):
      guard limit > 0, limit.isFinite else {
        throw OptimizerError(fact: .clipping(found: limit), optimizer: "")
      }
    }
  }

  /// Clips in place and returns the gradients' L2 norm before clipping (summed in double, in order).
  @discardableResult
  public func apply(to gradients: UnsafeMutableBufferPointer<Float>) -> Double {
    var sum = 0.0
    for gradient in gradients { sum += Double(gradient) * Double(gradient) }
    let total = sum.squareRoot()
    switch rule {
    case .norm(let maxNorm):
      // PyTorch adds 1e-6 so that a zero gradient stays zero.
      let scale = Float(min(1, maxNorm / (total + 1e-6)))
      if scale < 1 { for i in 0..<gradients.count { gradients[i] *= scale } }
    case .value(let limit):
      let bound = Float(limit)
      for i in 0..<gradients.count { gradients[i] = min(max(gradients[i], -bound), bound) }
    }
    return total
  }
}
