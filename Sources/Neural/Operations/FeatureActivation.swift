import CKernels

/// An operation without parameters that computes each output from all features of the sample, such as a softmax.
///
/// It has no row in the summary. Each adds its name and its two kernels.
public protocol FeatureActivation: Operation {
  /// The kernels of the forward and backward pass.
  var kernels: FeatureKernels { get }
}

/// The kernels of an activation of features.
public struct FeatureKernels {
  /// y [n] from x [n].
  let forward: @convention(c) (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int64) -> Void
  /// dx [n] from y [n] and dy [n].
  let backward:
    @convention(c) (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int64) -> Void
}

extension FeatureActivation {
  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try checkFeatures(input)
    return input
  }
  public var declaredOutput: DeclaredOutput { .inputShape }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { false }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let (kernels, n) = (kernels, Int64(node.input.elements))
    return .step(
      SimpleStep(
        forwardBody: { _, x, y in kernels.forward(x, y, n) },
        backwardBody: { _, _, y, dy, dx in kernels.backward(y, dy, dx, n) },
        backwardReads: (input: false, output: true), isCheap: false))
  }
}
