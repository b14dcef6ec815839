/// Arguments that are not formulas: words, colours, lengths.
extension Parser {
  /// `\text{…}`: words, in which `$…$` is a formula again.
  mutating func text(_ style: String, _ name: String, _ start: Int) throws(FormulaProblem) -> Node {
    skipSpace()
    guard peek == "{" else { throw problem(.missingArgument(name), at: start) }
    try enter()
    defer { leave() }
    let opening = position
    position += 1
    var nodes: [Node] = []
    var words = ""
    func flush() {
      if !words.isEmpty { nodes.append(.text(words, style: style)) }
      words = ""
    }
    while let next = peek {
      switch next {
      case "}":
        position += 1
        flush()
        return Node(nodes)
      case "{":
        flush()
        nodes.append(try text(style, name, start))
      case "$":
        flush()
        nodes.append(try nested())
      case "\\":
        guard let command = commandName(at: position) else { throw unexpected() }
        if let inner = Self.textStyles[command] {
          flush()
          let place = position
          position += 1 + command.count
          nodes.append(
            try text([style, inner].filter { !$0.isEmpty }.joined(separator: ";"), command, place))
        } else if let width = Self.spaces[command] {
          words += width > 0 ? " " : ""
          position += 1 + command.count
        } else if command.count == 1, "%&#$_{}".contains(command) {
          words += command
          position += 2
        } else {
          throw problem(.unknownCommand(command), at: position)
        }
      case "~":
        words += "\u{A0}"
        position += 1
      default:
        words.append(next.isWhitespace ? " " : next)
        position += 1
      }
    }
    throw problem(.unclosed("{"), at: opening)
  }

  /// `$…$` within words.
  private mutating func nested() throws(FormulaProblem) -> Node {
    let start = position
    position += 1
    let nodes = try row(endsAt: "$")
    guard peek == "$" else {
      throw position < characters.count ? unexpected() : problem(.unclosed("$"), at: start)
    }
    position += 1
    return Node(nodes)
  }

  /// The characters of a braced argument.
  mutating func rawArgument(_ name: String, _ start: Int) throws(FormulaProblem) -> String {
    skipSpace()
    guard peek == "{" else { throw problem(.missingArgument(name), at: start) }
    guard let end = characters[position...].firstIndex(of: "}") else {
      throw problem(.unclosed("{"), at: position)
    }
    defer { position = end + 1 }
    return String(characters[position + 1..<end].filter { $0 != "{" && $0 != "$" })
  }

  /// A colour that CSS knows too.
  mutating func colour(_ name: String) throws(FormulaProblem) -> String {
    let start = position
    let colour = try rawArgument(name, start)
    let isHex =
      colour.first == "#" && [4, 7].contains(colour.count) && colour.dropFirst().allSatisfy(\.isHexDigit)
    guard isHex || Self.colours.contains(colour.lowercased()) else {
      throw problem(.unknownColour(colour), at: start)
    }
    return colour.lowercased()
  }

  /// A length in em: `{1em}` or `18mu`.
  mutating func dimension(_ name: String, _ start: Int) throws(FormulaProblem) -> Double {
    skipSpace()
    var text: String
    if peek == "{" {
      text = try rawArgument(name, start)
    } else {
      let end =
        characters[position...].prefix(12).firstIndex { $0.isASCII && $0.isLetter }.map { $0 + 2 } ?? position
      text = String(characters[position..<min(end, characters.count)])
      position = min(end, characters.count)
    }
    text.removeAll(where: \.isWhitespace)
    let units = [
      "em": 1, "ex": 0.43, "mu": 1.0 / 18, "pt": 0.1, "px": 0.075, "cm": 2.85, "mm": 0.285, "in": 7.2,
    ]
    guard let unit = units[String(text.suffix(2))], let value = Double(text.dropLast(2)), abs(value) <= 100
    else {
      throw problem(.missingArgument(name), at: start)
    }
    return value * unit
  }
}
