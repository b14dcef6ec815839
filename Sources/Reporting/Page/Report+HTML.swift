import Support

extension Report {
  /// The page as a complete UTF-8 HTML document, including style, scripts and images.
  public func html() -> String { html(PageLayout(self)) }

  /// The page as ``html()`` and as parts, rendered once.
  public func rendered() -> (html: String, parts: PageParts) {
    let layout = PageLayout(self)
    return (html(layout), PageParts(self, layout))
  }

  private func html(_ layout: PageLayout) -> String {
    let script = Script.text(for: sections)
    let policy = ContentSecurityPolicy.text(script: script, hasTheme: theme != nil)
    let page: Markup = """
      <!doctype html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Quire">
      \(meta("author", author))\(meta("description", description))<title>\(title)</title>
      <style>\(Markup(trusted: Style.text))\(layout.images)</style>
      \(themeStyle)\
      <script>\(Markup(trusted: script))</script>
      </head>
      <body>
      <a class="skip" href="#content">Skip to content</a>
      <div class="page">
      \(layout.sidebar)<div class="column">
      \(layout.masthead)\(layout.foldout)<main id="content" tabindex="-1">
      \(layout.sections.markup { $0.markup })</main>
      \(layout.footer)</div>
      </div>
      \(attachments.markup(Self.script))</body>
      </html>

      """
    return page.text
  }

  /// The author's style sheet; its own element, so that an error in it cannot affect the page's.
  private var themeStyle: Markup {
    theme.map { "<style class=\"theme\">\n\(Markup(trusted: $0.css))</style>\n" } ?? ""
  }

  private static func script(_ attachment: Attachment) -> Markup {
    let json = Markup(trusted: escapedForScript(json: attachment.json))
    return "<script type=\"application/json\" id=\"\(attachment.id)\">\(json)</script>\n"
  }

  private func meta(_ name: String, _ content: String?) -> Markup {
    content.map { "<meta name=\"\(name)\" content=\"\($0)\">\n" } ?? ""
  }

  /// The first screen: title, byline, verdict, tiles, requirements.
  var masthead: Markup {
    let byline = [author, date].compactMap { $0 }.filter { !$0.isEmpty }
    let line: Markup =
      byline.isEmpty ? "" : "<p class=\"byline\" dir=\"auto\">\(byline.joined(separator: " · "))</p>\n"
    let lede: Markup =
      description.map { "<p class=\"lede\" dir=\"auto\">\(Markup(formulasIn: $0))</p>\n" } ?? ""
    let below: Markup =
      subtitle.map { "<p class=\"subtitle\" dir=\"auto\">\(Markup(formulasIn: $0))</p>\n" } ?? ""
    let summary: Markup =
      abstract.map {
        "<section class=\"abstract prose\" dir=\"auto\" aria-label=\"Abstract\">\n\(Markup(trusted: $0))</section>\n"
      } ?? ""
    let status = verdict.status
    let tile = tiles.markup { tile in
      let curve = tile.curve.map(SparklineWriter.markup)
      let kind: Markup = curve == nil ? "" : " class=\"curved\""
      return "<div\(kind)><dt>\(tile.label)</dt><dd>\(tile.value)\(note(tile.note))\(curve)</dd></div>\n"
    }
    let row: Markup = tiles.isEmpty ? "" : "<dl class=\"tiles\">\n\(tile)</dl>\n"
    return """
      <header class="masthead">
      <button id="theme" type="button" hidden>Dark</button>
      <h1 dir="auto">\(Markup(formulasIn: title))</h1>
      \(below)\(line)\(lede)\(summary)<p class="verdict \(status.rawValue)">\(sentence)\(place)</p>
      \(row)\(checklist)</header>

      """
  }

  /// The verdict, preceded by the outcome unless the sentence begins with it.
  private var sentence: Markup {
    let (word, text) = (verdict.status.word, verdict.sentence)
    return text.hasPrefix(word)
      ? "<strong>\(word)</strong>\(String(text.dropFirst(word.count)))" : "<strong>\(word)</strong> \(text)"
  }

  /// A link to the step that decided the outcome.
  private var place: Markup {
    verdict.anchor.map { " <a href=\"#\(htmlIdentifier($0))\">Go to the step</a>" } ?? ""
  }

  /// The requirements in one line, which opens the table. It is open if one is not met.
  private var checklist: Markup {
    guard !requirements.isEmpty else { return "" }
    func count(_ passed: Bool?, _ word: String) -> String? {
      let number = requirements.count { $0.passed == passed }
      return number == 0 ? nil : "\(number) \(word)"
    }
    let others = [count(false, "failed"), count(nil, "not checked")].compactMap(\.self)
    let passed = "\(count(true, "") ?? "0 ")of \(requirements.count) passed"
    let open: Markup = requirements.contains { $0.passed == false } ? " open" : ""
    let kind: Markup = others.isEmpty ? "pass" : open.text.isEmpty ? "open" : "fail"
    return """
      <details id="requirements" class="requirements"\(open)><summary>Requirements: \
      <span class="\(kind)"><span class="mark">\(([passed] + others).joined(separator: ", "))</span></span></summary>
      \(BlockWriter.checklist(requirements))</details>

      """
  }

  private func note(_ text: String?) -> Markup { text.map { "<small>\($0)</small>" } ?? "" }

  var footer: Markup {
    let facts: Markup =
      provenance.isEmpty
      ? "" : "<h2 id=\"repeat-this-run\">Reproduce this run</h2>\n\(BlockWriter.facts(provenance))"
    return """
      <footer>
      \(facts)<p class="colophon">Created with Quire. This page is self-contained and makes no network requests.</p>
      </footer>

      """
  }
}

extension Verdict.Status {
  var word: String {
    switch self {
    case .passed: "Passed"
    case .failed: "Target missed"
    case .finished: "Finished"
    case .running: "Not finished"
    case .interrupted: "Interrupted"
    case .error: "Error"
    }
  }
}

extension ReportSection {
  var blocks: [ReportBlock] {
    switch self {
    case .cell(let cell): cell.blocks
    case .results(_, let blocks): blocks
    case .prose, .framed, .listing: []
    }
  }
}
