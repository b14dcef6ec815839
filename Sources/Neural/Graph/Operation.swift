/// A layer that the engine executes as one primitive operation.
///
/// Each operation is one file of `Operations`, which contains everything that the library knows about it. No
/// requirement has a default, so an operation that leaves one out does not compile. Shapes are per sample, channels
/// first.
///
/// The members of ``Lowering``, ``Lowered`` and ``ONNXLowering`` are internal, so only the library can add operations.
/// `docs/add-a-layer.md` shows how.
public protocol Operation: Layer {
  /// The operation's name and all of its hyperparameters, as text. A model's digest includes it, and two operations
  /// with the same description compute the same.
  var contentDescription: String { get }

  /// The shape of the output for an input, without computing it.
  ///
  /// - Throws: the hyperparameter that is out of its range, or the shape that does not fit.
  func output(for input: Shape) throws(ModelError.Fact) -> Shape

  /// The part of the output's shape that is certain even if the operation has a fault. ``ModelFaults`` checks the next
  /// layers with it.
  var declaredOutput: DeclaredOutput { get }

  /// The trained tensors and running statistics, in the order of PyTorch's `state_dict`.
  var parameters: [ParameterSpecification] { get }

  /// The number of multiply-adds in the matrix products of one sample's forward pass; other work does not count.
  func multiplyAdds(from input: Shape, to output: Shape) -> Int

  /// The pixels of the input that one pixel of the output depends on.
  var window: PixelWindow { get }

  /// Whether it has a row in the model's summary. Layers that PyTorch users call as functions have none.
  var hasSummaryRow: Bool { get }

  /// The operation that computes only every `stride`-th pixel of every `stride`-th row; `nil` if there is none.
  ///
  /// Evaluations skip pixels that nothing reads. An operation that mixes distant pixels cannot skip any.
  func subsampled(by stride: Int) -> Subsampled?

  /// The operation as a step of the engine, for a batch of training or evaluation.
  ///
  /// - Parameter node: the operation in its graph; it may absorb the operations that follow.
  /// - Returns: `nil` if an offset into working memory does not fit 32 bits.
  func lowered(_ node: inout Lowering) -> Lowered?

  /// Writes the operation as operators of ONNX, version 17, as it is computed in an evaluation.
  ///
  /// - Throws: `.noCounterpart` if ONNX's operators cannot compute the same.
  func onnx(_ node: inout ONNXLowering) throws(ModelError.Fact)
}

extension Operation {
  public var structure: LayerStructure { .operation(self) }
}

/// The part of an operation's output shape that is certain from the operation alone.
public enum DeclaredOutput: Sendable, Hashable {
  /// The shape of the input.
  case inputShape
  /// The number of channels of the input; the height and width depend on hyperparameters.
  case inputChannels
  /// This number of channels, if it is in its range.
  case channels(Int)
  /// This number of features, if it is in its range.
  case features(Int)
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

/// An operation that computes a part of another operation's pixels.
public struct Subsampled: Sendable {
  var operation: any Operation
  /// Whether the operation reads only every `stride`-th pixel too, so that the layer before it can skip the others.
  var readsSubsampledInput: Bool
}
