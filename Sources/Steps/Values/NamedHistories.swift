import CellCatalogue
import Neural

/// `["lr 0.1": history, …]`: trainings by name, in the order in which a cell lists them.
public struct NamedHistories: CellConvertible {
  public static let cellType = CellType.dictionary(.string, History.cellType)
  /// The trainings with their names, in order.
  public private(set) var runs: [(name: String, history: History)] = []

  public init?(cellValue: Value) {
    guard case .dictionary(let entries) = cellValue else { return nil }
    for (key, value) in zip(entries.keys, entries.values) {
      guard let name = String(cellValue: key), let history = History(cellValue: value) else { return nil }
      runs.append((name, history))
    }
  }

  public var cellValue: Value {
    var entries = OrderedDictionary()
    for run in runs { entries[run.name.cellValue] = run.history.cellValue }
    return .dictionary(entries)
  }
}
