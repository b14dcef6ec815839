import CellCatalogue
import Reporting

/// The quantity on an axis of a plot, its unit and its scale.
///
///     plot(.line(losses), y: .axis("loss", unit: "nats", scale: .log))
public struct PlotAxis: Sendable, Hashable, HostValue {
  static let titleArgument = p("title", label: nil, String.self, default: "", "the quantity, e.g. loss")
  static let unitArgument = p(
    "unit", String?.self, default: nil, defaultText: "nil", "the quantity's unit, e.g. s")
  static let scaleArgument = p(
    "scale", PlotScale.self, default: .linear, defaultText: ".linear", "linear, or log for powers of ten")

  let title: String
  let unit: String?
  let scale: PlotScale

  /// An axis.
  ///
  /// - Parameters:
  ///   - title: the quantity.
  ///   - unit: the quantity's unit.
  ///   - scale: linear or logarithmic.
  public static func axis(_ title: String = "", unit: String? = nil, scale: PlotScale = .linear) -> PlotAxis {
    PlotAxis(title: title, unit: unit, scale: scale)
  }

  /// The axis for charts.
  ///
  /// - Parameter isWhole: whether ticks are only at integers.
  func chartAxis(isWhole: Bool = false) -> Axis {
    Axis(title, unit: unit, isWhole: isWhole, isLogarithmic: scale == .log)
  }

  package static let rows: [Entry] = [
    .staticMember(
      "axis", of: PlotAxis.self, "The quantity on an axis of a plot, its unit and its scale.",
      example: ".axis(\"loss\", unit: \"nats\", scale: .log)", titleArgument, unitArgument, scaleArgument
    ) { .axis($0, unit: $1, scale: $2) },
    .staticValue(
      "linear", of: PlotScale.self, "Equal distances are equal differences.",
      example: "plot(.line([1, 2]), y: .axis(\"loss\", scale: .linear))"
    ) { .linear },
    .staticValue(
      "log", of: PlotScale.self, "Equal distances are equal factors; cannot show 0 and negative numbers.",
      example: "plot(.line([1, 0.1]), y: .axis(\"loss\", scale: .log))"
    ) { .log },
  ]
}

/// The scale of an axis.
public enum PlotScale: Sendable, Hashable, HostValue {
  /// Equal distances are equal differences.
  case linear
  /// Equal distances are equal factors.
  case log
}
