import Support
import Yams

/// Reads small YAML texts with Yams: front matter and the values of cell options.
enum YAML {
  struct Problem: Error {
    var text: String
    /// The line, from 1; `nil` if Yams reports none.
    var line: Int?
    var column: Int?
  }

  /// The maximum length in bytes, since each value is searched for in its line.
  static let maximumSize = 1 << 16

  /// The root of a YAML text, or `nil` if the text is empty.
  static func compose(_ text: String) throws(Problem) -> Node? {
    guard text.utf8.count <= maximumSize else {
      throw Problem(text: "longer than \(Number.bytes(maximumSize))")
    }
    guard nestingBound(of: text) <= maximumDepth else { throw Problem(text: "nested too deeply") }
    // Nested aliases can expand to a tree that takes years to walk, and notebooks need none. Sixteen expand a text
    // about a hundredfold.
    guard words(after: UInt8(ascii: "&"), in: text) == 0 || words(after: UInt8(ascii: "*"), in: text) <= 16
    else {
      throw Problem(text: "too many aliases ('*name')")
    }
    do {
      // State the encoding; otherwise Yams searches the environment on each call.
      return try Yams.compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw Problem(text: "\(error)")
    }
  }

  /// Yams composes recursively; this depth fits a 512 KB stack.
  private static let maximumDepth = 128

  /// An upper bound of the nesting depth: flow collections need a bracket each, and each column can open a sequence
  /// and a mapping.
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

  /// The number of words that start with a sign: `&anchor`, `*alias`.
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
      return Problem(text: "duplicate key \(keys)", line: context.mark.line, column: context.mark.column)
    case .reader(let problem, _, _, _): return Problem(text: problem)
    default: return Problem(text: "cannot be read")
    }
  }

  /// The scalar's text, or the texts of a list; `nil` for anything else.
  static func texts(of node: Node) -> [(Node, String)]? {
    let nodes = node.sequence.map(Array.init) ?? [node]
    let texts = nodes.compactMap { node in node.scalar.map { (node, $0.string) } }
    return texts.count == nodes.count ? texts : nil
  }

  /// The kind of a value, for "found …".
  static func kind(of node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
