/// The ids of a page. Creates a unique id from each heading's text, as GitHub does: lower case, no punctuation, `-` for
/// spaces.
///
///     var ids = PageIDs()
///     ids.id(for: "Training log")  // "training-log"
///     ids.id(for: "Training log")  // "training-log-1"
struct PageIDs {
  private(set) var used: Set<String>
  /// The last number used for each repeated text.
  private var counts: [String: Int] = [:]

  init(reserved: Set<String> = []) { used = reserved }

  mutating func id(for text: String) -> String {
    let kept = text.lowercased().unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
      if scalar == " " { return "-" }
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      // Symbols such as ① and emoji keycaps are numeric too; keep only letters and digits.
      let isPlain = scalar.properties.generalCategory != .otherNumber
      return (isWord && isPlain) || scalar == "-" || scalar == "_" ? scalar : nil
    }
    let slug = kept.isEmpty ? "section" : String(String.UnicodeScalarView(kept))
    var id = slug
    while used.contains(id) {
      counts[slug, default: 0] += 1
      id = "\(slug)-\(counts[slug, default: 0])"
    }
    used.insert(id)
    return id
  }

  /// An author's id without white space; `nil` if it is used already or could be an id of the page itself, which
  /// contains a dot.
  mutating func take(_ id: String) -> String? {
    let isOwn = id.split(separator: ".", maxSplits: 1).count == 2 && PageIDs.own.contains { id.hasPrefix($0) }
    guard !id.isEmpty, id.count <= 200, !id.contains(where: \.isWhitespace), !isOwn, used.insert(id).inserted
    else {
      return nil
    }
    return id
  }

  /// The beginnings of the ids that pages give to figures and footnotes.
  private static let own = ["figure.", "footnote.", "reference."]
}
