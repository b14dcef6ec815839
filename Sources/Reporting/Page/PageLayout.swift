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
  /// Consecutive sections that are replaced together: one, or all that are in the same element.
  struct Part {
    /// The name of the first section: a cell's anchor, otherwise the kind and its number.
    var name: String
    var markup: Markup
    /// The number of sections.
    var count = 1
  }

  let sections: [Part]
  let footer: Markup

  init(_ report: Report) {
    let fitted = TextBudget.fitted(report.sections)
    var writer = PageWriter(images: ImageStore(blocks: fitted.flatMap(\.blocks)), folder: report.folder)
    var counts: [String: Int] = [:]
    func numbered(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)-\(counts[kind] ?? 0)"
    }
    var sections: [Part] = []
    var openElements = 0
    for section in fitted {
      let name =
        switch section {
        case .cell(let cell): cell.anchor
        case .prose, .framed: numbered("prose")
        case .listing: numbered("listing")
        case .results(let heading, _): heading.id
        }
      let markup = writer.section(section)
      if openElements > 0, let last = sections.indices.last {
        sections[last].markup += markup
        sections[last].count += 1
      } else {
        sections.append(Part(name: name, markup: markup))
      }
      if case .framed(_, _, let open) = section { openElements = open }
    }
    self.sections = sections
    let contents = Contents(sections: fitted, hasProvenance: !report.provenance.isEmpty)
    images = writer.images.stylesheet
    sidebar = contents.sidebar
    masthead = report.masthead
    foldout = contents.foldout
    footer = report.footer
  }
}
