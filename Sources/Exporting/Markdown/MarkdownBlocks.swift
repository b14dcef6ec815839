import Reporting
import Support

/// Converts a step's results to GitHub's Markdown.
struct MarkdownBlocks {
  /// The step's label, for the names of its images.
  let label: String?
  private var galleryCount = 0

  init(label: String?) { self.label = label }

  /// Converts a result to Markdown blocks, to be separated by empty lines.
  mutating func markdown(
    _ block: ReportBlock, _ captions: inout Captions, _ pictures: inout PictureFiles
  ) -> [String] {
    switch block {
    case .text, .longText: return [fenced(block.plainText)]
    case .preformatted(let title, let text):
      return ["**\(title.escapedMarkdown)**", fenced(text.trimmingNewlines)]
    case .layers(let layers):
      return ["**\(layers.title.escapedMarkdown)**", fenced(layers.text.trimmingNewlines)]
    case .message(let kind, let text): return [alert(kind, text)]
    case .facts(let facts):
      let lines = facts.map { fact in
        "- **\(fact.name.escapedMarkdown)**: \(fact.value.escapedMarkdown)"
          + (fact.note.map { " (\($0.escapedMarkdown))" } ?? "")
      }
      return [lines.joined(separator: "\n")]
    case .table, .checklist, .confusionMatrix:
      guard let table = block.table else { return [] }
      return captioned([markdown(table)], captions.next(table.caption))
    case .trainingLog(let log):
      let text = log.shownText.trimmingNewlines
      let table = log.rows.isEmpty ? ["No epoch finished."] : [markdown(log.highlightTable)]
      return table + (text.isEmpty ? [] : [details("Full log", fenced(text))])
    case .figure(let figure): return self.figure(figure, captions.next(figure.caption), &pictures)
    case .gallery(let gallery): return self.gallery(gallery, captions.next(gallery.caption), &pictures)
    case .problem(let text): return ["**Error**", fenced(text.trimmingNewlines)]
    }
  }

  private func fenced(_ text: String) -> String { "\(text.fence)text\n\(text)\n\(text.fence)" }

  private func captioned(_ blocks: [String], _ caption: String?) -> [String] {
    blocks + (caption.map { ["*\($0.escapedMarkdownWithFormulas)*"] } ?? [])
  }

  /// An alert in GitHub's syntax.
  private func alert(_ kind: Message.Kind, _ text: String) -> String {
    let name =
      switch kind {
      case .info: "NOTE"
      case .warning: "WARNING"
      case .success: "TIP"
      case .error: "CAUTION"
      }
    return "> [!\(name)]\n> \(text.escapedMarkdown)"
  }

  private func markdown(_ table: Table) -> String {
    let width = ([table.headers] + table.rows).map(\.count).max() ?? 0
    func row(_ cells: [String]) -> String {
      let texts = (0..<width).map { cells.indices.contains($0) ? cells[$0].escapedMarkdown : "" }
      return "| " + texts.joined(separator: " | ") + " |"
    }
    let rule = (0..<width).map { column in
      switch table.alignments.indices.contains(column) ? table.alignments[column] : .left {
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    return ([row(table.headers), "|" + rule.joined(separator: "|") + "|"] + table.rows.map(row))
      .joined(separator: "\n")
  }

  private func figure(
    _ figure: Figure, _ caption: String?, _ pictures: inout PictureFiles
  ) -> [String] {
    guard let png = try? figure.png() else { return captioned([figure.description.escapedMarkdown], caption) }
    let path = pictures.add(png, name: figure.name)
    let alt = "\(figure.title). \(figure.description)".escapedMarkdown
    return captioned(["![\(alt)](\(path))"], caption)
  }

  /// Images with captions in a table of at most eight columns, the only grid that GitHub supports.
  private mutating func gallery(
    _ gallery: Gallery, _ caption: String?, _ pictures: inout PictureFiles
  ) -> [String] {
    galleryCount += 1
    let stem = (label ?? "images") + (galleryCount > 1 ? "-\(galleryCount)" : "")
    var blocks: [String] = []
    for row in gallery.rows {
      if let title = row.title { blocks.append("**\(title.escapedMarkdown)**") }
      let cells = row.images.compactMap { item -> String? in
        guard let png = item.image.png() else { return nil }
        let path = pictures.add(png, name: stem)
        let alt = (item.alt.isEmpty ? item.words : item.alt).escapedHTML
        let words = item.caption.isEmpty ? "" : "<br><sub>\(item.caption.escapedHTML)</sub>"
        return "<td align=\"center\"><img src=\"\(path)\" width=\"64\" alt=\"\(alt)\">\(words)</td>"
      }
      let lines = stride(from: 0, to: cells.count, by: 8).map { start in
        "<tr>\n" + cells[start..<min(start + 8, cells.count)].joined(separator: "\n") + "\n</tr>"
      }
      blocks.append("<table>\n\(lines.joined(separator: "\n"))\n</table>")
    }
    return captioned(blocks, caption)
  }
}
