import Cells

/// The types that rows mention, as `quire describe` explains them: values, members, and the rows that use them.
///
///     catalogue.describe(type: "PlateauMode")   // "PlateauMode …  Values  .min, .max …"
extension Catalogue {
  /// The names of all types in the signatures of rows, sorted.
  var mentionedTypes: [String] {
    Set(rows.flatMap(\.mentionedTypes)).sorted()
  }

  /// A type as text; `nil` if no row mentions it.
  func describe(type name: String) -> String? {
    let users = rows.filter { $0.mentionedTypes.contains(name) }
    if users.isEmpty { return nil }
    if let text = Self.swiftTypes[name] { return "\(name)\n  \(text)" }
    let own = rows.filter { $0.owner?.hostName == name }
    let values = own.filter { $0.kind == .staticValue || $0.kind == .staticMember }
    let members = own.filter { $0.kind == .property || $0.kind == .method }
    let others = users.filter { $0.owner?.hostName != name }
    let makers = others.filter { $0.result.unwrapped.hostName == name && $0.kind != .type }
    let facts: [(title: String, names: [String])] = [
      ("Values", values.map { ".\($0.name)" }),
      ("Members", members.map(\.name)),
      ("Conforming", rows.filter { $0.conformances.contains(name) }.map(\.name)),
      ("Made by", makers.map(\.shortName)),
      (
        "Used by",
        others.filter { other in !makers.contains { $0.signature == other.signature } }.map(\.shortName)
      ),
    ]
    let lines = facts.filter { !$0.names.isEmpty }.flatMap { fact in
      Self.wrapped(Self.unique(fact.names), title: fact.title)
    }
    return
      ([name, "  " + Self.summary(of: name, isBuilder: users.contains { $0.builders.contains(name) })] + lines)
      .joined(separator: "\n")
  }

  private static func summary(of name: String, isBuilder: Bool) -> String {
    isBuilder
      ? "Collects the values of a block { … }, one on each line."
      : "A type; 'quire describe NAME' explains each name below."
  }

  /// Swift's own types.
  private static let swiftTypes = [
    "Int": "A whole number, e.g. 10.", "Double": "A number, e.g. 0.5.",
    "Float": "A number of 32 bits; write Float(0.5).", "Bool": "true or false.",
    "String": "Text, e.g. \"net\".", "Void": "No value.", "Range": "A range without its end, e.g. 0..<10.",
    "ClosedRange": "A range with its end, e.g. 0.1...0.9.",
  ]

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// The names in lines of at most 100 characters.
  private static func wrapped(_ names: [String], title: String) -> [String] {
    let indent = String(repeating: " ", count: 16)
    var lines: [String] = []
    var line = "    " + title + String(repeating: " ", count: max(1, 12 - title.count))
    for (index, name) in names.enumerated() {
      let text = index + 1 < names.count ? name + ", " : name
      if line.count + text.count > 100 {
        lines.append(line.trimmingSuffix(" "))
        line = indent
      }
      line += text
    }
    return lines + [line]
  }
}

extension Entry {
  /// The capitalised names in the signature.
  fileprivate var mentionedTypes: Set<String> {
    var text = signature
    if kind == .initialiser, let open = text.firstIndex(of: "(") { text = String(text[open...]) }
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return Set(words.filter { $0.first?.isUppercase ?? false }.map(String.init))
  }

  /// The result builders of the parameters.
  fileprivate var builders: [String] { parameters.compactMap { $0.builder?.attribute } }

  /// The name, with its type if it is a member.
  var shortName: String { owner.map { "\($0).\(name)" } ?? name }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}
