import Support

/// Converts sections to markup in order and assigns ids.
struct PageWriter {
  let images: ImageStore
  /// The run's results folder, relative to the page.
  let folder: String?
  private var figureCount = 0

  init(images: ImageStore, folder: String?) {
    self.images = images
    self.folder = folder
  }

  mutating func section(_ section: ReportSection) -> Markup {
    switch section {
    case .prose(let html, _): return "<div class=\"prose\">\n\(Markup(trusted: html))\n</div>\n"
    case .listing(let language, let code):
      return """
        <div class="code listing"><p class="language">\(language.isEmpty ? "text" : language)</p>\
        <pre tabindex="0"><code>\(code)</code></pre></div>

        """
    case .results(let heading, let blocks):
      var captions = BlockWriter.Captions()
      let body = blocks.markup { BlockWriter.block($0, &captions, &self) }
      return """
        <section class="results" aria-labelledby="\(htmlIdentifier(heading.id))">
        <h2 id="\(htmlIdentifier(heading.id))">\(heading.text)</h2>
        \(body)</section>

        """
    case .cell(let cell): return self.cell(cell)
    }
  }

  /// A figure number that is unique on the page.
  mutating func nextFigure() -> Int {
    figureCount += 1
    return figureCount
  }

  private mutating func cell(_ cell: CellView) -> Markup {
    let name = cell.label ?? cell.anchor
    let state: Markup = "<span class=\"state \(cell.status.rawValue)\">\(cell.stateText)</span>"
    let code = cell.showsCode && !cell.code.isEmpty ? Markup?.some(self.code(cell, state)) : nil
    let bar: Markup = code ?? "<p class=\"bar\"><span class=\"label\">\(name)</span>\(state)</p>\n"
    var captions = BlockWriter.Captions(label: cell.captionLabel)
    let blocks = cell.blocks.markup { BlockWriter.block($0, &captions, &self) }
    let output: Markup = cell.blocks.isEmpty ? "" : "<div class=\"output\">\n\(blocks)</div>\n"
    return """
      <section class="cell \(cell.status.rawValue)" id="\(htmlIdentifier(cell.anchor))" aria-label="Step \(name)">
      \(bar)\(output)</section>

      """
  }

  /// The cell's bar and its foldable code.
  private func code(_ cell: CellView, _ state: Markup) -> Markup {
    let text = cell.code.map(\.text).joined()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let count = max(1, lines.last?.isEmpty == true ? lines.count - 1 : lines.count)
    let size = count == 1 ? "1 line" : "\(count) lines"
    let label: Markup = cell.label.map { "<span class=\"label\">\($0)</span>" } ?? ""
    let numbered: Markup = cell.showsLineNumbers ? " class=\"numbered\"" : ""
    let colored = CodeWriter.markup(cell.code, numbered: cell.showsLineNumbers)
    let pre: Markup =
      "<div class=\"code\"><pre tabindex=\"0\"\(numbered)><code>\(colored)</code></pre></div>\n"
    let isOpen: Bool
    switch cell.fold {
    case .never: return "<p class=\"bar\">\(label)\(state)</p>\n\(pre)"
    case .automatic: isOpen = count <= 12
    case .folded: isOpen = false
    case .open: isOpen = true
    }
    let open: Markup = isOpen ? " open" : ""
    return """
      <details class="fold"\(open)><summary class="bar">\
      <span class="what">\(cell.foldSummary ?? "Code")</span> \
      <span class="size">\(size)</span>\(label)\(state)</summary>
      \(pre)</details>

      """
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

/// Writes highlighted code.
enum CodeWriter {
  /// The tokens, each in a span of its kind. With `numbered`, each line is in a span that the style sheet counts.
  static func markup(_ tokens: [CodeToken], numbered: Bool) -> Markup {
    guard numbered else { return tokens.markup(token) }
    var lines: [[CodeToken]] = [[]]
    for token in tokens {
      let pieces = token.text.split(omittingEmptySubsequences: false) { $0.isNewline }
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append([]) }
        if !piece.isEmpty { lines[lines.count - 1].append(CodeToken(String(piece), token.kind)) }
      }
    }
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.markup { "<span class=\"n\">\($0.markup(token))\n</span>" }
  }

  private static func token(_ token: CodeToken) -> Markup {
    token.kind == .plain ? "\(token.text)" : "<span class=\"\(token.kind.className)\">\(token.text)</span>"
  }
}

extension CodeToken.Kind {
  /// Two letters, since a page has thousands of tokens.
  var className: String { "k" + rawValue.prefix(1) }
}
