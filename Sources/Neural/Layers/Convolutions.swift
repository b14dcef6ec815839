/// A depthwise convolution with one filter per channel, then a pointwise 1×1 convolution that mixes channels,
/// without an activation in between (Chollet, "Xception", 2017).
///
///     DepthwiseSeparableConv2d(3, 32, kernelSize: 3, padding: 1)
public struct DepthwiseSeparableConv2d: Layer {
  /// The depthwise convolution.
  public let depthwise: Conv2d
  /// The 1×1 convolution.
  public let pointwise: Conv2d

  /// Creates the layer; `kernelSize`, `stride`, `padding` and `dilation` are those of the depthwise convolution.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1
  ) {
    depthwise = Conv2d(
      inChannels, inChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
      groups: inChannels)
    pointwise = Conv2d(inChannels, outChannels, kernelSize: 1)
  }

  public var typeName: String { "DepthwiseSeparableConv2d" }
  public var structure: LayerStructure {
    .sequence(
      [LayerElement(depthwise, name: "depthwise"), LayerElement(pointwise, name: "pointwise")],
      isContainer: false)
  }
}

/// A dilated convolution, whose taps are `dilation` pixels apart (Yu and Koltun, 2016).
///
///     DilatedConv2d(32, 64, kernelSize: 3, padding: 2, dilation: 2)
public struct DilatedConv2d: Layer {
  /// The convolution.
  public let conv: Conv2d

  /// Creates the layer; see ``Conv2d`` for its parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1
  ) {
    conv = Conv2d(
      inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation)
  }

  public var typeName: String { "DilatedConv2d" }
  public var structure: LayerStructure {
    .sequence([LayerElement(conv, name: "conv")], isContainer: false)
  }
}
