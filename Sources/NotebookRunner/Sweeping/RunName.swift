import Support

/// The name of a run's folder in a sweep: `lr=0.1,epochs=5`.
///
/// Letters, digits and a few signs are kept. If other characters were removed, or the text is long, a short digest
/// of the whole keeps names unique.
enum RunName {
  private static let longest = 100
  private static let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=+,")

  /// The folder's name.
  ///
  /// - Parameter values: the run's values in order, including `seed` if there are several.
  static func folder(_ values: [(name: String, value: String)]) -> String {
    let text = text(values)
    let name = values.map { "\(safe($0.name))=\(safe($0.value))" }.joined(separator: ",")
    return name == text && name.count <= longest ? name : "\(name.prefix(longest))~\(digest(text))"
  }

  /// Folder names for all runs. Names that differ only in case would collide on some file systems.
  static func folders(_ runs: [[(name: String, value: String)]]) -> [String] {
    let names = runs.map(folder)
    let counts = Dictionary(names.map { ($0.lowercased(), 1) }, uniquingKeysWith: +)
    return zip(names, runs).map { name, run in
      counts[name.lowercased()] == 1 ? name : "\(name.prefix(longest))~\(digest(text(run)))"
    }
  }

  private static func text(_ values: [(name: String, value: String)]) -> String {
    values.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  private static func safe(_ text: String) -> String {
    // An array's commas would look like the start of the next parameter.
    String(text.replacing(", ", with: "+").replacing(",", with: "+").filter(kept.contains))
  }

  private static func digest(_ text: String) -> String {
    (try? Digest.hex(.sha256, of: Array(text.utf8))).map { String($0.prefix(8)) } ?? ""
  }
}
