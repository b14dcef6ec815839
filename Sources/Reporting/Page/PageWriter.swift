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
    case .prose(let html, _): return Self.prose(html)
    case .framed(let pieces, _, _):
      return pieces.markup { piece in
        switch piece {
        case .text(let html): Self.prose(html)
        case .tags(let html): Markup(trusted: html)
        }
      }
    case .listing(let language, let code):
      return """
        <div class="listing"><p class="language">\(language.isEmpty ? "text" : language)</p>\
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
    case .cell(let cell): return CellWriter.markup(cell, &self)
    }
  }

  /// Prose in which each paragraph has the direction of its text.
  private static func prose(_ html: String) -> Markup {
    "<div class=\"prose\" dir=\"auto\">\n\(Markup(trusted: html))\n</div>\n"
  }

  /// A figure number that is unique on the page.
  mutating func nextFigure() -> Int {
    figureCount += 1
    return figureCount
  }
}
