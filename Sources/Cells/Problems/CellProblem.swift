import Diagnostics

/// A problem in a cell, as data. Each family of problems has its wording in its own file, equal to swiftc's where
/// swiftc reports the same problem.
protocol CellProblem: Sendable {
  /// A stable identifier for tools, e.g. `unknown-name`.
  var code: String { get }
  var message: String { get }
  var notes: [String] { get }
}

extension CellProblem {
  var notes: [String] { [] }
}
