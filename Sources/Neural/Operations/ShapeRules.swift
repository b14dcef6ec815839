import Support

/// The ranges of the layers' hyperparameters. Sizes are bounded so that all their products fit 64 bits.
public enum LayerRange {
  /// The number of channels, features, groups, or cells along a side.
  public static let sizes = 1...(1 << 20)
  /// The side of a window, in pixels.
  public static let kernelSizes = 1...1024
  /// The stride of a window, in pixels.
  public static let strides = 1...(1 << 20)
  /// The border around an image, in pixels.
  public static let paddings = 0...1024
  /// The distance between neighbouring taps of a kernel, in pixels.
  public static let dilations = 1...1024
  /// The probability of dropping an element or a channel.
  public static let probabilities = 0.0..<1.0
  /// The weight of the batch's statistics in the running ones.
  public static let momenta = 0.0...1.0
}

/// The checks shared by shape rules.
extension Operation {
  func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ModelError.Fact) {
    guard range.contains(value) else {
      func text(_ bound: Int) -> String { bound < 10_000 ? "\(bound)" : Number.grouped(bound) }
      let expected = "in \(text(range.lowerBound))…\(text(range.upperBound))"
      throw .value(name: name, expected: expected, found: "\(value)")
    }
  }

  func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>) throws(ModelError.Fact) {
    try check(name, value, "in \(shortest(range.lowerBound))…\(shortest(range.upperBound))") {
      range.contains($0)
    }
  }

  func check(_ name: String, _ value: Double, _ range: Range<Double>) throws(ModelError.Fact) {
    let (low, high) = (shortest(range.lowerBound), shortest(range.upperBound))
    try check(name, value, "at least \(low) and below \(high)") { range.contains($0) }
  }

  /// The shortest text; 1.0 is `1`.
  private func shortest(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }

  func check(
    _ name: String, _ value: Double, _ expected: String, _ holds: (Double) -> Bool
  ) throws(ModelError.Fact) {
    guard holds(value) else { throw .value(name: name, expected: expected, found: "\(value)") }
  }

  /// Checks that the input is an image with the given number of channels; `nil` allows any number.
  func checkImage(_ input: Shape, channels: Int? = nil) throws(ModelError.Fact) {
    guard input.isImage, input.channels == channels ?? input.channels else {
      let expected = channels.map { "\($0) input channels" } ?? "an image (channels×height×width)"
      let channels = channels ?? input.channels
      throw .shape(
        expected: expected, found: input, fitting: Shape(channels, input.height, input.width))
    }
  }

  /// Checks that the input is a feature vector.
  func checkFeatures(_ input: Shape) throws(ModelError.Fact) {
    guard !input.isImage else {
      throw .shape(
        expected: "features (put Flatten() before it)", found: input,
        fitting: Shape(features: input.elements))
    }
  }

  /// The shape of the image that a sliding window produces, in pixels; see ``Conv2d`` for the formula.
  func windowed(
    _ input: Shape, kernel: Int, stride: Int, padding: Int, dilation: Int, channels: Int
  ) throws(ModelError.Fact) -> Shape {
    try check("kernelSize", kernel, LayerRange.kernelSizes)
    try check("stride", stride, LayerRange.strides)
    try check("padding", padding, LayerRange.paddings)
    try check("dilation", dilation, LayerRange.dilations)
    let covered = dilation * (kernel - 1) + 1
    let height = input.height + 2 * padding - covered
    let width = input.width + 2 * padding - covered
    guard height >= 0, width >= 0 else { throw .empty(kernel: covered, found: input) }
    return try bounded(Shape(channels, height / stride + 1, width / stride + 1))
  }

  /// The shape itself, if a sample has at most 2²⁸ elements (1 GiB).
  func bounded(_ shape: Shape) throws(ModelError.Fact) -> Shape {
    var product = 1
    for n in shape.dimensions {
      let (next, overflow) = product.multipliedReportingOverflow(by: n)
      guard !overflow, next <= 1 << 28 else { throw .tooLarge(shape) }
      product = next
    }
    return shape
  }
}
