extension Parser {
  /// A command at the current position, with its arguments.
  mutating func command() throws(FormulaProblem) -> Node {
    let start = position
    guard let name = commandName(at: position) else { throw problem(.unexpected("\\"), at: position) }
    position += 1 + name.count
    if let width = Self.spaces[name] { return .space(width) }
    if let (text, kind) = Symbols.symbol(name) { return .mark(Mark(text: text, kind: kind)) }
    if let sign = Symbols.letters[name] { return letter(sign) }
    if Symbols.functions.contains(name) { return Self.function(name, takesLimits: false) }
    if let words = Symbols.limitFunctions[name] { return Self.function(words, takesLimits: true) }
    if let alphabet = Self.alphabets[name] { return try styled(alphabet, name) }
    if let accent = Self.accents[name] {
      let base = try argument(of: name, at: start)
      return .over(
        base, .mark(Mark(text: accent.text, kind: .ordinary, isStretchy: accent.isWide)), isAccent: true)
    }
    if let (text, isAbove) = Self.braces[name] {
      let base = try argument(of: name, at: start)
      let brace = Node.mark(Mark(text: text, kind: .ordinary, isStretchy: true))
      return isAbove ? .over(base, brace, isAccent: true) : .under(base, brace, isAccent: true)
    }
    if let size = Self.sizes[name] {
      guard let text = delimiter() else { throw problem(.missingDelimiter(name), at: start) }
      let kind: AtomClass = name.hasSuffix("l") ? .open : name.hasSuffix("r") ? .close : .ordinary
      return text.isEmpty
        ? .empty : .mark(Mark(text: text, kind: name.hasSuffix("m") ? .relation : kind, size: size))
    }
    if let style = Self.textStyles[name] { return try text(style, name, start) }
    if let kind = Self.classes[name] { return .classed(kind, try argument(of: name, at: start)) }
    if let arrow = Self.labelledArrows[name] { return try labelled(arrow, name, start) }
    return try construction(name, start)
  }

  private func letter(_ sign: String) -> Node {
    if sign == "|" || sign == "‖" { return .mark(Mark(text: sign, kind: .ordinary)) }
    let isGreek = sign.unicodeScalars.first.map { (0x391...0x3F6).contains($0.value) } ?? false
    let isItalic =
      isGreek && (sign.first.map(Self.isItalic) ?? false) || sign == "∂" || sign == "ı" || sign == "ȷ"
    let text = isGreek && (alphabet == .bold || alphabet == .boldItalic) ? styled(sign) : sign
    return .identifier(text, isUpright: !isItalic || alphabet == .upright)
  }

  private static func function(_ words: String, takesLimits: Bool) -> Node {
    let name = Node.identifier(words, isUpright: true)
    return .classed(takesLimits ? .largeOperator : .function, name)
  }

  private mutating func styled(_ alphabet: Alphabet, _ name: String) throws(FormulaProblem) -> Node {
    let outer = self.alphabet
    defer { self.alphabet = outer }
    self.alphabet = alphabet
    return try argument(of: name)
  }

  /// Commands with arguments of their own.
  private mutating func construction(_ name: String, _ start: Int) throws(FormulaProblem) -> Node {
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      let (above, below) = try two(name, start)
      let isDisplay: Bool? = name == "frac" ? nil : name != "tfrac"
      return .fraction(above, below, hasBar: true, isDisplay: isDisplay)
    case "binom", "dbinom", "tbinom":
      let (above, below) = try two(name, start)
      let isDisplay: Bool? = name == "binom" ? nil : name == "dbinom"
      return Self.parenthesised(.fraction(above, below, hasBar: false, isDisplay: isDisplay))
    case "sqrt":
      let index = try optional()
      return .root(try argument(of: name, at: start), index: index)
    case "left": return try fenced(start)
    case "begin": return try environment(start)
    case "overset", "stackrel", "underset":
      let (label, base) = try two(name, start)
      return name == "underset"
        ? .under(base, label, isAccent: false) : .over(base, label, isAccent: false)
    case "underline":
      return .decorated("border-bottom:.06em solid;padding-bottom:.1em", try argument(of: name, at: start))
    // Fonts do not stretch a macron.
    case "overline":
      return .decorated("border-top:.06em solid;padding-top:.1em", try argument(of: name, at: start))
    case "boxed", "fbox":
      return .decorated("border:.06em solid;padding:.25em", try argument(of: name, at: start))
    case "cancel", "bcancel", "xcancel", "sout":
      return .decorated(Self.strike(name), try argument(of: name, at: start))
    case "phantom", "hphantom", "vphantom": return .phantom(try argument(of: name, at: start))
    case "smash", "mathstrut", "strut":
      return name == "smash" ? try argument(of: name, at: start) : .empty
    case "textcolor", "color":
      let colour = try colour(name)
      return .coloured(colour, try argument(of: name, at: start))
    case "operatorname", "operatorname*", "mathop":
      var takesLimits = name == "mathop"
      if peek == "*" {
        takesLimits = true
        position += 1
      }
      let content = try styled(.upright, name)
      let node = content.word.map { Node.identifier($0, isUpright: true) } ?? content
      return .classed(takesLimits ? .largeOperator : .function, node)
    case "not": return try negated(start)
    case "substack":
      guard peek == "{" else { throw problem(.missingArgument(name), at: start) }
      position += 1
      let table = try rows(of: Table(), until: "}", opened: start)
      position += 1
      return .table(table)
    case "pmod", "pod":
      let content = try argument(of: name, at: start)
      let word: [Node] = name == "pmod" ? [.identifier("mod", isUpright: true), .space(1.0 / 3)] : []
      return .row(
        [.space(1), .mark(Mark(text: "(", kind: .open))] + word + [
          content, .mark(Mark(text: ")", kind: .close)),
        ])
    case "mod": return .row([.space(1), .identifier("mod", isUpright: true), .space(1.0 / 3)])
    case "tag":
      if peek == "*" { position += 1 }
      tag = try rawArgument(name, start)
      return .empty
    case "label":
      _ = try rawArgument(name, start)
      return .empty
    case "nonumber", "notag", "relax", "limits", "nolimits", "allowbreak", "nobreak", "hfill": return .empty
    case "hspace", "mspace", "hskip", "kern", "mkern", "mskip":
      if peek == "*" { position += 1 }
      return .space(try dimension(name, start))
    default: throw problem(.unknownCommand(name), at: start)
    }
  }

  private mutating func two(_ name: String, _ start: Int) throws(FormulaProblem) -> (Node, Node) {
    let first = try argument(of: name, at: start)
    return (first, try argument(of: name, at: start))
  }

  /// `[…]`, if it follows.
  mutating func optional() throws(FormulaProblem) -> Node? {
    skipSpace()
    let start = position
    guard peek == "[" else { return nil }
    position += 1
    let nodes = try row(endsAt: "]")
    guard peek == "]" else { throw problem(.unclosed("["), at: start) }
    position += 1
    return Node(nodes)
  }

  /// `\not`: the slashed form of the next relation.
  private mutating func negated(_ start: Int) throws(FormulaProblem) -> Node {
    guard case .mark(var mark) = try argument(of: "not", at: start) else {
      throw problem(.missingArgument("not"), at: start)
    }
    mark.text = (mark.text + "\u{338}").precomposed
    return .mark(mark)
  }

  private mutating func labelled(_ arrow: String, _ name: String, _ start: Int) throws(FormulaProblem) -> Node
  {
    let below = try optional()
    let above = try argument(of: name, at: start)
    func padded(_ node: Node) -> Node { .row([.space(0.4), node, .space(0.4)]) }
    let mark = Node.mark(Mark(text: arrow, kind: .relation, isStretchy: true))
    let top = Node.over(mark, padded(above), isAccent: false)
    return below.map { .under(top, padded($0), isAccent: false) } ?? top
  }

  private static func strike(_ name: String) -> String {
    func line(_ direction: String) -> String {
      "linear-gradient(\(direction),transparent 47%,currentcolor 47%,currentcolor 53%,transparent 53%)"
    }
    switch name {
    case "cancel": return "background:\(line("to top left"))"
    case "bcancel": return "background:\(line("to top right"))"
    case "xcancel": return "background:\(line("to top left")),\(line("to top right"))"
    default: return "background:\(line("to top"))"
    }
  }

  // MARK: Delimiters

  /// `\left( … \middle| … \right)`.
  private mutating func fenced(_ start: Int) throws(FormulaProblem) -> Node {
    guard let opening = delimiter() else { throw problem(.missingDelimiter("left"), at: start) }
    var nodes: [Node] = []
    func add(_ text: String, _ kind: AtomClass) {
      if !text.isEmpty { nodes.append(.mark(Mark(text: text, kind: kind, isStretchy: true))) }
    }
    add(opening, .open)
    while true {
      nodes += try row()
      let place = position
      switch commandName(at: position) {
      case "middle"?:
        position += 7
        guard let text = delimiter() else { throw problem(.missingDelimiter("middle"), at: place) }
        add(text, .relation)
      case "right"?:
        position += 6
        guard let text = delimiter() else { throw problem(.missingDelimiter("right"), at: place) }
        add(text, .close)
        return .row(nodes)
      default: throw position < characters.count ? unexpected() : problem(.unclosed("\\left"), at: start)
      }
    }
  }

  /// The delimiter that follows, empty for `.`; `nil` if there is none.
  private mutating func delimiter() -> String? {
    skipSpace()
    guard let next = peek else { return nil }
    if next == "\\" {
      guard let name = commandName(at: position), let text = Self.delimiterText(name) else { return nil }
      position += 1 + name.count
      return text
    }
    guard "()[]|/.<>⟨⟩‖⌈⌉⌊⌋".contains(next) else { return nil }
    position += 1
    return next == "." ? "" : next == "<" ? "⟨" : next == ">" ? "⟩" : String(next)
  }

  private static func delimiterText(_ name: String) -> String? {
    if let sign = Symbols.letters[name] { return "|‖{}\\".contains(sign) ? sign : nil }
    guard let (text, kind) = Symbols.symbol(name) else { return nil }
    return kind == .open || kind == .close || "↑↓↕⇑⇓⇕∣∥".contains(text) ? text : nil
  }
}

extension String {
  /// The text with a base and a combining slash as one character, where Unicode has it: `=` and U+0338 as `≠`.
  fileprivate var precomposed: String {
    let known: [String: String] = [
      "=\u{338}": "≠", "∈\u{338}": "∉", "∋\u{338}": "∌", "<\u{338}": "≮", ">\u{338}": "≯", "≤\u{338}": "≰",
      "≥\u{338}": "≱", "≡\u{338}": "≢", "∼\u{338}": "≁", "≃\u{338}": "≄", "≅\u{338}": "≇", "≈\u{338}": "≉",
      "⊂\u{338}": "⊄", "⊃\u{338}": "⊅", "⊆\u{338}": "⊈", "⊇\u{338}": "⊉", "∣\u{338}": "∤", "∥\u{338}": "∦",
      "→\u{338}": "↛", "←\u{338}": "↚", "⇒\u{338}": "⇏", "⇐\u{338}": "⇍", "⇔\u{338}": "⇎", "⊢\u{338}": "⊬",
      "⊨\u{338}": "⊭", "∃\u{338}": "∄", "≺\u{338}": "⊀", "≻\u{338}": "⊁",
    ]
    return known[self] ?? self
  }
}
