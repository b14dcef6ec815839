/// The name given to `quire new`: a path, with or without `.md`.
///
///     try StarterName("plots/my-first_net").path    // "plots/my-first_net.md"
///     try StarterName("plots/my-first_net").title   // "My first net"
struct StarterName: Hashable {
  /// The path without `.md`.
  let stem: String

  /// The notebook's path.
  var path: String { "\(stem).md" }
  /// The notebook's name without folders and extension.
  var base: String { Self.last(of: stem) }
  /// The folder of the sample images, next to the notebook.
  var imageFolder: String { "\(stem)-images" }

  /// The base name in words, with a capital letter.
  var title: String {
    let separators: Set<Character> = ["-", "_", "."]
    let words = base.split { separators.contains($0) || $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty ? "Notebook" : words.prefix(1).uppercased() + words.dropFirst()
  }

  init(_ name: String) throws(StarterProblem) {
    if name.allSatisfy(\.isWhitespace) { throw .emptyName }
    if name.unicodeScalars.contains(where: Self.isUnprintable) { throw .unprintableName }
    if ["", ".", ".."].contains(Self.last(of: name)) { throw .folderName(name) }
    let stem = name.lowercased().hasSuffix(".md") ? String(name.dropLast(3)) : name
    if Self.last(of: stem).allSatisfy(\.isWhitespace) { throw .endingOnly(name) }
    self.stem = stem
  }

  /// Everything after the last slash.
  private static func last(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
  }

  /// Whether the scalar is a line break or control character, which a line of a notebook cannot contain.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isNoncharacterCodePoint
      || [.control, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
  }
}
