import Support

/// Writes inlines as HTML.
struct InlineWriter {
  let value: (InlineExpression) -> String?
  let reference: (_ label: String) -> (text: String, anchor: String)?
  let image: (_ path: String) -> String?
  let unsafeHTML: Bool

  func html(_ inlines: [Prose.Inline]) -> String { html(inlines, inLink: false) }

  /// The text without markup, with values and references as the page shows them.
  func text(_ inlines: [Prose.Inline]) -> String { inlines.plainText(value: value) }

  private func html(_ inlines: [Prose.Inline], inLink: Bool) -> String {
    inlines.map { html($0, inLink: inLink) }.joined()
  }

  private func html(_ inline: Prose.Inline, inLink: Bool) -> String {
    switch inline {
    case .text(let text): return text.escapedHTML
    case .emphasis(let inner): return "<em>\(html(inner, inLink: inLink))</em>"
    case .strong(let inner): return "<strong>\(html(inner, inLink: inLink))</strong>"
    case .code(let text): return "<code>\(text.escapedHTML)</code>"
    case .softBreak: return "\n"
    case .lineBreak: return "<br>\n"
    case .html(let text): return unsafeHTML ? text : text.escapedHTML
    case .expression(let expression):
      return value(expression)?.escapedHTML ?? "<code>\(expression.code.escapedHTML)</code>"
    case .reference(let label):
      guard let (text, anchor) = reference(label) else { return "@\(label.escapedHTML)" }
      return inLink ? text.escapedHTML : "<a href=\"#\(anchor.escapedHTML)\">\(text.escapedHTML)</a>"
    case .link(let destination, let title, let inner):
      return link(LinkTarget(destination), title: title, html(inner, inLink: true))
    case .image(let source, let title, let inner):
      return image(source, title: title, alternative: text(inner), inLink: inLink)
    }
  }

  private func link(_ target: LinkTarget, title: String, _ content: String) -> String {
    switch target {
    case .web(let url):
      "<a href=\"\(url.escapedHTML)\"\(attribute(title: title)) rel=\"noopener noreferrer\">\(content)</a>"
    case .local(let url): "<a href=\"\(url.escapedHTML)\"\(attribute(title: title))>\(content)</a>"
    case .data, .refused: content
    }
  }

  /// The page makes no network requests: a remote image becomes a link.
  private func image(_ source: String, title: String, alternative: String, inLink: Bool) -> String {
    let target = LinkTarget(source)
    var data: String?
    switch target {
    case .data(let url): data = url
    case .local:
      if let url = image(source), url.hasPrefix("data:") { data = url }
    case .web, .refused: break
    }
    if let data {
      return "<img src=\"\(data.escapedHTML)\" alt=\"\(alternative.escapedHTML)\"\(attribute(title: title))>"
    }
    let name = (alternative.isEmpty ? source : alternative).escapedHTML
    if case .web = target { return inLink ? name : link(target, title: title, name) }
    return "<span class=\"missing-image\">\(name)</span>"
  }

  private func attribute(title: String) -> String {
    title.isEmpty ? "" : " title=\"\(title.escapedHTML)\""
  }
}
