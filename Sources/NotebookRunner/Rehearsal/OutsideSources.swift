import Cells
import Neural
import Steps

/// What a notebook's steps read that is not in the notebook, as the rehearsal found it.
struct OutsideSources: Sendable {
  /// `nil` where a call's argument is not known before the run.
  private(set) var data: [DataSource]? = []
  /// Of `loadWeights` and `predict`, as written.
  private(set) var files: [String]? = []

  mutating func note(_ call: RehearsedCall) {
    switch call.row.name {
    case "loadData": add(call["source", DataSource.self].map { [$0] }, to: &data)
    case "loadWeights": add(call["path", String.self].map { [$0] }, to: &files)
    case "predict": add(call["paths", [String].self], to: &files)
    default: break
    }
  }

  /// Steps that may or may not be called.
  mutating func skipped(_ rows: Set<String>) {
    if rows.contains("loadData") { data = nil }
    if rows.contains("loadWeights") || rows.contains("predict") { files = nil }
  }

  private func add<T: Equatable>(_ found: [T]?, to list: inout [T]?) {
    guard let found, let known = list else {
      list = nil
      return
    }
    list = known + found.filter { !known.contains($0) }
  }
}

/// The values that the rehearsal left behind names.
struct RehearsedValues: Sendable {
  private let rehearser: Rehearser

  init(_ rehearser: Rehearser) { self.rehearser = rehearser }

  subscript(declaration: CellDeclaration) -> Value? { rehearser.value(of: declaration) }
}
