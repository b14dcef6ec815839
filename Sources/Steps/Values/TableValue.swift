import CellCatalogue
import Support

/// A value that a table can show: `String`, `Int`, `Float`, `Double` or `Bool`.
public protocol TableValue: Sendable {
  /// The value as a cell of a table.
  var tableCell: TableCell { get }
}

/// A cell of a table: its text in the report and in the CSV file.
public struct TableCell: Sendable, Hashable {
  /// The content of a cell.
  enum Content: Hashable {
    case text(String)
    case whole(Int)
    /// A number and its shortest text with all digits.
    case number(Double, String)
  }

  let content: Content

  /// Whether it is a number, which is aligned right.
  var isNumber: Bool { if case .text = content { false } else { true } }

  /// The text in the CSV file, with all digits.
  var plainText: String {
    switch content {
    case .text(let text), .number(_, let text): text
    case .whole(let value): "\(value)"
    }
  }

  /// The text in the report.
  ///
  /// - Parameter decimals: the number of decimals of numbers; `nil` shows up to six significant digits.
  func text(decimals: Int?) -> String {
    switch content {
    case .text(let text): text
    case .whole(let value): Number.grouped(value)
    case .number(let value, _):
      value.isNaN ? "–" : decimals.map { Number.fixed(value, $0) } ?? Number.text(value)
    }
  }
}

extension String: TableValue {
  public var tableCell: TableCell { TableCell(content: .text(self)) }
}
extension Int: TableValue {
  public var tableCell: TableCell { TableCell(content: .whole(self)) }
}
extension Double: TableValue {
  public var tableCell: TableCell { TableCell(content: .number(self, "\(self)")) }
}
extension Float: TableValue {
  public var tableCell: TableCell { TableCell(content: .number(Double(self), "\(self)")) }
}
extension Bool: TableValue {
  public var tableCell: TableCell { TableCell(content: .text("\(self)")) }
}

/// A value of a notebook's cell as `any TableValue`.
public struct TableEntry: CellConvertible {
  public static let cellType = CellType.any("TableValue")
  let value: any TableValue
  public let cellValue: Value

  public init?(cellValue: Value) {
    switch cellValue {
    case .string(let x): value = x
    case .int(let x): value = x
    case .float(let x): value = x
    case .double(let x): value = x
    case .bool(let x): value = x
    default: return nil
    }
    self.cellValue = cellValue
  }
}

/// `["name": […], "accuracy": […]]`: columns by name, in the order in which a cell lists them.
public struct NamedColumns: CellConvertible {
  public static let cellType = CellType.dictionary(.string, .array(TableEntry.cellType))
  /// The columns with their names, in order.
  let columns: [(name: String, values: [any TableValue])]
  public let cellValue: Value

  public init?(cellValue: Value) {
    guard case .dictionary(let entries) = cellValue else { return nil }
    var columns: [(name: String, values: [any TableValue])] = []
    for (key, value) in zip(entries.keys, entries.values) {
      guard let name = String(cellValue: key), let values = [TableEntry](cellValue: value) else { return nil }
      columns.append((name, values.map(\.value)))
    }
    self.columns = columns
    self.cellValue = cellValue
  }
}
