import CKernels

/// The geometry of a square pooling window.
public struct Pooling: Sendable, Hashable {
  /// The side of the window, in pixels.
  public var kernelSize: Int
  /// The distance between windows, in pixels.
  public var stride: Int
  /// The width of the border around the image, in pixels.
  public var padding: Int
}

extension Pooling {
  fileprivate func output(for input: Shape, of operation: some Operation) throws(ModelError.Fact) -> Shape {
    try operation.checkImage(input)
    try operation.check("kernelSize", kernelSize, LayerRange.kernelSizes)
    try operation.check("padding", padding, 0...(kernelSize / 2))
    return try operation.windowed(
      input, kernel: kernelSize, stride: stride, padding: padding, dilation: 1, channels: input.channels)
  }
}

/// A pooling over square windows, without parameters. Each adds its names and its two kernels.
public protocol PoolingOperation: Operation {
  /// The geometry of the window.
  var pooling: Pooling { get }
  /// The operation's name in ``Operation/contentDescription``, without the geometry.
  var contentName: String { get }
  /// The kernels of the forward and backward pass.
  var kernels: PoolingKernels { get }
}

/// The kernels of a pooling.
public struct PoolingKernels {
  typealias Table = UnsafePointer<quire_kernels>
  typealias Sizes = UnsafePointer<quire_pooling>
  typealias Values = UnsafePointer<Float>
  typealias Results = UnsafeMutablePointer<Float>

  /// y from x.
  let forward: (Table) -> @convention(c) (Sizes, Values, Results) -> Void
  let backward: Backward

  /// The kernel of the backward pass.
  enum Backward {
    /// dx from dy.
    case ofGradient((Table) -> @convention(c) (Sizes, Values, Results) -> Void)
    /// dx from x and dy.
    case ofInput((Table) -> @convention(c) (Sizes, Values, Values, Results) -> Void)
  }
}

extension PoolingOperation {
  public var contentDescription: String {
    "\(contentName) \(pooling.kernelSize) \(pooling.stride) \(pooling.padding)"
  }
  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try pooling.output(for: input, of: self)
  }
  public var declaredOutput: DeclaredOutput { .inputChannels }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .window(size: pooling.kernelSize, stride: pooling.stride) }
  public var hasSummaryRow: Bool { true }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? { .step(kernels.step(pooling, node)) }
}

extension PoolingKernels {
  /// The step of a pooling from the node's input to its output.
  func step(_ window: Pooling, _ node: Lowering) -> SimpleStep {
    let (input, output) = (node.input, node.output)
    let sizes = quire_pooling(
      height: Int64(input.height), width: Int64(input.width), channels: Int64(input.channels),
      out_height: Int64(output.height), out_width: Int64(output.width), kernel: Int64(window.kernelSize),
      stride: Int64(window.stride), padding: Int64(window.padding))
    let readsInput = if case .ofInput = backward { true } else { false }
    return SimpleStep(
      forwardBody: { f, x, y in withUnsafePointer(to: sizes) { forward(f.kernels)($0, x, y) } },
      backwardBody: { f, x, _, dy, dx in
        withUnsafePointer(to: sizes) {
          switch backward {
          case .ofGradient(let kernel): kernel(f.kernels)($0, dy, dx)
          case .ofInput(let kernel): kernel(f.kernels)($0, x, dy, dx)
          }
        }
      }, backwardReads: (input: readsInput, output: false), isCheap: false)
  }
}
