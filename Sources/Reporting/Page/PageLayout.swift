import Support

/// The parts of a page, rendered: ``Report/html()`` joins them, and a live preview replaces them one by one.
struct PageLayout {
  /// The style sheet with the page's images.
  let images: Markup
  /// The contents beside the page on wide screens.
  let sidebar: Markup
  let masthead: Markup
  /// The contents on narrow screens.
  let foldout: Markup
  /// The sections with their names: a cell's anchor, otherwise the kind and its number.
  let sections: [(name: String, markup: Markup)]
  let footer: Markup

  init(_ report: Report) {
    let fitted = TextBudget.fitted(report.sections)
    var writer = PageWriter(images: ImageStore(blocks: fitted.flatMap(\.blocks)), folder: report.folder)
    var counts: [String: Int] = [:]
    func numbered(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)-\(counts[kind] ?? 0)"
    }
    sections = fitted.map { section in
      let name =
        switch section {
        case .cell(let cell): cell.anchor
        case .prose: numbered("prose")
        case .listing: numbered("listing")
        case .results(let heading, _): heading.id
        }
      return (name, writer.section(section))
    }
    let contents = Contents(sections: fitted, hasProvenance: !report.provenance.isEmpty)
    images = writer.images.stylesheet
    sidebar = contents.sidebar
    masthead = report.masthead
    foldout = contents.foldout
    footer = report.footer
  }
}
