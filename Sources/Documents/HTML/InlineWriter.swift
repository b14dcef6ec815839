import Support

/// Writes inlines as HTML.
struct InlineWriter {
  let value: (InlineExpression) -> String?
  let reference: (_ label: String) -> (text: String, anchor: String)?
  let image: (_ path: String) -> String?
  let link: (_ path: String) -> String?
  /// Added to the levels of headings.
  let headingShift: Int
  var ids: PageIDs
  var footnotes = Footnotes()

  init(
    value: @escaping (InlineExpression) -> String?,
    reference: @escaping (_ label: String) -> (text: String, anchor: String)?,
    image: @escaping (_ path: String) -> String?, link: @escaping (_ path: String) -> String?,
    headingShift: Int, ids: PageIDs
  ) {
    self.value = value
    self.reference = reference
    self.image = image
    self.link = link
    self.headingShift = headingShift
    self.ids = ids
  }

  /// The inlines of one container, in which raw tags may be open until its end.
  ///
  /// - Parameter content: what the container may have, for raw HTML.
  mutating func html(_ inlines: [Prose.Inline], content: HTMLScope.Content = .phrases) -> String {
    html(inlines, inLink: false, content)
  }

  /// The text with formulas and without other markup, for the table of contents.
  func contentsHTML(_ inlines: [Prose.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .formula(let formula): Self.html(formula)
      case .emphasis(let inner), .strong(let inner), .struck(let inner), .link(_, _, let inner),
        .image(_, _, let inner):
        contentsHTML(inner)
      default: [inline].plainText(value: value).escapedHTML
      }
    }.joined()
  }

  /// A formula as MathML, or as written if it cannot be read.
  static func html(_ formula: Prose.Formula) -> String {
    formula.mathML ?? "<code class=\"formula\">\(formula.written.escapedHTML)</code>"
  }

  /// A formula on its own line, which scrolls if it is wider than the page.
  static func displayed(_ formula: Prose.Formula) -> String {
    "<div class=\"formula\" tabindex=\"0\">\(html(formula))</div>"
  }

  /// The text without markup, with values and references as the page shows them.
  func text(_ inlines: [Prose.Inline]) -> String { inlines.plainText(value: value) }

  private mutating func html(
    _ inlines: [Prose.Inline], inLink: Bool, _ content: HTMLScope.Content = .phrases
  ) -> String {
    var result = ""
    var scope = HTMLScope(content)
    for inline in inlines {
      if case .html(let text) = inline {
        result += raw(text, in: &scope, inLink: inLink)
      } else {
        result += html(inline, inLink: inLink || scope.has("a"))
      }
    }
    return result + scope.closeAll()
  }

  private mutating func html(_ inline: Prose.Inline, inLink: Bool) -> String {
    switch inline {
    case .text(let text): return text.escapedHTML
    case .emphasis(let inner): return "<em>\(html(inner, inLink: inLink))</em>"
    case .strong(let inner): return "<strong>\(html(inner, inLink: inLink))</strong>"
    case .struck(let inner): return "<del>\(html(inner, inLink: inLink))</del>"
    case .formula(let formula): return Self.html(formula)
    case .footnote(let label): return footnotes.reference(to: label)
    case .code(let text): return "<code>\(text.escapedHTML)</code>"
    case .softBreak: return "\n"
    case .lineBreak: return "<br>\n"
    case .html(let text):
      var scope = HTMLScope(.phrases)
      return raw(text, in: &scope, inLink: inLink) + scope.closeAll()
    case .expression(let expression):
      return value(expression)?.escapedHTML ?? "<code>\(expression.code.escapedHTML)</code>"
    case .reference(let label):
      guard let (text, anchor) = reference(label) else { return "@\(label.escapedHTML)" }
      return inLink ? text.escapedHTML : "<a href=\"#\(anchor.escapedHTML)\">\(text.escapedHTML)</a>"
    case .link(let destination, let title, let inner):
      let content = html(inner, inLink: true)
      let reference = inLink ? "" : link(to: destination, title: title)
      return reference.isEmpty ? content : "<a\(reference)>\(content)</a>"
    case .image(let source, let title, let inner):
      return image(source, title: title, alternative: text(inner), inLink: inLink)
    }
  }

  /// The attributes of a link; empty if it leads nowhere safe.
  func link(to destination: String, title: String = "") -> String {
    switch LinkTarget(destination) {
    case .web(let url): " href=\"\(url.escapedHTML)\"\(attribute(title: title)) rel=\"noopener noreferrer\""
    case .local(let url): " href=\"\((link(url) ?? url).escapedHTML)\"\(attribute(title: title))"
    case .data, .refused: ""
    }
  }

  /// The page makes no network requests: a remote image becomes a link, and a local one that cannot be embedded a
  /// visible note.
  ///
  /// - Parameter sizes: further attributes.
  func image(
    _ source: String, title: String, alternative: String, inLink: Bool, sizes: String = ""
  ) -> String {
    let target = LinkTarget(source)
    var data: String?
    switch target {
    case .data(let url): data = url
    case .local:
      if let url = image(source), url.hasPrefix("data:") { data = url }
    case .web, .refused: break
    }
    if let data {
      return """
        <img src="\(data.escapedHTML)" alt="\(alternative.escapedHTML)"\(attribute(title: title))\(sizes)>
        """
    }
    let name = (alternative.isEmpty ? source : alternative).escapedHTML
    if case .web = target { return inLink ? name : "<a\(link(to: source, title: title))>\(name)</a>" }
    return "<span class=\"missing-image\"><b>Picture not found:</b> \(name)</span>"
  }

  private func attribute(title: String) -> String {
    title.isEmpty ? "" : " title=\"\(title.escapedHTML)\""
  }
}
