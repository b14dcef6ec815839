import Support

/// The paths in a store's folder.
///
///     objects/ab/cdef…         blobs; folder and file name form the digest
///     records/KIND/KEY.0, .1   records; the second is a training's other state
///     locks/                   locked during runs; never removed
///     clock                    its modification time is the newest use
struct StoreLayout: Sendable {
  let directory: String

  var objects: String { "\(directory)/objects" }
  var locks: String { "\(directory)/locks" }
  var clock: String { "\(directory)/clock" }

  func object(_ digest: ContentDigest) -> String {
    "\(objects)/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
  }

  func records(_ kind: RecordKind) -> String { "\(directory)/records/\(kind.rawValue)" }

  func record(_ name: RecordName, slot: Int) -> String {
    "\(records(name.kind))/\(Self.fileName(name.key)).\(slot)"
  }

  func lock(notebook: String) -> String { "\(locks)/\(Self.fileName(notebook))\(Self.notebookLock)" }
  static let notebookLock = ".notebook"
  var storeLock: String { "\(locks)/store" }

  /// The slot of a file in a records folder; `nil` for a leftover of an interrupted write.
  static func slot(ofFile name: String) -> Int? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let slot = name[name.index(after: dot)...]
    return slot == "0" ? 0 : slot == "1" ? 1 : nil
  }

  /// The text as a file name: unchanged if it is short and has only lower-case letters, digits, `-` and `_`;
  /// otherwise its readable part, followed by a digest that makes it unique.
  static func fileName(_ text: String) -> String {
    let isPlain: (Character) -> Bool = { character in
      guard let code = character.asciiValue else { return false }
      return (97...122).contains(code) || (48...57).contains(code) || character == "-" || character == "_"
    }
    if !text.isEmpty, text.count <= 100, text.allSatisfy(isPlain) { return text }
    let readable = String(text.lowercased().prefix(40).map { isPlain($0) ? $0 : "-" })
    let digest = (try? Digest.hex(.sha256, of: Array(text.utf8))) ?? ""
    return "\(readable)-\(digest.prefix(16))"
  }
}
