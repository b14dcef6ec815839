/// Keeps the link definitions of a Jupyter notebook's cells apart. A definition applies to its cell in Jupyter, but to
/// the whole file in a Quire notebook.
struct ReferenceLabels {
  /// The definitions so far: destination by label.
  private var known: [String: String] = [:]

  /// The text with another label for each definition whose label an earlier cell used for another destination.
  mutating func separated(_ text: String) -> String {
    var scan = FenceScan()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isCode = lines.map { scan.read($0[...]) }
    let definition = #/ {0,3}\[([^\]\[\\]+)\]:\s*(\S.*)$/#
    var renamed: [(old: String, new: String)] = []
    for (line, isCode) in zip(lines, isCode) where !isCode {
      guard line.contains("]:"), let found = line.prefixMatch(of: definition) else { continue }
      let (label, destination) = (String(found.1), String(found.2))
      guard let other = known[Self.key(label)], other != destination else {
        known[Self.key(label)] = destination
        continue
      }
      var number = 2
      while let other = known[Self.key("\(label)-\(number)")], other != destination { number += 1 }
      let new = "\(label)-\(number)"
      known[Self.key(new)] = destination
      renamed.append((label, new))
    }
    for index in lines.indices where !isCode[index] {
      for (old, new) in renamed { lines[index] = Self.renaming(old, new, in: lines[index]) }
    }
    return lines.joined(separator: "\n")
  }

  /// Labels are compared without case, and with single spaces.
  private static func key(_ label: String) -> String {
    label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Replaces a label in definitions, `[text][label]`, `[label][]` and `[label]`.
  private static func renaming(_ old: String, _ new: String, in line: String) -> String {
    var out = ""
    var rest = line[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      let inner = rest[rest.index(after: open)..<close]
      let after = rest[rest.index(after: close)...]
      out += rest[..<open]
      guard key(String(inner)) == key(old) else {
        out += "["
        rest = rest[rest.index(after: open)...]
        continue
      }
      // `[^1]` is a footnote: its label is also its text.
      if out.hasSuffix("]") || after.hasPrefix(":") || old.hasPrefix("^") {
        out += "[\(new)]"
        rest = after
      } else if after.hasPrefix("[]") {
        out += "[\(inner)][\(new)]"
        rest = after.dropFirst(2)
      } else {
        // With a destination or another label, it is only text.
        out += after.hasPrefix("(") || after.hasPrefix("[") ? "[\(inner)]" : "[\(inner)][\(new)]"
        rest = after
      }
    }
    return out + rest
  }
}
