import Support

/// Writes steps: a bar with the step's name and outcome, its code and its results.
enum CellWriter {
  static func markup(_ cell: CellView, _ page: inout PageWriter) -> Markup {
    var captions = BlockWriter.Captions(label: cell.captionLabel)
    let blocks = cell.blocks.markup { BlockWriter.block($0, &captions, &page) }
    let output: Markup = cell.blocks.isEmpty ? "" : "<div class=\"output\">\n\(blocks)</div>\n"
    let content: Markup
    if cell.isBrief {
      let code = "<code>\(CodeWriter.markup(cell.code, numbered: false))</code>" as Markup
      content = "\(output)<p class=\"bar\">\(code) \(state(cell))</p>\n"
    } else if cell.showsCode, !cell.code.isEmpty {
      content = "\(code(cell))\(output)"
    } else {
      content =
        "<p class=\"bar\"><span class=\"label\">\(cell.label ?? cell.name)</span>\(state(cell))</p>\n\(output)"
    }
    let kind: Markup = cell.isBrief ? " brief" : ""
    return """
      <section class="cell \(cell.status.rawValue)\(kind)" id="\(htmlIdentifier(cell.anchor))" aria-label="\(cell.name)">
      \(content)</section>

      """
  }

  private static func state(_ cell: CellView) -> Markup {
    "<span class=\"state \(cell.status.rawValue)\">\(cell.stateText)</span>"
  }

  /// The cell's bar and its foldable code.
  private static func code(_ cell: CellView) -> Markup {
    let count = cell.lineCount
    let size = count == 1 ? "1 line" : "\(count) lines"
    let label: Markup = cell.label.map { "<span class=\"label\">\($0)</span>" } ?? ""
    let numbered: Markup = cell.showsLineNumbers ? " class=\"numbered\"" : ""
    let colored = CodeWriter.markup(cell.code, numbered: cell.showsLineNumbers)
    let pre: Markup =
      "<div class=\"code\"><pre tabindex=\"0\"\(numbered)><code>\(colored)</code></pre></div>\n"
    let isOpen: Bool
    switch cell.fold {
    case .never: return "<p class=\"bar\">\(label)\(state(cell))</p>\n\(pre)"
    case .automatic: isOpen = count <= 12
    case .folded: isOpen = false
    case .open: isOpen = true
    }
    let open: Markup = isOpen ? " open" : ""
    return """
      <details class="fold"\(open)><summary class="bar">\
      <span class="what">\(cell.foldSummary ?? "Code")</span> \
      <span class="size">\(size)</span>\(label)\(state(cell))</summary>
      \(pre)</details>

      """
  }
}

extension CellView {
  /// The name for readers who do not see the page: `Step training`, or `Step 3`.
  var name: String { "Step \(label ?? number.map(String.init) ?? anchor)" }

  fileprivate var lineCount: Int {
    let lines = code.map(\.text).joined().split(separator: "\n", omittingEmptySubsequences: false)
    return max(1, lines.last?.isEmpty == true ? lines.count - 1 : lines.count)
  }

  /// Whether the cell only calls a function that shows something, such as `plot(…)`: its code is a caption then.
  fileprivate var isBrief: Bool {
    guard showsCode, fold == .automatic, !showsLineNumbers, status == .ran || status == .restored,
      lineCount == 1, code.first?.kind == .function, code.reduce(0, { $0 + $1.text.count }) <= 80
    else { return false }
    return blocks.contains(where: \.isDisplay)
  }
}

extension ReportBlock {
  /// Whether the block is what a step was called for, not a remark or printed text.
  fileprivate var isDisplay: Bool {
    switch self {
    case .figure, .gallery, .table, .confusionMatrix, .checklist, .layers: true
    case .text, .longText, .preformatted, .message, .facts, .trainingLog, .problem: false
    }
  }
}

extension CellView {
  /// The state in words, for example `ran in 38 min 12 s` or `resumed after epoch 8, ran in 9.1 s`.
  var stateText: String { origin.map { "\($0), \(outcome)" } ?? outcome }

  private var outcome: String {
    let time = seconds.map { Number.duration($0) }
    switch status {
    case .ran: return time.map { "ran in \($0)" } ?? "ran"
    case .pending: return "not run yet"
    case .running: return "not finished"
    case .restored: return time.map { "from cache (originally \($0))" } ?? "from cache"
    case .skipped: return "skipped"
    case .edited: return "edited; results of the earlier code"
    case .failed: return time.map { "failed after \($0)" } ?? "failed"
    case .interrupted: return time.map { "interrupted after \($0)" } ?? "interrupted"
    }
  }
}
