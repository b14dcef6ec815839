import Cells
import Neural

/// `["lr 0.1": history, …]`: trainings by name, in the order in which a cell lists them.
struct NamedHistories: CellConvertible {
  static let cellType = CellType.dictionary(.string, History.cellType)
  var runs: [(name: String, history: History)] = []

  init?(cellValue: Value) {
    guard case .dictionary(let entries) = cellValue else { return nil }
    for (key, value) in zip(entries.keys, entries.values) {
      guard let name = String(cellValue: key), let history = History(cellValue: value) else { return nil }
      runs.append((name, history))
    }
  }

  var cellValue: Value {
    var entries = OrderedDictionary()
    for run in runs { entries[run.name.cellValue] = run.history.cellValue }
    return .dictionary(entries)
  }
}
