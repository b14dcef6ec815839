/// Reads a formula's TeX into nodes: rows, groups, scripts and characters. Commands are in `Parser+Commands.swift`.
struct Parser {
  let characters: [Character]
  var position = 0
  /// The style of letters, set by `\mathbf` and its kin.
  var alphabet: Alphabet?
  /// The label of `\tag`.
  var tag: String?
  private var depth = 0

  init(_ source: String) { characters = Array(source) }

  /// The whole formula.
  mutating func formula() throws(FormulaProblem) -> Node {
    guard characters.count <= Formula.maximumLength else { throw problem(.tooLong, at: 0) }
    guard characters.contains(where: { !$0.isWhitespace }) else { throw problem(.empty, at: 0) }
    var lines = [Node(try row())]
    while isAt("\\\\") {
      skipRowBreak()
      lines.append(Node(try row()))
    }
    if position < characters.count { throw unexpected() }
    if lines.count > 1, case .row(let last)? = lines.last, last.isEmpty { lines.removeLast() }
    let body = lines.count == 1 ? lines[0] : .table(Table(rows: lines.map { [$0] }, isDisplay: true))
    guard let tag else { return body }
    return .row([body, .space(2), .text("(\(tag))", style: "")])
  }

  // MARK: Rows

  /// Reads atoms up to a part that ends a row: `}`, `&`, `\\`, `\end`, `\right`, `\middle`, `]` if asked for, or the
  /// end.
  mutating func row(endsAt stop: Character? = nil) throws(FormulaProblem) -> [Node] {
    try enter()
    defer { leave() }
    let outer = alphabet
    defer { alphabet = outer }
    var nodes: [Node] = []
    while true {
      skipSpace()
      guard let next = peek, next != "}", next != "&", next != stop, !isAt("\\\\") else {
        return nodes
      }
      let name = next == "\\" ? commandName(at: position) : nil
      switch name {
      case "end"?, "right"?, "middle"?, "cr"?: return nodes
      case "over"?, "atop"?, "choose"?:
        position += 1 + (name?.count ?? 0)
        let below = Node(try row(endsAt: stop))
        return [infix(name ?? "", Node(nodes), below)]
      case let name?:
        if let style = try rowStyle(name, endsAt: stop) { return nodes + [style] }
        nodes += try scripted()
      case nil: nodes += try scripted()
      }
    }
  }

  private func infix(_ name: String, _ above: Node, _ below: Node) -> Node {
    let fraction = Node.fraction(above, below, hasBar: name == "over", isDisplay: nil)
    return name == "choose" ? Self.parenthesised(fraction) : fraction
  }

  /// A switch that styles the rest of its group.
  private mutating func rowStyle(
    _ name: String, endsAt stop: Character?
  ) throws(FormulaProblem) -> Node? {
    let start = position
    position += 1 + name.count
    switch name {
    case "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle":
      let level = name == "scriptstyle" ? 1 : name == "scriptscriptstyle" ? 2 : 0
      let rest = Node(try row(endsAt: stop))
      return .styled(isDisplay: name == "displaystyle", scriptLevel: level, rest)
    case "color":
      let colour = try colour(name)
      // LaTeX colours the rest of the group; MathJax only an argument, if there is one.
      skipSpace()
      if peek == "{" { break }
      return .coloured(colour, Node(try row(endsAt: stop)))
    case "rm", "bf", "it", "cal", "sf", "tt", "frak":
      alphabet = Self.switches[name]
      return Node(try row(endsAt: stop))
    default: break
    }
    position = start
    return nil
  }

  private static let switches: [String: Alphabet] = [
    "rm": .upright, "bf": .bold, "it": .italic, "cal": .script, "sf": .sans, "tt": .monospaced,
    "frak": .fraktur,
  ]

  // MARK: Atoms and scripts

  /// An atom with its scripts and primes.
  private mutating func scripted() throws(FormulaProblem) -> [Node] {
    var base: Node
    if peek == "^" || peek == "_" || peek == "'" || peek == "’" {
      base = .empty
    } else {
      base = try atom()
      if case .row(let nodes) = base, nodes.isEmpty, peek != "^", peek != "_" { return [] }
    }
    var sub: Node?
    var sup: Node?
    var primes = 0
    var limits = Limits.automatic
    scripts: while true {
      skipSpace()
      let start = position
      switch peek {
      case "^"?:
        guard sup == nil else { throw problem(.secondScript("^"), at: position) }
        position += 1
        sup = try argument(of: "^", at: start)
      case "_"?:
        guard sub == nil else { throw problem(.secondScript("_"), at: position) }
        position += 1
        sub = try argument(of: "_", at: start)
      case "'"?, "’"?:
        guard sup == nil else { throw problem(.secondScript("'"), at: position) }
        primes += 1
        position += 1
      default:
        switch commandName(at: position) {
        case "limits"?: limits = .always
        case "nolimits"?: limits = .never
        default: break scripts
        }
        position += 1 + (commandName(at: position)?.count ?? 0)
      }
    }
    if primes > 0 {
      let prime = Node.mark(Mark(text: Self.primes(primes), kind: .ordinary))
      sup = sup.map { Node.row([prime, $0]) } ?? prime
    }
    guard sub != nil || sup != nil else { return [base] }
    // A brace over or under several terms has its label there too.
    if limits == .automatic, Self.takesLabel(base) { limits = .always }
    return [.scripts(base, sub: sub, sup: sup, limits: limits)]
  }

  private static func takesLabel(_ node: Node) -> Bool {
    switch node {
    case .over(_, .mark(let mark), true), .under(_, .mark(let mark), true): "⏞⏟⎴⎵".contains(mark.text)
    default: false
    }
  }

  private static func primes(_ count: Int) -> String {
    switch count {
    case 1: "′"
    case 2: "″"
    case 3: "‴"
    case 4: "⁗"
    default: String(repeating: "′", count: count)
    }
  }

  /// One atom: a group, a command or a character.
  mutating func atom() throws(FormulaProblem) -> Node {
    try enter()
    defer { leave() }
    guard let character = peek else { throw unexpected() }
    switch character {
    case "{": return try group()
    case "\\": return try command()
    case "~":
      position += 1
      return .space(0.25)
    case "#", "$", "^", "_", "}", "&": throw unexpected()
    default:
      if character.isASCII, character.isNumber { return number() }
      if character.isLetter { return letters() }
      position += 1
      // Two relations in a row would have a gap between them.
      if ":=!".contains(character), peek == "=" {
        position += 1
        return .mark(Mark(text: "\(character)=", kind: .relation))
      }
      return Self.symbol(character)
    }
  }

  /// `{…}`.
  mutating func group() throws(FormulaProblem) -> Node {
    let start = position
    position += 1
    let nodes = try row()
    guard peek == "}" else {
      throw position < characters.count ? unexpected() : problem(.unclosed("{"), at: start)
    }
    position += 1
    // A lone comma in braces has no space around it, as in 1{,}000.
    if nodes.count == 1, case .mark(var mark) = nodes[0], mark.kind == .punctuation {
      mark.kind = .ordinary
      return .mark(mark)
    }
    return Node(nodes)
  }

  /// An argument: a group, or one atom.
  mutating func argument(of name: String, at start: Int? = nil) throws(FormulaProblem) -> Node {
    skipSpace()
    guard let next = peek, next != "}", next != "&", !isAt("\\\\") else {
      throw problem(.missingArgument(name), at: start ?? position)
    }
    if next == "^" || next == "_" { throw problem(.missingArgument(name), at: start ?? position) }
    if next.isASCII, next.isNumber || next.isLetter {
      // One character: x^10 is x¹0.
      position += 1
      return next.isNumber
        ? .number(styled(String(next))) : .identifier(styled(String(next)), isUpright: alphabet == .upright)
    }
    return try atom()
  }

  private mutating func number() -> Node {
    var text = ""
    while let next = peek {
      let isDigit = next.isASCII && next.isNumber
      let isPoint = next == "." && position + 1 < characters.count && characters[position + 1].isNumber
      guard isDigit || isPoint else { break }
      text.append(next)
      position += 1
    }
    return .number(styled(text))
  }

  /// A letter, or in an upright style the whole word.
  private mutating func letters() -> Node {
    guard let first = peek else { return .empty }
    position += 1
    var text = String(first)
    if let alphabet, alphabet != .script, alphabet != .doubleStruck, alphabet != .fraktur,
      alphabet != .boldItalic
    {
      while let next = peek, next.isLetter {
        text.append(next)
        position += 1
      }
    }
    let isUpright = alphabet == .upright || (alphabet == nil && !Self.isItalic(first))
    return .identifier(styled(text), isUpright: isUpright)
  }

  /// Latin letters and small Greek ones are italic.
  static func isItalic(_ letter: Character) -> Bool {
    guard let scalar = letter.unicodeScalars.first else { return false }
    return scalar.isASCII || (0x3B1...0x3F6).contains(scalar.value) || "ıȷℎ".unicodeScalars.contains(scalar)
  }

  func styled(_ text: String) -> String { alphabet?.text(text) ?? text }

  private static func symbol(_ character: Character) -> Node {
    switch character {
    case "-": .mark(Mark(text: "−", kind: .binary))
    case "*": .mark(Mark(text: "∗", kind: .binary))
    case "+", "±", "×", "÷", "⋅", "·", "∘", "⊙", "⊗", "⊕", "∪", "∩", "∧", "∨", "∖", "−", "∗", "•":
      .mark(Mark(text: String(character), kind: .binary))
    case "=", "<", ">", ":", "≤", "≥", "≠", "≈", "≡", "∼", "∝", "∈", "∉", "⊂", "⊆", "⊃", "⊇", "→", "←", "↔",
      "⇒",
      "⇐", "⇔", "↦", "≪", "≫":
      .mark(Mark(text: String(character), kind: .relation))
    case "(", "[", "⟨", "⌈", "⌊": .mark(Mark(text: String(character), kind: .open))
    case ")", "]", "⟩", "⌉", "⌋": .mark(Mark(text: String(character), kind: .close))
    case ",", ";": .mark(Mark(text: String(character), kind: .punctuation))
    case "∑", "∏", "∫", "⋃", "⋂": .mark(Mark(text: String(character), kind: .largeOperator))
    case "!", "/", "|", "‖", ".", "?", "\"", "`", "@": .mark(Mark(text: String(character), kind: .ordinary))
    default: .identifier(String(character), isUpright: true)
    }
  }

  static func parenthesised(_ node: Node) -> Node {
    .row([
      .mark(Mark(text: "(", kind: .open, isStretchy: true)), node,
      .mark(Mark(text: ")", kind: .close, isStretchy: true)),
    ])
  }

  // MARK: Characters

  var peek: Character? { position < characters.count ? characters[position] : nil }

  /// Whether the formula continues with a short text.
  func isAt(_ text: String) -> Bool {
    characters[position...].starts(with: text)
  }

  /// Skips white space and `%` comments.
  mutating func skipSpace() {
    while let next = peek {
      if next == "%" {
        while let end = peek, !end.isNewline {
          _ = end
          position += 1
        }
      } else if next.isWhitespace {
        position += 1
      } else {
        return
      }
    }
  }

  /// Skips `\\`, `\\*` and `\\[2pt]`.
  mutating func skipRowBreak() {
    position += 2
    if peek == "*" { position += 1 }
    let start = position
    skipSpace()
    guard peek == "[" else {
      position = start
      return
    }
    let length = characters[position...].prefix(16)
    guard let end = length.firstIndex(of: "]"),
      characters[position + 1..<end].allSatisfy({
        $0.isASCII && ($0.isNumber || $0.isLetter || ".- ".contains($0))
      })
    else {
      position = start
      return
    }
    position = end + 1
  }

  /// The name of the command at a position: letters, or one other character; `nil` if there is none.
  func commandName(at start: Int) -> String? {
    guard start + 1 < characters.count, characters[start] == "\\" else { return nil }
    var end = start + 1
    while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
    return String(characters[start + 1..<max(end, start + 2)])
  }

  mutating func enter() throws(FormulaProblem) {
    depth += 1
    // A level of a formula is a row and an atom here.
    if depth > 2 * Formula.maximumDepth { throw problem(.tooDeep, at: position) }
  }

  mutating func leave() { depth -= 1 }

  func problem(_ fact: FormulaProblem.Fact, at position: Int) -> FormulaProblem {
    FormulaProblem(fact: fact, offset: position)
  }

  func unexpected() -> FormulaProblem {
    guard let next = peek else { return problem(.unclosed("{"), at: position) }
    let text = next == "\\" ? "\\" + (commandName(at: position) ?? "") : String(next)
    return problem(.unexpected(text), at: position)
  }
}
