import CKernels

/// An operation without parameters that computes each output element from the input element at the same place.
///
/// All activations have the same lowering. Each adds its name, its shape rule's errors
/// and its two kernels.
public protocol Activation: PixelwiseOperation {
  /// The kernels of the forward and backward pass.
  var kernels: ActivationKernels { get }
}

/// The kernels of an activation, with the constant that both receive.
public struct ActivationKernels {
  typealias Table = UnsafePointer<quire_kernels>

  /// y [n] from x [n].
  let forward:
    (Table) -> @convention(c) (UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int64) -> Void
  /// dx [n] from x [n] and dy [n].
  let backward:
    (Table) ->
      @convention(c) (
        UnsafePointer<Float>, UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int64
      ) -> Void
  var constant: Float = 0
}

extension Activation {
  public var parameters: [ParameterSpecification] { [] }
  public var hasSummaryRow: Bool { true }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let (kernels, n) = (kernels, Int64(node.input.elements))
    return .step(
      SimpleStep(
        forwardBody: { f, x, y in kernels.forward(f.kernels)(x, kernels.constant, y, n) },
        backwardBody: { f, x, _, dy, dx in kernels.backward(f.kernels)(x, dy, kernels.constant, dx, n) },
        backwardReads: (input: true, output: false), isCheap: true))
  }
}
