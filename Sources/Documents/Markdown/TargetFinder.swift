import Diagnostics

/// The destinations of links and pictures that a report cannot contain: files and anchors.
enum TargetFinder {
  /// Whether a destination must be checked: it is a file, an anchor, or nothing that a report can use.
  static func isLocal(_ destination: String) -> Bool {
    switch LinkTarget(destination) {
    case .local(let url): !url.lowercased().hasPrefix("mailto:")
    case .refused: true
    case .web, .data: false
    }
  }

  /// Whether a picture must be checked. Reports load nothing from the network, so a picture on the web must be too.
  static func isChecked(picture source: String) -> Bool {
    if case .web = LinkTarget(source) { return true }
    return isLocal(source)
  }

  /// The destinations in raw HTML.
  static func destinations(inHTML text: String) -> [(kind: Prose.Target.Kind, destination: String)] {
    guard text.utf8.contains(UInt8(ascii: "=")) else { return [] }
    return HTMLTokenizer.tokens(text).compactMap { token in
      guard case .open(let name, let attributes, _) = token, name == "img" || name == "a" else { return nil }
      let key = name == "img" ? "src" : "href"
      guard let value = attributes.first(where: { $0.name == key })?.value else { return nil }
      let kind: Prose.Target.Kind = name == "img" ? .picture : .link
      return (kind == .picture ? isChecked(picture: value) : isLocal(value)) ? (kind, value) : nil
    }
  }
}
