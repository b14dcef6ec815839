/// The kernel that computes an operation, and why.
public struct KernelChoice: Sendable, Hashable {
  /// The kernel, for example `Winograd F(4×4, 3×3)`.
  public let name: String
  /// The properties of the operation that decide, for example `no Winograd: stride 2`.
  public let reason: String
}

/// The kernels of convolutions.
enum ConvolutionKernel: Sendable, Hashable {
  case winograd, winogradBatch, directBatch, filterPerChannel, channelwise, pointwise, direct

  init(_ c: Convolution, input: Shape, output: Shape, options: CompilerOptions) {
    if WinogradStep.suits(c, input: input) {
      self = WinogradBatchStep.suits(c, input: input) ? .winogradBatch : .winograd
    } else if BatchConvolutionStep.suits(c, output: output, options: options) {
      self = .directBatch
    } else if Depthwise3x3Step.suits(c) {
      self = .filterPerChannel
    } else if c.isChannelwise {
      self = .channelwise
    } else {
      self = PointwiseStep.suits(c) ? .pointwise : .direct
    }
  }

  /// Whether all images of a batch are multiplied at once, so that weight gradients need no copies for groups of them.
  var isBatched: Bool { self == .winogradBatch || self == .directBatch }

  func choice(for c: Convolution) -> KernelChoice {
    let size = "\(c.kernelSize)×\(c.kernelSize)"
    let isPointwise = PointwiseStep.suits(c)
    return switch self {
    case .winograd:
      KernelChoice(name: "Winograd F(4×4, \(size))", reason: "stride 1, one group, the size stays")
    case .winogradBatch:
      KernelChoice(name: "Winograd F(4×4, \(size)), batch at once", reason: "few pixels, many weights")
    case .directBatch where isPointwise:
      KernelChoice(name: "pointwise product, batch at once", reason: "few pixels, many weights")
    case .directBatch:
      KernelChoice(
        name: "direct, batch at once", reason: "few pixels, many weights; no Winograd: \(Self.obstacle(c))")
    case .filterPerChannel: KernelChoice(name: "depthwise 3×3", reason: "one filter per channel, stride 1")
    case .channelwise:
      KernelChoice(
        name: "channels as vectors",
        reason: c.isDepthwise
          ? "one \(size) filter per channel, stride \(c.stride)"
          : "groups of \(c.inChannels / c.groups) channels")
    case .pointwise: KernelChoice(name: "pointwise product", reason: "1×1, stride 1")
    case .direct: KernelChoice(name: "direct", reason: "no Winograd: \(Self.obstacle(c))")
    }
  }

  /// The reason why Winograd's algorithm does not compute a convolution.
  private static func obstacle(_ c: Convolution) -> String {
    if c.stride != 1 { return "stride \(c.stride)" }
    if c.groups != 1 { return "\(c.groups) groups" }
    if 2 * c.padding != c.dilation * (c.kernelSize - 1) { return "padding \(c.padding) changes the size" }
    // The same convolution with many channels on a large image.
    let large = Convolution(
      inChannels: 256, outChannels: 256, kernelSize: c.kernelSize, padding: c.padding, dilation: c.dilation)
    let side = 64 * c.dilation
    return WinogradStep.suits(large, input: Shape(256, side, side))
      ? "too few channels or pixels" : "\(c.kernelSize)×\(c.kernelSize)"
  }
}
