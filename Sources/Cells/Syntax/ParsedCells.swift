import Dispatch
import Synchronization

/// Cells that are parsed before checking, on all processors: parsing is most of the work of checking, and the trees
/// are independent.
///
///     let parsed = ParsedCells(["let epochs = 10", "print(epochs)"])
///     var checker = Checker(catalogue: catalogue, parsed: parsed)
public struct ParsedCells: Sendable {
  private var syntax: [String: CellSyntax] = [:]
  /// The maximum number of threads; each has a large stack.
  private static let mostWorkers = 16

  /// Parses texts in parallel.
  ///
  /// - Parameter texts: the texts of cells and inline expressions. Texts that are too large or too deep are left to
  ///   the checker, which reports them.
  public init(_ texts: [String] = []) {
    let texts = Array(Set(texts.filter(CellSyntax.isWithinBounds)))
    guard texts.count > 1 else { return }
    var results = [CellSyntax?](repeating: nil, count: texts.count)
    results.withUnsafeMutableBufferPointer { results in
      // One thread writes each element. Free threads take the next text, since texts differ in length.
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

  /// The text's tree; parses the text if that has not been done.
  func callAsFunction(_ text: String) -> CellSyntax { syntax[text] ?? CellSyntax(text) }
}
