import Formats

/// The folder of one run of a sweep: `lr=0.1,epochs=5`.
///
/// Letters, digits and a few signs stay; where anything else was left out, or the text is long, a short digest
/// of the whole keeps two runs apart.
enum RunName {
  private static let longest = 100
  private static let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=+,")

  /// - Parameter values: what the run is given, in order; `seed` among them where there are several.
  static func folder(_ values: [(name: String, value: String)]) -> String {
    let text = text(values)
    let name = values.map { "\(safe($0.name))=\(safe($0.value))" }.joined(separator: ",")
    return name == text && name.count <= longest ? name : "\(name.prefix(longest))~\(digest(text))"
  }

  /// Folders for all runs. Names that differ in upper and lower case only would meet on some file systems.
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
    // An array's commas would read as the next parameter's.
    String(text.replacing(", ", with: "+").replacing(",", with: "+").filter(kept.contains))
  }

  private static func digest(_ text: String) -> String {
    (try? Digest.hex(.sha256, of: Array(text.utf8))).map { String($0.prefix(8)) } ?? ""
  }
}
