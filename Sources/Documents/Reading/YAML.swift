import Yams

/// Reads small pieces of YAML by Yams: front matter and the values of cell options.
enum YAML {
  struct Problem: Error {
    var text: String
    /// From 1; `nil` where Yams gives no place.
    var line: Int?
    var column: Int?
  }

  /// The longest text that is read, in bytes: each of its values is looked up in its line.
  static let maximumSize = 1 << 16

  /// The root of a YAML text, or `nil` where it is empty.
  static func compose(_ text: String) throws(Problem) -> Node? {
    guard text.utf8.count <= maximumSize else {
      throw Problem(text: "it is longer than \(maximumSize >> 10) KiB")
    }
    guard nestingBound(of: text) <= maximumDepth else { throw Problem(text: "it is nested too deep") }
    // A few aliases of aliases make a tree that takes years to walk; notebooks need none. Sixteen make of a text
    // some hundred times as much.
    guard words(after: UInt8(ascii: "&"), in: text) == 0 || words(after: UInt8(ascii: "*"), in: text) <= 16
    else {
      throw Problem(text: "too many aliases ('*name')")
    }
    do {
      // The encoding is named because Yams otherwise looks through the environment each time.
      return try Yams.compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw Problem(text: "\(error)")
    }
  }

  /// Yams composes by recursion; this depth fits a thread of 512 KB.
  private static let maximumDepth = 128

  /// A depth that the text's collections cannot exceed: flow collections need a bracket each, and at a column
  /// a sequence and a mapping can open.
  private static func nestingBound(of text: String) -> Int {
    let brackets = text.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
    var columns: Set<Int> = []
    for line in text.split(separator: "\n") {
      var rest = line.utf8[...]
      while true {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        columns.insert(line.utf8.count - rest.count)
        // `- `, `? ` and `: ` open a collection within the line.
        guard let sign = rest.popFirst(), "-?:".utf8.contains(sign), let next = rest.first,
          next == UInt8(ascii: " ") || next == UInt8(ascii: "\t")
        else { break }
      }
    }
    return brackets + 2 * columns.count
  }

  /// How many words start with a sign: `&anchor`, `*alias`.
  private static func words(after sign: UInt8, in text: String) -> Int {
    zip(text.utf8, text.utf8.dropFirst()).count { $0 == sign && $1 > UInt8(ascii: " ") && $1 != sign }
  }

  private static func problem(_ error: YamlError) -> Problem {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let context = context.map { " \($0.text.trimmingCharacters(in: .whitespacesAndNewlines))" } ?? ""
      return Problem(text: problem + context, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      return Problem(text: "\(keys) is given twice", line: context.mark.line, column: context.mark.column)
    case .reader(let problem, _, _, _): return Problem(text: problem)
    default: return Problem(text: "it cannot be read")
    }
  }

  /// A text, or the texts of a list; `nil` for anything else.
  static func texts(of node: Node) -> [(Node, String)]? {
    let nodes = node.sequence.map(Array.init) ?? [node]
    let texts = nodes.compactMap { node in node.scalar.map { (node, $0.string) } }
    return texts.count == nodes.count ? texts : nil
  }

  /// What a value is, for "found …".
  static func kind(of node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
