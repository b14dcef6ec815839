import Diagnostics
import Documents
import Exporting

extension FuzzTarget {
  /// A notebook's text (front matter, Markdown, fences and their options), converted to HTML and Markdown.
  static let notebook = FuzzTarget(name: "notebook") { bytes in
    let (document, problems) = DocumentReader.read(bytes: bytes, name: "n.md")
    guard let document else { return }
    for problem in problems { _ = problem.rendered(in: document.source) }
    var writer = ProseWriter(value: { $0.code }, reference: { ($0, $0) })
    for case .prose(let prose) in document.blocks { _ = writer.html(prose) }
  }
}
