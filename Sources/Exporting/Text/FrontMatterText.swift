import Documents

extension FrontMatter {
  /// Title, subtitle, authors, date, description and abstract as Markdown; `nil` if there are none.
  var markdown: String? {
    var blocks: [String] = []
    if let title { blocks.append("# \(title.escapedMarkdownWithFormulas)") }
    if let subtitle { blocks.append("**\(subtitle.escapedMarkdownWithFormulas)**") }
    // The day of the run is known to the report only.
    let byline = authors + (date == "today" ? [] : date.map { [$0] } ?? [])
    if !byline.isEmpty { blocks.append("*\(byline.joined(separator: ", ").escapedMarkdown)*") }
    if let description { blocks.append(description.escapedMarkdownWithFormulas) }
    if let abstract { blocks.append(ProseLinks.withoutComments(abstract).trimmingNewlines) }
    return blocks.isEmpty ? nil : blocks.joined(separator: "\n\n")
  }
}
