import Diagnostics

/// A fact about what is wrong with a cell; each family words its facts in its own file, as swiftc does where it
/// has words for them.
protocol CellProblem: Sendable {
  /// Stable, for tools: `unknown-name`.
  var code: String { get }
  var message: String { get }
  var notes: [String] { get }
}

extension CellProblem {
  var notes: [String] { [] }
}
