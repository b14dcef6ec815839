/// An operation that computes each pixel of its output from the pixel of its input at the same place, without matrix
/// products.
///
/// All of them have the same output shape, cost and receptive field, and can skip pixels that nothing reads.
public protocol PixelwiseOperation: Operation {}

extension PixelwiseOperation {
  public var declaredOutput: DeclaredOutput { .inputShape }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .pixel }
  public func subsampled(by stride: Int) -> Subsampled? {
    Subsampled(operation: self, readsSubsampledInput: true)
  }
}
