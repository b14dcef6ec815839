import Cells
import Neural

/// `["lr 0.1": history, …]`: training runs by name, in the order a cell put them in.
struct HistoryDictionary: CellConvertible {
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

/// `[("lr 0.1", history), …]`: training runs with names that may repeat.
struct HistoryPairs: CellConvertible {
  static let cellType = CellType.array(
    .tuple([TupleElement(nil, .string), TupleElement(nil, History.cellType)]))
  var runs: [(name: String, history: History)] = []

  init?(cellValue: Value) {
    guard case .array(let elements) = cellValue else { return nil }
    for element in elements {
      guard case .tuple(let parts, _) = element, parts.count == 2, let name = String(cellValue: parts[0]),
        let history = History(cellValue: parts[1])
      else { return nil }
      runs.append((name, history))
    }
  }

  var cellValue: Value {
    .array(runs.map { .tuple([$0.name.cellValue, $0.history.cellValue], labels: [nil, nil]) })
  }
}
