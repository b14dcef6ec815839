import Documents

extension FrontMatter {
  /// Title, authors, date and description as Markdown; `nil` if there are none.
  var markdown: String? {
    var blocks: [String] = []
    if let title { blocks.append("# \(title.escapedMarkdown)") }
    let byline = authors + (date.map { [$0] } ?? [])
    if !byline.isEmpty { blocks.append("*\(byline.joined(separator: ", ").escapedMarkdown)*") }
    if let description { blocks.append(description.escapedMarkdown) }
    return blocks.isEmpty ? nil : blocks.joined(separator: "\n\n")
  }
}
