/// Shapes, ranges and parameters of the primitive operations, without computing anything.
extension Operation {
  /// The largest size, count or kernel a layer may name; keeps every product below within 64 bits.
  static let limit = 1 << 20

  /// The shape of the output for an input, or what is wrong.
  func outputShape(for input: Shape) throws(ModelFault) -> Shape {
    switch self {
    case .conv2d(let c):
      try check("inChannels", c.inChannels, 1...Self.limit)
      try check("outChannels", c.outChannels, 1...Self.limit)
      try check("groups", c.groups, 1...Self.limit)
      guard c.inChannels.isMultiple(of: c.groups), c.outChannels.isMultiple(of: c.groups) else {
        throw ModelFault(
          .value(
            name: "groups", expected: "a divisor of both \(c.inChannels) and \(c.outChannels) channels",
            found: "\(c.groups)"))
      }
      guard input.isImage, input.channels == c.inChannels else {
        throw ModelFault(.shape(expected: channels(c.inChannels), found: input))
      }
      return try windowed(
        input, kernel: c.kernelSize, stride: c.stride, padding: c.padding, dilation: c.dilation,
        channels: c.outChannels)
    case .batchNorm2d(let features, let eps, let momentum):
      try check("numFeatures", features, 1...Self.limit)
      try check("eps", eps, "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
      try check("momentum", momentum, "between 0 and 1") { $0 >= 0 && $0 <= 1 }
      guard input.isImage, input.channels == features else {
        throw ModelFault(.shape(expected: channels(features), found: input))
      }
      return input
    case .relu, .silu: return input
    case .leakyReLU(let slope):
      try check("negativeSlope", slope, "a finite number") { $0.isFinite }
      return input
    case .dropout(let p, let wholeChannels):
      try check("p", p, "at least 0 and below 1") { $0 >= 0 && $0 < 1 }
      guard input.isImage || !wholeChannels else {
        throw ModelFault(.shape(expected: "an image (channels×height×width)", found: input))
      }
      return input
    case .maxPool2d(let w), .avgPool2d(let w):
      guard input.isImage else {
        throw ModelFault(.shape(expected: "an image (channels×height×width)", found: input))
      }
      try check("kernelSize", w.kernelSize, 1...Self.limit)
      try check("padding", w.padding, 0...(w.kernelSize / 2))
      return try windowed(
        input, kernel: w.kernelSize, stride: w.stride, padding: w.padding, dilation: 1,
        channels: input.channels)
    case .adaptiveAvgPool2d(let size):
      try check("outputSize", size, 1...Self.limit)
      guard input.isImage else {
        throw ModelFault(.shape(expected: "an image (channels×height×width)", found: input))
      }
      return try bounded(Shape(input.channels, size, size))
    case .flatten: return Shape(features: input.elements)
    case .linear(let inFeatures, let outFeatures, _):
      try check("inFeatures", inFeatures, 1...Self.limit)
      try check("outFeatures", outFeatures, 1...Self.limit)
      guard !input.isImage, input.elements == inFeatures else {
        let hint = input.isImage && input.elements == inFeatures ? " (put Flatten() before it)" : ""
        throw ModelFault(.shape(expected: "\(inFeatures) features\(hint)", found: input))
      }
      return Shape(features: outFeatures)
    case .logSoftmax, .softmax:
      guard !input.isImage else {
        throw ModelFault(.shape(expected: "features (put Flatten() before it)", found: input))
      }
      return input
    case .add: return input
    }
  }

  /// Parameters and running statistics in PyTorch's `state_dict` order.
  var parameters: [ParameterSpecification] {
    switch self {
    case .conv2d(let c):
      let fanIn = c.inChannels / max(1, c.groups) * c.kernelSize * c.kernelSize
      let weight = ParameterSpecification(
        "weight", [c.outChannels, c.inChannels / max(1, c.groups), c.kernelSize, c.kernelSize],
        .uniform(fanIn: fanIn))
      return c.bias
        ? [weight, ParameterSpecification("bias", [c.outChannels], .uniform(fanIn: fanIn))] : [weight]
    case .batchNorm2d(let n, _, _):
      return [
        ParameterSpecification("weight", [n], .ones), ParameterSpecification("bias", [n], .zeros),
        ParameterSpecification("running_mean", [n], .zeros, isTrained: false),
        ParameterSpecification("running_var", [n], .ones, isTrained: false),
      ]
    case .linear(let i, let o, let bias):
      let weight = ParameterSpecification("weight", [o, i], .uniform(fanIn: i))
      return bias ? [weight, ParameterSpecification("bias", [o], .uniform(fanIn: i))] : [weight]
    default: return []
    }
  }

  private func channels(_ n: Int) -> String { "\(n) input channels" }

  private func windowed(
    _ input: Shape, kernel: Int, stride: Int, padding: Int, dilation: Int, channels: Int
  ) throws(ModelFault) -> Shape {
    try check("kernelSize", kernel, 1...1024)
    try check("stride", stride, 1...Self.limit)
    try check("padding", padding, 0...1024)
    try check("dilation", dilation, 1...1024)
    let covered = dilation * (kernel - 1) + 1
    let height = input.height + 2 * padding - covered
    let width = input.width + 2 * padding - covered
    guard height >= 0, width >= 0 else { throw ModelFault(.empty(kernel: covered, found: input)) }
    return try bounded(Shape(channels, height / stride + 1, width / stride + 1))
  }

  /// At most 2²⁸ numbers (1 GiB) an image.
  private func bounded(_ shape: Shape) throws(ModelFault) -> Shape {
    var product = 1
    for n in shape.dimensions {
      let (next, overflow) = product.multipliedReportingOverflow(by: n)
      guard !overflow, next <= 1 << 28 else { throw ModelFault(.tooLarge(shape)) }
      product = next
    }
    return shape
  }

  private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ModelFault) {
    guard range.contains(value) else {
      let expected = "in \(range.lowerBound)…\(range.upperBound)"
      throw ModelFault(.value(name: name, expected: expected, found: "\(value)"))
    }
  }

  private func check(
    _ name: String, _ value: Double, _ expected: String, _ holds: (Double) -> Bool
  ) throws(ModelFault) {
    guard holds(value) else { throw ModelFault(.value(name: name, expected: expected, found: "\(value)")) }
  }
}

/// A fault of one operation, before it is known which layer it belongs to.
struct ModelFault: Error {
  var fact: ModelError.Fact
  init(_ fact: ModelError.Fact) { self.fact = fact }
}

/// A tensor that a layer owns: its name within the layer, PyTorch's shape, how it starts.
public struct ParameterSpecification: Sendable, Hashable {
  public enum Initialisation: Sendable, Hashable {
    /// U(±1/√fanIn), PyTorch's default for convolutions and linear layers, weights and biases alike.
    case uniform(fanIn: Int)
    case zeros, ones
  }

  public var name: String
  public var shape: [Int]
  public var initialisation: Initialisation
  /// Running statistics are stored but not trained.
  public var isTrained: Bool

  init(_ name: String, _ shape: [Int], _ initialisation: Initialisation, isTrained: Bool = true) {
    self.name = name
    self.shape = shape
    self.initialisation = initialisation
    self.isTrained = isTrained
  }

  public var count: Int { shape.reduce(1, *) }
}
