/// The table of contents from the prose headings: a sidebar on wide screens, folded on narrow ones.
struct Contents {
  private let headings: [Heading]

  init(sections: [ReportSection], hasProvenance: Bool) {
    var headings: [Heading] = []
    for section in sections {
      switch section {
      case .prose(_, let found), .framed(_, let found, _): headings += found.filter { $0.level <= 3 }
      case .results(let heading, _): headings.append(heading)
      case .cell, .listing: break
      }
    }
    if hasProvenance {
      headings.append(Heading(level: 2, text: "Reproduce this run", id: "repeat-this-run"))
    }
    self.headings = headings
  }

  var sidebar: Markup {
    headings.isEmpty ? "" : "<nav class=\"toc\" aria-label=\"Contents\">\n<p>Contents</p>\n\(list)</nav>\n"
  }

  var foldout: Markup {
    guard !headings.isEmpty else { return "" }
    return """
      <nav class="foldout" aria-label="Contents, folded"><details><summary>Contents</summary>
      \(list)</details></nav>

      """
  }

  private var list: Markup {
    let items = headings.markup { heading in
      let deep: Markup = heading.level >= 3 ? " class=\"deep\"" : ""
      let text = heading.html.map { Markup(trusted: $0) } ?? "\(heading.text)"
      return "<li\(deep)><a href=\"#\(heading.id)\">\(text)</a></li>\n"
    }
    return "<ul>\n\(items)</ul>\n"
  }
}
