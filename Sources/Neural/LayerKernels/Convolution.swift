/// The geometry of a convolution with square kernel and symmetric zero padding.
public struct Convolution: Sendable, Hashable {
  /// The number of input channels.
  public var inChannels: Int
  /// The number of output channels.
  public var outChannels: Int
  /// The side of the kernel, in pixels.
  public var kernelSize: Int
  /// The distance between windows, in pixels.
  public var stride = 1
  /// The width of the zeros around the image, in pixels.
  public var padding = 0
  /// The distance between taps of the kernel, in pixels.
  public var dilation = 1
  /// The number of groups of channels, a divisor of both channel counts.
  public var groups = 1
  /// Whether there is a bias.
  public var bias = true

  /// Whether there is one filter per channel.
  var isDepthwise: Bool { groups > 1 && groups == inChannels && groups == outChannels }

  /// Whether groups are so narrow that vectors of channels of several groups are faster than products by group.
  var isChannelwise: Bool {
    groups > 1 && inChannels == outChannels && [1, 2, 4, 8].contains(inChannels / groups)
  }
}
