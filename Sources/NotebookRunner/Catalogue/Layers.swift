import Cells
import Neural

extension Neural.Conv2d: HostValue {}
extension Neural.DepthwiseSeparableConv2d: HostValue {}
extension Neural.DilatedConv2d: HostValue {}
extension Neural.BatchNorm1d: HostValue {}
extension Neural.BatchNorm2d: HostValue {}
extension Neural.GroupNorm: HostValue {}
extension Neural.ReLU: HostValue {}
extension Neural.LeakyReLU: HostValue {}
extension Neural.SiLU: HostValue {}
extension Neural.GELU: HostValue {}
extension Neural.Sigmoid: HostValue {}
extension Neural.Tanh: HostValue {}
extension Neural.Hardswish: HostValue {}
extension Neural.ReLU6: HostValue {}
extension Neural.PReLU: HostValue {}
extension Neural.Dropout: HostValue {}
extension Neural.Dropout2d: HostValue {}
extension Neural.MaxPool2d: HostValue {}
extension Neural.AvgPool2d: HostValue {}
extension Neural.AdaptiveAvgPool2d: HostValue {}
extension Neural.Flatten: HostValue {}
extension Neural.Linear: HostValue {}
extension Neural.LogSoftmax: HostValue {}
extension Neural.Softmax: HostValue {}
extension Neural.Block: HostValue {}
extension Neural.Sequential: HostValue {}
extension Neural.Residual: HostValue {}

extension Catalogue {
  static let layers = Group(
    "layers", "Model layers",
    [
      .protocolType("Layer", "A layer of a model."),
      .initialiser(
        Conv2d.self, conformsTo: ["Layer"], "A 2-D convolution with a square kernel (PyTorch: nn.Conv2d).",
        example: "Conv2d(64, 16, kernelSize: 1, stride: 2)",
        inChannels, outChannels, kernelSize, stride, padding, dilation,
        p(
          "groups", Int.self, default: 1, "number of channel groups",
          range: "a divisor of both channel counts"),
        bias
      ) {
        Conv2d($0, $1, kernelSize: $2, stride: $3, padding: $4, dilation: $5, groups: $6, bias: $7)
      },
      .initialiser(
        DepthwiseSeparableConv2d.self, conformsTo: ["Layer"],
        "A depthwise convolution followed by a pointwise (1×1) convolution, with nothing in between.",
        example: "DepthwiseSeparableConv2d(3, 32, kernelSize: 3, padding: 1)",
        inChannels, outChannels, kernelSize, stride, padding, dilation
      ) {
        DepthwiseSeparableConv2d($0, $1, kernelSize: $2, stride: $3, padding: $4, dilation: $5)
      },
      .initialiser(
        DilatedConv2d.self, conformsTo: ["Layer"], "A dilated convolution.",
        example: "DilatedConv2d(32, 64, kernelSize: 3, padding: 2, dilation: 2)",
        inChannels, outChannels, kernelSize, stride, padding, dilation
      ) {
        DilatedConv2d($0, $1, kernelSize: $2, stride: $3, padding: $4, dilation: $5)
      },
      .initialiser(
        BatchNorm1d.self, conformsTo: ["Layer"], "Batch normalisation of features (PyTorch: nn.BatchNorm1d).",
        example: "BatchNorm1d(64)",
        p("numFeatures", label: nil, Int.self, "number of features", range: .in(LayerRange.sizes)), eps,
        momentum
      ) { BatchNorm1d($0, eps: $1, momentum: $2) },
      .initialiser(
        BatchNorm2d.self, conformsTo: ["Layer"],
        "Batch normalisation over channels (PyTorch: nn.BatchNorm2d).",
        example: "BatchNorm2d(32)",
        p("numFeatures", label: nil, Int.self, "number of channels", range: .in(LayerRange.sizes)),
        eps, momentum
      ) {
        BatchNorm2d($0, eps: $1, momentum: $2)
      },
      .initialiser(
        GroupNorm.self, conformsTo: ["Layer"],
        "Normalisation over groups of a sample's channels (PyTorch: nn.GroupNorm).",
        example: "GroupNorm(8, 64)",
        p(
          "numGroups", label: nil, Int.self, "number of groups; must divide the number of channels",
          range: .in(LayerRange.sizes)
        ),
        p("numChannels", label: nil, Int.self, "number of channels", range: .in(LayerRange.sizes)),
        eps
      ) { GroupNorm($0, $1, eps: $2) },
      .initialiser(
        ReLU.self, conformsTo: ["Layer"], "max(0, x) (PyTorch: nn.ReLU).", example: "ReLU()"
      ) { ReLU() },
      .initialiser(
        LeakyReLU.self, conformsTo: ["Layer"],
        "x if positive, otherwise negativeSlope·x (PyTorch: nn.LeakyReLU).",
        example: "LeakyReLU(negativeSlope: 0.1)",
        p("negativeSlope", Double.self, default: 0.01, "slope for negative x", range: .finite)
      ) { LeakyReLU(negativeSlope: $0) },
      .initialiser(
        SiLU.self, conformsTo: ["Layer"], "x·sigmoid(x) (PyTorch: nn.SiLU).", example: "SiLU()"
      ) { SiLU() },
      .initialiser(
        GELU.self, conformsTo: ["Layer"], "x·Φ(x), where Φ is the standard normal CDF (PyTorch: nn.GELU).",
        example: "GELU()"
      ) { GELU() },
      .initialiser(
        Sigmoid.self, conformsTo: ["Layer"], "1/(1 + exp(−x)) (PyTorch: nn.Sigmoid).", example: "Sigmoid()"
      ) { Sigmoid() },
      .initialiser(
        Tanh.self, conformsTo: ["Layer"], "The hyperbolic tangent (PyTorch: nn.Tanh).", example: "Tanh()"
      ) { Tanh() },
      .initialiser(
        ReLU6.self, conformsTo: ["Layer"], "min(max(0, x), 6), for MobileNetV2 (PyTorch: nn.ReLU6).",
        example: "ReLU6()"
      ) { ReLU6() },
      .initialiser(
        Hardswish.self, conformsTo: ["Layer"], "x·min(max(x + 3, 0), 6)/6 (PyTorch: nn.Hardswish).",
        example: "Hardswish()"
      ) { Hardswish() },
      .initialiser(
        PReLU.self, conformsTo: ["Layer"],
        "x if positive, otherwise a learned slope times x (PyTorch: nn.PReLU).",
        example: "PReLU(32, init: 0.1)",
        p(
          "numParameters", label: nil, Int.self, default: 1, "number of slopes: 1, or one per channel",
          range: .in(LayerRange.sizes)),
        p(
          "initialSlope", label: "init", Double.self, default: 0.25, "initial value of the slopes",
          range: .finite)
      ) { PReLU($0, init: $1) },
      .initialiser(
        Dropout.self, conformsTo: ["Layer"], "Zeroes random elements during training (PyTorch: nn.Dropout).",
        example: "Dropout(0.5)", probability
      ) { Dropout($0) },
      .initialiser(
        Dropout2d.self, conformsTo: ["Layer"],
        "Zeroes random channels during training (PyTorch: nn.Dropout2d).",
        example: "Dropout2d(0.05)", probability
      ) { Dropout2d($0) },
      .initialiser(
        MaxPool2d.self, conformsTo: ["Layer"], "Maximum over each window (PyTorch: nn.MaxPool2d).",
        example: "MaxPool2d(2)", window, windowStride, windowPadding
      ) { MaxPool2d($0, stride: $1, padding: $2) },
      .initialiser(
        AvgPool2d.self, conformsTo: ["Layer"], "Mean over each window (PyTorch: nn.AvgPool2d).",
        example: "AvgPool2d(2)", window, windowStride, windowPadding
      ) { AvgPool2d($0, stride: $1, padding: $2) },
      .initialiser(
        AdaptiveAvgPool2d.self, conformsTo: ["Layer"],
        "Average pooling to a fixed output size; 1 is global average pooling (PyTorch: nn.AdaptiveAvgPool2d).",
        example: "AdaptiveAvgPool2d(1)",
        p(
          "outputSize", label: nil, Int.self, default: 1, "height and width of the output",
          range: .in(LayerRange.sizes))
      ) { AdaptiveAvgPool2d($0) },
      .initialiser(
        Flatten.self, conformsTo: ["Layer"], "Flattens an image to features (PyTorch: nn.Flatten).",
        example: "Flatten()"
      ) { Flatten() },
      .initialiser(
        Linear.self, conformsTo: ["Layer"], "A fully connected layer, y = x·Wᵀ + b (PyTorch: nn.Linear).",
        example: "Linear(16, 10)",
        p("inFeatures", label: nil, Int.self, "input features", range: .in(LayerRange.sizes)),
        p("outFeatures", label: nil, Int.self, "output features", range: .in(LayerRange.sizes)), bias
      ) { Linear($0, $1, bias: $2) },
      .initialiser(
        LogSoftmax.self, conformsTo: ["Layer"], "The logarithm of the softmax (PyTorch: nn.LogSoftmax(1)).",
        example: "LogSoftmax()"
      ) { LogSoftmax() },
      .initialiser(
        Softmax.self, conformsTo: ["Layer"], "Converts scores to probabilities (PyTorch: nn.Softmax(1)).",
        example: "Softmax()"
      ) { Softmax() },
      .initialiser(
        Block.self, conformsTo: ["Layer"], "Named layers, applied in order.",
        example: "Block(\"stem\") { Conv2d(3, 8, kernelSize: 3); ReLU() }",
        p("name", label: nil, String.self, "prefix for the names of its parameters"), content
      ) { Block($0, elements: try $1.containedLayers) },
      .initialiser(
        Sequential.self, conformsTo: ["Layer"], "Layers applied in order (PyTorch: nn.Sequential).",
        example: "Sequential { Conv2d(3, 8, kernelSize: 3); ReLU() }", content
      ) { Sequential(elements: try $0.containedLayers) },
      .initialiser(
        Residual.self, conformsTo: ["Layer"],
        "Layers whose output is added to their input (He et al., 2015).",
        example: "Residual { Conv2d(16, 16, kernelSize: 3, padding: 1); BatchNorm2d(16) }", content
      ) { Residual(elements: try $0.containedLayers) },
      .initialiser(
        Residual.self, conformsTo: ["Layer"],
        "Layers whose output is added to that of a shortcut, for layers that change the shape.",
        example: """
          Residual(shortcut: { Conv2d(16, 32, kernelSize: 1, stride: 2) }) {
            Conv2d(16, 32, kernelSize: 3, stride: 2, padding: 1)
          }
          """,
        builder(
          "shortcut", of: "Layer", by: "LayerBuilder", label: .same,
          "layers that convert the input to the shape of the output"), content
      ) { Residual(elements: try $1.containedLayers, shortcut: try $0.containedLayers) },
    ])

  private static let inChannels = p(
    "inChannels", label: nil, Int.self, "input channels", range: .in(LayerRange.sizes))
  private static let outChannels = p(
    "outChannels", label: nil, Int.self, "output channels", range: .in(LayerRange.sizes))
  private static let kernelSize = p(
    "kernelSize", Int.self, "height and width of the kernel", unit: "pixels",
    range: .in(LayerRange.kernelSizes))
  private static let stride = p(
    "stride", Int.self, default: 1, "stride", unit: "pixels", range: .in(LayerRange.strides))
  private static let padding = p(
    "padding", Int.self, default: 0, "zero padding on each side", unit: "pixels",
    range: .in(LayerRange.paddings)
  )
  private static let dilation = p(
    "dilation", Int.self, default: 1, "distance between kernel elements", unit: "pixels",
    range: .in(LayerRange.dilations))
  private static let eps = p(
    "eps", Double.self, default: 1e-5, "added to the variance", range: .above(0, through: 1))
  private static let momentum = p(
    "momentum", Double.self, default: 0.1, "weight of the current batch in the running statistics",
    range: .in(LayerRange.momenta))
  private static let bias = p("bias", Bool.self, default: true, "whether to add a learned bias")
  private static let probability = p(
    "p", label: nil, Double.self, default: 0.5, "probability of zeroing", range: .in(LayerRange.probabilities)
  )
  private static let window = p(
    "kernelSize", label: nil, Int.self, "height and width of the window", unit: "pixels",
    range: .in(LayerRange.kernelSizes))
  private static let windowStride = p(
    "stride", Int?.self, default: nil, "stride of the window; nil uses kernelSize", unit: "pixels",
    range: .in(LayerRange.strides))
  private static let windowPadding = p(
    "padding", Int.self, default: 0, "padding on each side", unit: "pixels",
    range: "at most half of kernelSize"
  )
  private static let content = builder("layers", of: "Layer", by: "LayerBuilder", "the layers, in order")
}
