/// Alerts: quotes whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`. Source: GitHub
/// Docs, "Basic writing and formatting syntax", "Alerts".
extension Prose.Alert {
  /// The kind of alert that a quote's first paragraph names, and the paragraph's inlines without it.
  static func read(_ inlines: [Prose.Inline]) -> (kind: Prose.Alert, rest: [Prose.Inline])? {
    guard case .text(let text)? = inlines.first else { return nil }
    let word = text.trimmingWhitespace()
    guard word.hasPrefix("[!"), word.hasSuffix("]"),
      let kind = Prose.Alert(rawValue: word.dropFirst(2).dropLast().lowercased())
    else { return nil }
    guard inlines.count > 1 else { return (kind, []) }
    guard inlines[1] == .softBreak || inlines[1] == .lineBreak else { return nil }
    return (kind, Array(inlines.dropFirst(2)))
  }
}
