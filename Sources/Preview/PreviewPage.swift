import NotebookRunner
import Reporting
import Support

/// The page that a tab loads: the report as it is now, in parts that the preview's script replaces.
enum PreviewPage {
  static func html(_ board: PreviewBoard) -> String {
    let page = board.page
    func part(_ name: String) -> String {
      "<div class=\"part\" data-part=\"\(name.escapedHTML)\">\(page.parts[name] ?? "")</div>"
    }
    return """
      <!doctype html>
      <html lang="\(page.language.escapedHTML)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(page.title.escapedHTML)</title>
      <link rel="icon" href="data:,">
      <style>\(PageParts.style)</style>
      <style data-part="images">\(page.parts["images"] ?? "")</style>
      <style data-part="theme">\(page.parts["theme"] ?? "")</style>
      <link rel="stylesheet" href="/preview.css">
      <script src="/page.js"></script>
      <script src="/preview.js" defer></script>
      </head>
      <body data-board="\(board.identity)" data-change="\(page.change)">
      <a class="skip" href="#content">Skip to content</a>
      <div class="page">
      \(part("sidebar"))
      <div class="column">
      \(part("masthead"))
      \(part("foldout"))
      <main id="content" tabindex="-1">
      \(page.order.map(part).joined(separator: "\n"))
      </main>
      \(part("footer"))
      </div>
      </div>
      <script type="application/json" id="values">\(escapedForScript(json: page.values))</script>
      </body>
      </html>

      """
  }
}
