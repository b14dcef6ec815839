import Support

/// Limits the printed text of a page, for notebooks in which many steps print much.
enum TextBudget {
  /// The maximum number of bytes of all long texts on a page.
  static let bytes = 1 << 20

  /// The sections with shorter excerpts of long texts if those exceed the budget.
  static func fitted(_ sections: [ReportSection]) -> [ReportSection] {
    let texts = sections.flatMap(\.blocks).compactMap { block -> LongText? in
      if case .longText(let text) = block { text } else { nil }
    }
    guard texts.reduce(0, { $0 + $1.shownBytes }) > bytes else { return sections }
    // A text has two parts, and each shortened part may be as long as two limits.
    let limit = TextExcerpt.Limit(bytes: bytes / texts.count / 4)
    func fitted(_ blocks: [ReportBlock]) -> [ReportBlock] {
      blocks.map { if case .longText(let text) = $0 { .longText(text.shortened(to: limit)) } else { $0 } }
    }
    return sections.map { section in
      switch section {
      case .cell(var cell):
        cell.blocks = fitted(cell.blocks)
        return .cell(cell)
      case .results(let heading, let blocks): return .results(heading, fitted(blocks))
      case .prose, .framed, .listing: return section
      }
    }
  }
}
