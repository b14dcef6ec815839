import Dispatch
import Synchronization

/// Cells parsed ahead of their checking, on all processors: parsing is most of the work of checking, and no cell's
/// tree depends on another's.
///
///     let parsed = ParsedCells(["let epochs = 10", "print(epochs)"])
///     var checker = Checker(catalogue: catalogue, parsed: parsed)
public struct ParsedCells: Sendable {
  private var syntax: [String: CellSyntax] = [:]
  /// Each has a thread with a large stack.
  private static let mostWorkers = 16

  /// - Parameter texts: of cells and inline expressions. What is too large or too deep is left to the checker, which
  ///   reports it.
  public init(_ texts: [String] = []) {
    let texts = Array(Set(texts.filter(CellSyntax.isWithinBounds)))
    guard texts.count > 1 else { return }
    var results = [CellSyntax?](repeating: nil, count: texts.count)
    results.withUnsafeMutableBufferPointer { results in
      // Each element is written by one thread. Threads take the next text as they come free, for texts differ in length.
      nonisolated(unsafe) let results = results
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: min(texts.count, Self.mostWorkers)) { _ in
        guard next.load(ordering: .relaxed) < texts.count else { return }
        withLargeStack {
          while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < texts.count else { return }
            results[index] = CellSyntax(texts[index])
          }
        }
      }
    }
    for (text, result) in zip(texts, results) { syntax[text] = result }
  }

  /// The text's tree, parsed now where it was not parsed before.
  func callAsFunction(_ text: String) -> CellSyntax { syntax[text] ?? CellSyntax(text) }
}
