import Foundation
import Reporting
import Support

/// Converts a step's results to outputs of a code cell.
enum JupyterOutputs {
  static func outputs(_ step: RunOutputs.Step) -> [JSONValue] {
    var captions = Captions(label: step.captionLabel)
    return step.blocks.flatMap { outputs($0, &captions) }
  }

  private static func outputs(_ block: ReportBlock, _ captions: inout Captions) -> [JSONValue] {
    switch block {
    case .text, .longText, .preformatted, .layers, .trainingLog: return [stream(block.plainText + "\n")]
    case .message(let kind, let text):
      return [display("<p><strong>\(kind.word)</strong> \(text.escapedHTML)</p>", plain: block)]
    case .facts(let facts):
      let lines = facts.map { fact in
        "<b>\(fact.name.escapedHTML)</b>: \(fact.value.escapedHTML)"
          + (fact.note.map { " <small>\($0.escapedHTML)</small>" } ?? "")
      }
      return [display("<p>\(lines.joined(separator: "<br>\n"))</p>", plain: block)]
    case .table, .checklist, .confusionMatrix:
      guard let table = block.table else { return [] }
      return [display(html(table, caption: captions.next(table.caption)), plain: block)]
    case .figure(let figure): return picture(figure, caption: captions.next(figure.caption), block)
    case .gallery(let gallery):
      return [display(html(gallery, caption: captions.next(gallery.caption)), plain: block)]
    case .problem(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return [
        [
          "output_type": "error", "ename": "Error", "evalue": .string(lines.first ?? ""),
          "traceback": .array(lines.map { .string($0) }),
        ]
      ]
    }
  }

  private static func stream(_ text: String) -> JSONValue {
    ["output_type": "stream", "name": "stdout", "text": JupyterText.lines(text)]
  }

  private static func display(_ html: String, plain block: ReportBlock) -> JSONValue {
    [
      "output_type": "display_data", "metadata": [:],
      "data": ["text/html": JupyterText.lines(html), "text/plain": JupyterText.lines(block.plainText)],
    ]
  }

  /// A figure at its natural size, with alternative text and a caption below it.
  private static func picture(_ figure: Figure, caption: String?, _ block: ReportBlock) -> [JSONValue] {
    guard let png = try? figure.png() else { return [stream(block.plainText + "\n")] }
    var metadata: [String: JSONValue] = ["alt": .string("\(figure.title). \(figure.description)")]
    if let size = PNG.size(of: png) {
      metadata["width"] = .int(size.width / 2)
      metadata["height"] = .int(size.height / 2)
    }
    let image: JSONValue = [
      "output_type": "display_data", "metadata": ["image/png": .object(metadata)],
      "data": [
        "image/png": .string(Data(png).base64EncodedString()),
        "text/plain": JupyterText.lines(block.plainText),
      ],
    ]
    guard let caption else { return [image] }
    let line: JSONValue = [
      "output_type": "display_data", "metadata": [:],
      "data": [
        "text/html": JupyterText.lines("<p><em>\(caption.escapedHTML)</em></p>"),
        "text/plain": JupyterText.lines(caption),
      ],
    ]
    return [image, line]
  }

  private static func html(_ table: Table, caption: String?) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      let width = max(table.headers.count, cells.count)
      return "<tr>"
        + (0..<width).map { column in
          let align = table.alignments.indices.contains(column) ? table.alignments[column].rawValue : "left"
          let text = cells.indices.contains(column) ? cells[column].escapedHTML : ""
          return "<\(tag) style=\"text-align: \(align)\">\(text)</\(tag)>"
        }.joined() + "</tr>\n"
    }
    let title = caption.map { "<caption>\($0.escapedHTML)</caption>\n" } ?? ""
    return "<table>\n\(title)<thead>\n\(row(table.headers, "th"))</thead>\n<tbody>\n"
      + table.rows.map { row($0, "td") }.joined() + "</tbody>\n</table>"
  }

  private static func html(_ gallery: Gallery, caption: String?) -> String {
    let rows = gallery.rows.map { row in
      let title = row.title.map { "<p><b>\($0.escapedHTML)</b></p>\n" } ?? ""
      let images = row.images.map { item in
        let source = item.image.png().map { "data:image/png;base64," + Data($0).base64EncodedString() } ?? ""
        let alt = item.alt.isEmpty ? item.words : item.alt
        return """
          <div style="display: inline-block; width: 96px; margin: 0 8px 8px 0; vertical-align: top">\
          <img src="\(source)" alt="\(alt.escapedHTML)" width="96" style="image-rendering: pixelated">\
          <br><small>\(item.caption.escapedHTML)</small></div>
          """
      }
      return title + "<div>\n" + images.joined(separator: "\n") + "\n</div>"
    }
    let line = caption.map { "\n<p><em>\($0.escapedHTML)</em></p>" } ?? ""
    return rows.joined(separator: "\n") + line
  }
}
