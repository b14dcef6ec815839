/// The macros that a document's formulas define: `\newcommand{\R}{\mathbb{R}}`.
///
///     var macros = Macros()
///     macros.expanded(#"\newcommand{\norm}[1]{\lVert #1 \rVert}"#)   // ""
///     macros.expanded(#"\norm{x}"#)                                  // "{\lVert x \rVert}"
///
/// `\newcommand`, `\renewcommand`, `\providecommand`, `\def` and `\DeclareMathOperator` are understood, with up to nine
/// arguments and LaTeX's default for the first. A definition counts for this formula and those after it, as in MathJax.
public struct Macros: Sendable {
  private struct Macro {
    var parameters: Int
    /// The first argument if it is left out.
    var fallback: [Character]?
    var body: [Character]
  }

  private var macros: [String: Macro] = [:]
  /// The maximum number of expansions in one formula: a macro that uses itself has no end.
  private static let maximumExpansions = 1_000

  /// Creates a table without macros.
  public init() {}

  /// A formula without definitions, which the table keeps, and with the definitions of its macros in place of their names.
  ///
  /// A definition that is not understood stays, so that the formula's parser reports it; so does what is left when an
  /// expansion exceeds ``Formula/maximumLength``.
  public mutating func expanded(_ tex: String) -> String {
    guard tex.contains("\\"), !macros.isEmpty || Self.definitions.contains(where: { tex.contains($0) }) else {
      return tex
    }
    var input = Array(tex)[...]
    var output: [Character] = []
    var expansions = 0
    while let next = input.first {
      guard next == "\\" else {
        output.append(next)
        input.removeFirst()
        continue
      }
      let name = Self.name(&input)
      if let rest = define(name, input) {
        input = rest
      } else if expansions < Self.maximumExpansions, output.count + input.count <= Formula.maximumLength,
        let macro = macros[name], let (text, rest) = Self.expand(macro, input)
      {
        expansions += 1
        // Copied: a slice would keep the whole formula for each expansion.
        input = (text + rest)[...]
      } else {
        output += ["\\"] + Array(name)
      }
    }
    return String(output)
  }

  private static let definitions = [
    "\\newcommand", "\\renewcommand", "\\providecommand", "\\def", "\\DeclareMathOperator",
  ]

  /// Reads a definition after its command; `nil` if it is none.
  private mutating func define(_ command: String, _ input: ArraySlice<Character>) -> ArraySlice<Character>? {
    guard Self.definitions.contains("\\" + command) else { return nil }
    var rest = input
    if command == "def" { return defineAsTeX(rest) }
    let isOperator = command == "DeclareMathOperator"
    let hasStar = rest.first == "*"
    if hasStar { rest.removeFirst() }
    Self.skipSpace(&rest)
    guard var named = Self.argument(&rest)?[...], named.first == "\\" else { return nil }
    let name = Self.name(&named)
    var macro = Macro(parameters: 0, fallback: nil, body: [])
    if !isOperator, let count = Self.option(&rest) {
      guard let number = Int(String(count)), (0...9).contains(number) else { return nil }
      macro.parameters = number
      macro.fallback = number > 0 ? Self.option(&rest) : nil
    }
    guard !name.isEmpty, named.isEmpty, let body = Self.argument(&rest) else { return nil }
    macro.body =
      isOperator ? Array("\\operatorname" + (hasStar ? "*" : "") + "{") + body + ["}"] : body
    if command != "providecommand" || macros[name] == nil { macros[name] = macro }
    return rest
  }

  /// Reads `\name#1#2{…}` after `\def`.
  private mutating func defineAsTeX(_ input: ArraySlice<Character>) -> ArraySlice<Character>? {
    var rest = input
    Self.skipSpace(&rest)
    guard rest.first == "\\" else { return nil }
    let name = Self.name(&rest)
    var count = 0
    while rest.first == "#" {
      rest.removeFirst()
      count += 1
      guard rest.first?.wholeNumberValue == count else { return nil }
      rest.removeFirst()
    }
    guard !name.isEmpty, rest.first == "{", let body = Self.argument(&rest) else { return nil }
    macros[name] = Macro(parameters: count, fallback: nil, body: body)
    return rest
  }

  /// A macro's text with its arguments, in braces if it can be a term; `nil` if an argument is missing.
  private static func expand(
    _ macro: Macro, _ input: ArraySlice<Character>
  ) -> (text: [Character], rest: ArraySlice<Character>)? {
    var rest = input
    var arguments: [[Character]] = []
    if let fallback = macro.fallback { arguments.append(option(&rest) ?? fallback) }
    while arguments.count < macro.parameters {
      skipSpace(&rest)
      guard let argument = argument(&rest) else { return nil }
      arguments.append(argument)
    }
    var text: [Character] = []
    var body = macro.body[...]
    while let next = body.popFirst() {
      guard next == "#", let number = body.first?.wholeNumberValue, arguments.indices.contains(number - 1)
      else {
        text.append(next)
        continue
      }
      body.removeFirst()
      text += arguments[number - 1]
      guard text.count <= Formula.maximumLength else { return nil }
    }
    return (isTerm(text) ? ["{"] + text + ["}"] : text, rest)
  }

  /// Whether braces around the text change nothing: they must not separate `\left` from `\right` or columns.
  private static func isTerm(_ text: [Character]) -> Bool {
    if text.contains("&") { return false }
    let text = String(text)
    func count(_ command: String) -> Int {
      text.split(separator: command, omittingEmptySubsequences: false).count
    }
    return !text.contains("\\\\") && count("\\left") == count("\\right") && count("\\begin") == count("\\end")
  }

  // MARK: Reading

  /// Removes a command; its name is letters, or one other character.
  private static func name(_ input: inout ArraySlice<Character>) -> String {
    input.removeFirst()
    let letters = input.prefix { $0.isASCII && $0.isLetter }
    let name = letters.isEmpty ? input.prefix(1) : letters
    input = input.dropFirst(name.count)
    return String(name)
  }

  /// Removes an argument: the content of braces, a command, or one character.
  private static func argument(_ input: inout ArraySlice<Character>) -> [Character]? {
    skipSpace(&input)
    guard let first = input.first, first != "}" else { return nil }
    if first == "\\" { return ["\\"] + Array(name(&input)) }
    guard first == "{" else {
      input.removeFirst()
      return [first]
    }
    return enclosed(by: "}", &input)
  }

  /// Removes an optional argument in brackets.
  private static func option(_ input: inout ArraySlice<Character>) -> [Character]? {
    var rest = input
    skipSpace(&rest)
    guard rest.first == "[", let content = enclosed(by: "]", &rest) else { return nil }
    input = rest
    return content
  }

  /// Removes an opening sign and everything up to its end.
  private static func enclosed(by end: Character, _ input: inout ArraySlice<Character>) -> [Character]? {
    var depth = 0
    var index = input.startIndex + 1
    while index < input.endIndex {
      let next = input[index]
      if depth == 0, next == end {
        let content = Array(input[(input.startIndex + 1)..<index])
        input = input[(index + 1)...]
        return content
      }
      if next == "{" { depth += 1 }
      if next == "}" { depth -= 1 }
      index += next == "\\" ? 2 : 1
    }
    return nil
  }

  private static func skipSpace(_ input: inout ArraySlice<Character>) {
    input = input.drop(while: \.isWhitespace)
  }
}
