/// A pattern for the names of a model's parameters: the name of a module or parameter, with `*` for any characters.
///
/// The name of a module selects all of its parameters. Names are PyTorch's, as in `ModelGraph.parameters` and in saved
/// files.
///
///     ParameterPattern("block1").matches("block1.0.weight")   // true
///     ParameterPattern("*.bias").matches("head.2.bias")       // true
public struct ParameterPattern: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The pattern as written.
  public let text: String

  /// Creates a pattern.
  public init(_ text: String) { self.text = text }

  public var description: String { text }

  /// Whether the pattern names the parameter or a module that it belongs to.
  public func matches(_ name: String) -> Bool {
    let (pattern, name) = (Array(text.utf8), Array(name.utf8))
    if Self.matches(pattern, name[...]) { return true }
    return name.indices.contains { name[$0] == UInt8(ascii: ".") && Self.matches(pattern, name[..<$0]) }
  }

  /// Matches a whole name; goes back to the last `*` where the rest does not match.
  private static func matches(_ pattern: [UInt8], _ name: ArraySlice<UInt8>) -> Bool {
    var (at, position) = (0, name.startIndex)
    var last: (star: Int, position: Int)?
    while position < name.endIndex {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        last = (at, position)
        at += 1
      } else if at < pattern.count, pattern[at] == name[position] {
        (at, position) = (at + 1, position + 1)
      } else if let (star, start) = last {
        last = (star, start + 1)
        (at, position) = (star + 1, start + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Names that may be meant by a pattern that matches nothing: those beside the part that is not found.
  ///
  /// - Parameter names: the parameters of the model.
  func alternatives(among names: [String]) -> [String] {
    var known: [Substring] = []
    for part in text.split(separator: ".") {
      let longer = known + [part]
      guard names.contains(where: { $0.split(separator: ".").starts(with: longer) }) else { break }
      known = longer
    }
    var found: [String] = []
    for name in names {
      let parts = name.split(separator: ".")
      guard parts.starts(with: known), parts.count > known.count else { continue }
      let candidate = parts.prefix(known.count + 1).joined(separator: ".")
      if found.last != candidate { found.append(candidate) }
    }
    return found
  }
}

/// A pattern that matches no parameter of a model.
public struct PatternError: Problem, Hashable {
  /// The pattern.
  public var pattern: String
  /// The name of the model.
  public var model: String
  /// Names that may be meant.
  public var alternatives: [String]

  /// The maximum number of names that the message lists.
  private static let listed = 12

  /// - Parameter names: the parameters of the model.
  init(_ pattern: ParameterPattern, model: String, names: [String]) {
    self.pattern = pattern.text
    self.model = model
    alternatives = pattern.alternatives(among: names)
  }

  public var description: String {
    let names = alternatives.prefix(Self.listed).map { "'\($0)'" }.joined(separator: ", ")
    let rest = alternatives.count > Self.listed ? ", …" : ""
    return "no parameter of \(model) matches '\(pattern)'; available names: \(names)\(rest)"
  }
}
