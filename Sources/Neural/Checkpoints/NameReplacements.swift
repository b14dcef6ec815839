/// Replaces parts of tensors' names, for files of models that are the same but name their layers differently.
///
///     try NameReplacements(["downsample": "shortcut", "fc": "head.2"])   // layer2.0.downsample.0.weight, fc.weight
///
/// A part is one or more of a name's components in a row, wherever they are. Where several parts fit, the longest
/// counts. What was replaced is not looked at again.
struct NameReplacements {
  /// The new names by the file's names, without those that stay.
  private(set) var renamed: [String: String] = [:]

  /// Renames tensors.
  ///
  /// - Throws: `.unusedName` for a part that no name has, `.sameName` for two tensors that would get the same name.
  init(_ replacements: [String: String], of names: some Sequence<String>) throws(CheckpointError.Fact) {
    if replacements.isEmpty { return }
    let parts = replacements.map {
      (old: Self.components($0.key), new: Self.components($0.value), key: $0.key)
    }
    .sorted { ($1.old.count, $0.key) < ($0.old.count, $1.key) }
    var unused = Set(replacements.keys)
    var origins: [String: String] = [:]
    for name in names.sorted() {
      let components = Self.components(name)
      var result: [String] = []
      var place = 0
      while place < components.count {
        let rest = components[place...]
        guard let part = parts.first(where: { !$0.old.isEmpty && rest.starts(with: $0.old) }) else {
          result.append(components[place])
          place += 1
          continue
        }
        unused.remove(part.key)
        result += part.new
        place += part.old.count
      }
      let new = result.joined(separator: ".")
      if new != name { renamed[name] = new }
      if let other = origins.updateValue(name, forKey: new) { throw .sameName(new, of: [other, name]) }
    }
    if let key = unused.sorted().first { throw .unusedName(key, names: names.sorted()) }
  }

  /// The name that a tensor gets.
  func callAsFunction(_ name: String) -> String { renamed[name] ?? name }

  private static func components(_ name: String) -> [String] {
    name.split(separator: ".").map(String.init)
  }
}
