import Foundation
import Support

/// The quantity on an axis and its unit.
public struct Axis: Sendable, Hashable {
  /// The direction that is better, used in descriptions.
  public enum Better: Sendable, Hashable { case higher, lower }

  /// The quantity, for example `test accuracy`.
  public var title: String
  /// The unit, for example `%` or `s`.
  public var unit: String?
  /// The direction that is better; `nil` if neither is.
  public var better: Better?
  /// Whether ticks are only at integers.
  public var isWhole: Bool
  /// Whether the axis is logarithmic; a plot then places points by their decimal logarithms.
  public var isLogarithmic: Bool

  /// Creates an axis.
  public init(
    _ title: String, unit: String? = nil, better: Better? = nil, isWhole: Bool = false,
    isLogarithmic: Bool = false
  ) {
    self.title = title
    self.unit = unit
    self.better = better
    self.isWhole = isWhole
    self.isLogarithmic = isLogarithmic
  }

  /// The title with its unit, for example `test accuracy (%)`.
  var heading: String { unit.map { title.isEmpty ? $0 : "\(title) (\($0))" } ?? title }

  /// A number's text with the unit behind it: `85%`, `25 s`.
  func withUnit(_ number: String) -> String {
    guard let unit else { return number }
    return unit == "%" ? number + unit : "\(number) \(unit)"
  }

  /// The scale around values, which are logarithms on a logarithmic axis.
  func scale(around values: some Sequence<Double>, count: Int, isTight: Bool = false) -> Scale {
    isLogarithmic
      ? Scale(logarithmsAround: values, count: count, isTight: isTight)
      : Scale(around: values, count: count, isWhole: isWhole, isTight: isTight)
  }

  /// The value's position on the axis: on a logarithmic one, its logarithm, which is NaN for numbers up to 0.
  func position(of value: Double) -> Double {
    guard isLogarithmic else { return value }
    return value > 0 ? log10(value) : .nan
  }

  /// Whether the value has a place on the axis.
  func shows(_ value: Double) -> Bool { isDrawable(position(of: value)) && isDrawable(value) }
}
