/// A depthwise convolution, one filter a channel, then a pointwise 1×1 that mixes channels; no
/// activation between them (Chollet, "Xception", 2017).
///
///     DepthwiseSeparableConv2d(3, 32, kernelSize: 3, padding: 1)
public struct DepthwiseSeparableConv2d: Layer {
  public let depthwise: Conv2d
  public let pointwise: Conv2d

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

/// A convolution whose taps stand `dilation` pixels apart (Yu and Koltun, 2016).
///
///     DilatedConv2d(32, 64, kernelSize: 3, padding: 2, dilation: 2)
public struct DilatedConv2d: Layer {
  public let conv: Conv2d

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
