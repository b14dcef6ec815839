import CellCatalogue

/// A number that a plot can show: `Int`, `Float` or `Double`.
public protocol Plottable: Sendable {
  /// The number as drawn.
  var plotted: Double { get }
}

extension Double: Plottable {
  public var plotted: Double { self }
}
extension Float: Plottable {
  public var plotted: Double { Double(self) }
}
extension Int: Plottable {
  public var plotted: Double { Double(self) }
}

/// A number of a cell as `any Plottable`.
struct PlotNumber: CellConvertible {
  static let cellType = CellType.any("Plottable")
  let number: any Plottable

  init?(cellValue: Value) {
    switch cellValue {
    case .int(let x): number = x
    case .float(let x): number = x
    case .double(let x): number = x
    default: return nil
    }
  }

  var cellValue: Value {
    switch number {
    case let x as Int: .int(x)
    case let x as Float: .float(x)
    default: .double(number.plotted)
    }
  }
}

extension [PlotNumber] {
  /// The numbers as arguments of Swift functions.
  var numbers: [any Plottable] { map(\.number) }
}

extension [any Plottable] {
  /// The numbers as drawn.
  var plotted: [Double] { map(\.plotted) }
}
