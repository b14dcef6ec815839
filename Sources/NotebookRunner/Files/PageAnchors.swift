import Documents

/// The ids of a report's page that links in prose may lead to.
struct PageAnchors {
  /// The ids that the page has in any case.
  static let fixed: Set<String> = [
    "content", "theme", "requirements", "repeat-this-run", "run", "notebook", "epochs",
  ]

  /// The id of a cell.
  ///
  /// - Parameter number: the number of the step, from 1.
  static func cell(_ fence: Fence, number: Int) -> String {
    fence.label.map { "cell-\($0)" } ?? "step-\(number)"
  }

  /// All ids.
  let ids: Set<String>
  /// Whether a heading contains values that only a run knows.
  let isComplete: Bool

  init(_ document: Document) {
    let cells = document.steps.enumerated().map { Self.cell($0.element, number: $0.offset + 1) }
    var writer = ProseWriter(headingShift: 1, reservedIDs: Self.fixed.union(cells))
    var isComplete = true
    for case .prose(let prose) in document.blocks {
      _ = writer.html(prose)
      for case .heading(_, let inlines) in prose.blocks where inlines.contains(where: \.isExpression) {
        isComplete = false
      }
    }
    ids = writer.ids
    self.isComplete = isComplete
  }
}

extension Prose.Inline {
  fileprivate var isExpression: Bool { if case .expression = self { true } else { false } }
}
