/// An argument of an augmentation: its label, its default and its valid values.
///
///     Rotate.limit.default   // 90
public struct AugmentationArgument<Value: ArgumentValue>: Sendable {
  /// The argument's label.
  public let name: String
  /// The default value.
  public let `default`: Value
  /// The valid numbers; for an argument that is a range, both of its bounds lie in this one.
  public let range: ClosedRange<Double>

  init(_ name: String, _ value: Value, in range: ClosedRange<Double>) {
    self.name = name
    self.default = value
    self.range = range
  }

  /// The error for a value outside the range; `nil` if the value is valid.
  func fault(_ value: Value) -> AugmentationError.Fact? {
    value.numbers.lazy.compactMap { AugmentationError.Fact.limit(name, $0, range) }.first
  }
}

extension AugmentationArgument where Value == Double {
  /// The probability of a transform that is applied to half of the images by default.
  public static let p = AugmentationArgument("p", 0.5, in: 0...1)
  /// The probability of a transform that is applied to all images by default.
  public static let certainP = AugmentationArgument("p", 1, in: 0...1)
}

/// A type of augmentation arguments: a number or a range of numbers.
public protocol ArgumentValue: Sendable {
  /// The numbers that must be valid: a number itself, or the bounds of a range.
  var numbers: [Double] { get }
}

extension Double: ArgumentValue {
  public var numbers: [Double] { [self] }
}

extension Int: ArgumentValue {
  public var numbers: [Double] { [Double(self)] }
}

extension ClosedRange: ArgumentValue where Bound: ArgumentValue {
  public var numbers: [Double] { lowerBound.numbers + upperBound.numbers }
}

extension Optional: ArgumentValue where Wrapped: ArgumentValue {
  public var numbers: [Double] { self?.numbers ?? [] }
}
