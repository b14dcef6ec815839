/// A layer that the engine executes as one primitive operation.
///
/// Each operation is one file of this folder, which holds everything that the library knows about it. No requirement
/// has a default, so an operation that leaves one out does not compile. Shapes are per sample, images channels first.
///
/// The members of ``Lowering`` and ``Lowered`` are the library's own, so only the library can add operations.
/// `docs/add-a-layer.md` walks through one.
public protocol Operation: Layer {
  /// The operation's name and all of its numbers, as text. A model's digest is computed from it, and two operations
  /// with the same description compute the same.
  var contentDescription: String { get }

  /// The shape of the output for an input. Nothing is computed.
  ///
  /// - Throws: the hyperparameter that is out of its range, or the shape that does not fit.
  func output(for input: Shape) throws(ModelError.Fact) -> Shape

  /// The trained tensors and running statistics, in the order of PyTorch's `state_dict`.
  var parameters: [ParameterSpecification] { get }

  /// The multiplications with an addition that one sample's forward pass takes in matrix products; other work is not
  /// counted.
  func multiplyAdds(from input: Shape, to output: Shape) -> Int

  /// The pixels of the input that one pixel of the output depends on.
  var window: PixelWindow { get }

  /// Whether it has a row in the model's summary. The layers that PyTorch users call as functions have none.
  var hasSummaryRow: Bool { get }

  /// The operation that computes only every `stride`-th pixel of every `stride`-th row; `nil` if there is none.
  ///
  /// Evaluations skip pixels that nothing reads. An operation that mixes distant pixels cannot.
  func subsampled(by stride: Int) -> Subsampled?

  /// The operation as a step of the engine, for a batch of training or of evaluation.
  ///
  /// - Parameter node: the operation's place in the graph; it may absorb the operations that follow.
  /// - Returns: `nil` where an offset into working memory is beyond 32 bits.
  func lowered(_ node: inout Lowering) -> Lowered?
}

extension Operation {
  public var structure: LayerStructure { .operation(self) }
}

/// The pixels of an operation's input that one pixel of its output depends on.
public enum PixelWindow: Sendable, Hashable {
  /// The pixel at the same place.
  case pixel
  /// `size` pixels along each side, and `stride` pixels from one window to the next.
  case window(size: Int, stride: Int)
  /// Every pixel.
  case image
}

/// An operation that computes a part of the pixels of another.
public struct Subsampled: Sendable {
  var operation: any Operation
  /// Whether the operation reads only every `stride`-th pixel too, so that the layer before it can skip the others.
  var readsSubsampledInput: Bool
}
