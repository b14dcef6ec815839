import Support

/// Writes a formula as MathML Core. Source: https://www.w3.org/TR/mathml-core/.
struct MathMLWriter {
  private var out = ""

  static func element(_ formula: Formula) -> String {
    var writer = MathMLWriter()
    writer.out = formula.isDisplay ? "<math display=\"block\">" : "<math>"
    writer.out += "<semantics>"
    writer.row([formula.root], isDisplay: formula.isDisplay)
    writer.out += "<annotation encoding=\"application/x-tex\">\(formula.source.escapedHTML)</annotation>"
    writer.out += "</semantics></math>"
    return writer.out
  }

  private mutating func element(_ name: String, _ attributes: String = "", _ content: (inout Self) -> Void) {
    out += "<\(name)\(attributes)>"
    content(&self)
    out += "</\(name)>"
  }

  // MARK: Rows

  /// Writes nodes as one element.
  private mutating func row(_ nodes: [Node], isDisplay: Bool) {
    if nodes.count == 1 {
      if case .row(let inner) = nodes[0] { return row(inner, isDisplay: isDisplay) }
      return write(nodes[0], isDisplay, after: nil, before: nil)
    }
    element("mrow") { writer in
      for (index, node) in nodes.enumerated() {
        let last = nodes[..<index].last(where: \.isSpaced)?.kind
        let next = nodes[(index + 1)...].first(where: \.isSpaced)
        writer.write(node, isDisplay, after: last, before: next?.kind)
      }
    }
  }

  private mutating func write(
    _ node: Node, _ isDisplay: Bool, after last: AtomClass?, before next: AtomClass?
  ) {
    switch node {
    case .row(let nodes): row(nodes, isDisplay: isDisplay)
    case .identifier(let text, let isUpright): identifier(text, isUpright)
    case .number(let text): out += "<mn>\(text.escapedHTML)</mn>"
    case .mark(let mark): write(mark, mark.kind, after: last, before: next)
    case .text(let text, let style): write(text, style: style)
    case .space(let width): space(width)
    case .fraction(let above, let below, let hasBar, let display):
      fraction(above, below, hasBar, display, isDisplay)
    case .root(let inner, nil): element("msqrt") { $0.row([inner], isDisplay: isDisplay) }
    case .root(let inner, let index?):
      element("mroot") { writer in
        writer.row([inner], isDisplay: isDisplay)
        writer.row([index], isDisplay: false)
      }
    case .scripts(let base, let sub, let sup, let limits):
      spaced(node, after: last, before: next) {
        $0.scripts(base, sub, sup, limits, isDisplay, after: last, before: next)
      }
    case .over(let base, let top, let isAccent):
      element("mover", isAccent ? " accent=\"true\"" : "") { writer in
        writer.write(base, isDisplay, after: last, before: next)
        writer.accent(top, isAccent)
      }
    case .under(let base, let bottom, let isAccent):
      element("munder", isAccent ? " accentunder=\"true\"" : "") { writer in
        writer.write(base, isDisplay, after: last, before: next)
        writer.accent(bottom, isAccent)
      }
    case .table(let table): write(table)
    case .styled(let display, let level, let inner):
      element("mstyle", " displaystyle=\"\(display)\" scriptlevel=\"\(level)\"") {
        $0.row([inner], isDisplay: display)
      }
    case .coloured(let colour, let inner):
      element("mstyle", " mathcolor=\"\(colour.escapedHTML)\"") {
        $0.write(inner, isDisplay, after: last, before: next)
      }
    case .decorated(let style, let inner):
      element("mrow", " style=\"\(style)\"") { $0.row([inner], isDisplay: isDisplay) }
    case .phantom(let inner): element("mphantom") { $0.row([inner], isDisplay: isDisplay) }
    case .classed(let kind, let inner): classed(kind, inner, isDisplay, after: last, before: next)
    }
  }

  // MARK: Leaves

  private mutating func identifier(_ text: String, _ isUpright: Bool) {
    // A single letter is italic, a word is upright.
    let variant = isUpright && text.unicodeScalars.count == 1 ? " mathvariant=\"normal\"" : ""
    out += "<mi\(variant)>\(text.escapedHTML)</mi>"
  }

  private mutating func write(_ text: String, style: String) {
    // MathML drops white space at the ends and merges it in between.
    let kept = text.replacing(" ", with: "\u{A0}")
    out += style.isEmpty ? "<mtext>" : "<mtext style=\"\(style)\">"
    out += kept.escapedHTML + "</mtext>"
  }

  private mutating func space(_ width: Double) {
    out += "<mspace width=\"\(Self.em(width))\"></mspace>"
  }

  private static func em(_ width: Double) -> String {
    let thousandths = (width * 1000).rounded()
    return "\(thousandths / 1000)em".replacing(".0em", with: "em")
  }

  /// Writes a symbol. Its spaces are those of MathML's operator dictionary unless TeX's rules say otherwise.
  private mutating func write(
    _ mark: Mark, _ kind: AtomClass, after last: AtomClass?, before next: AtomClass?
  ) {
    var attributes = ""
    switch kind {
    case .binary:
      // TeX: a sign at the start, the end, or after an operator has no space.
      if Self.isOpen(last) {
        attributes = " form=\"prefix\" lspace=\"0em\" rspace=\"0em\""
      } else if next == nil || next == .relation || next == .close || next == .punctuation {
        attributes = " form=\"postfix\" lspace=\"0em\" rspace=\"0em\""
      }
    case .ordinary, .function: attributes = " lspace=\"0em\" rspace=\"0em\""
    case .punctuation where mark.text == ":": attributes = " lspace=\"0em\" rspace=\"0.167em\""
    case .open where mark.text == "|" || mark.text == "‖":
      attributes = " form=\"prefix\" lspace=\"0em\" rspace=\"0em\""
    case .close where mark.text == "|" || mark.text == "‖":
      attributes = " form=\"postfix\" lspace=\"0em\" rspace=\"0em\""
    case .relation where mark.isStretchy && "|‖∣∥/".contains(mark.text):
      attributes = " lspace=\"0.1em\" rspace=\"0.1em\""
    case .relation where mark.text == "∣" || mark.text == "|":
      attributes = " lspace=\"0.278em\" rspace=\"0.278em\""
    default: break
    }
    if let size = mark.size {
      attributes +=
        " stretchy=\"true\" symmetric=\"true\" minsize=\"\(Self.em(size))\" maxsize=\"\(Self.em(size))\""
    } else if mark.isStretchy {
      attributes += " stretchy=\"true\""
      if "/\\".contains(mark.text) { attributes += " symmetric=\"true\"" }
    } else if Self.growsByItself(mark) {
      attributes += " stretchy=\"false\""
    }
    out += "<mo\(attributes)>\(mark.text.escapedHTML)</mo>"
  }

  private static func isOpen(_ last: AtomClass?) -> Bool {
    switch last {
    case nil, .open?, .binary?, .relation?, .punctuation?, .largeOperator?, .function?: true
    default: false
    }
  }

  /// Whether MathML would stretch the symbol.
  private static func growsByItself(_ mark: Mark) -> Bool {
    switch mark.kind {
    case .open, .close: true
    default: "|‖∣∥^~¯ˇ˙¨´`˘˚→←↔↑↓↕⇑⇓⇕⏞⏟".contains(mark.text)
    }
  }

  private mutating func accent(_ node: Node, _ isAccent: Bool) {
    if isAccent, case .mark(let mark) = node {
      out += "<mo stretchy=\"\(mark.isStretchy)\">\(mark.text.escapedHTML)</mo>"
    } else {
      row([node], isDisplay: false)
    }
  }

  // MARK: Constructions

  private mutating func fraction(
    _ above: Node, _ below: Node, _ hasBar: Bool, _ display: Bool?, _ isDisplay: Bool
  ) {
    let bar = hasBar ? "" : " linethickness=\"0\""
    func body(_ writer: inout Self) {
      writer.element("mfrac", bar) { writer in
        writer.row([above], isDisplay: false)
        writer.row([below], isDisplay: false)
      }
    }
    guard let display, display != isDisplay else { return body(&self) }
    element("mstyle", " displaystyle=\"\(display)\" scriptlevel=\"0\"", body)
  }

  private mutating func scripts(
    _ base: Node, _ sub: Node?, _ sup: Node?, _ limits: Limits, _ isDisplay: Bool, after last: AtomClass?,
    before next: AtomClass?
  ) {
    let isAboveAndBelow =
      switch limits {
      case .always: true
      case .never: false
      case .automatic: isDisplay && Self.takesLimits(base)
      }
    let names = isAboveAndBelow ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup")
    let name = sub == nil ? names.1 : sup == nil ? names.0 : names.2
    element(name) { writer in
      writer.base(base, isDisplay, isMoved: isAboveAndBelow, after: last, before: next)
      if let sub { writer.row([sub], isDisplay: false) }
      if let sup { writer.row([sup], isDisplay: false) }
    }
  }

  /// The base of scripts, which has no space of its own around it.
  private mutating func base(
    _ node: Node, _ isDisplay: Bool, isMoved: Bool, after last: AtomClass?, before next: AtomClass?
  ) {
    switch node {
    case .classed(_, let inner): row([inner], isDisplay: isDisplay)
    case .mark(let mark) where mark.kind == .largeOperator && isMoved:
      out += "<mo movablelimits=\"false\">\(mark.text.escapedHTML)</mo>"
    case .row(let nodes) where nodes.isEmpty: out += "<mrow></mrow>"
    default: write(node, isDisplay, after: last, before: next)
    }
  }

  private static func takesLimits(_ node: Node) -> Bool {
    switch node {
    case .mark(let mark): mark.kind == .largeOperator && !Symbols.integrals.contains(mark.text)
    case .classed(let kind, _): kind == .largeOperator
    default: false
    }
  }

  private mutating func classed(
    _ kind: AtomClass, _ inner: Node, _ isDisplay: Bool, after last: AtomClass?, before next: AtomClass?
  ) {
    if case .mark(let mark) = inner { return write(mark, kind, after: last, before: next) }
    switch kind {
    case .relation, .binary:
      let width = kind == .relation ? 5.0 / 18 : 2.0 / 9
      element("mrow") { writer in
        writer.space(width)
        writer.row([inner], isDisplay: isDisplay)
        writer.space(width)
      }
    default:
      spaced(.classed(kind, inner), after: last, before: next) { $0.row([inner], isDisplay: isDisplay) }
    }
  }

  /// Writes a function's name with a thin space towards letters and numbers, as TeX does.
  private mutating func spaced(
    _ node: Node, after last: AtomClass?, before next: AtomClass?, _ body: (inout Self) -> Void
  ) {
    guard node.isFunction else { return body(&self) }
    let isAfterOperand = last == .ordinary || last == .close
    let isBeforeOperand = next == .ordinary || next == .function || next == .largeOperator
    guard isAfterOperand || isBeforeOperand || next == .open else { return body(&self) }
    element("mrow") { writer in
      if isAfterOperand { writer.space(1.0 / 6) }
      body(&writer)
      writer.out += isBeforeOperand || next == .open ? "<mo>\u{2061}</mo>" : ""
      if isBeforeOperand { writer.space(1.0 / 6) }
    }
  }

  // MARK: Tables

  private mutating func write(_ table: Table) {
    let columns = table.rows.map(\.count).max() ?? 0
    func alignment(_ column: Int) -> Table.Alignment { table.alignments[column % table.alignments.count] }
    let names = (0..<max(columns, 1)).map { alignment($0).rawValue }
    let isCentered = names.allSatisfy { $0 == "center" }
    let aligned = isCentered ? "" : " columnalign=\"\(names.joined(separator: " "))\""
    let display = table.isDisplay ? " displaystyle=\"true\"" : ""
    element("mtable", aligned + display) { writer in
      for (number, cells) in table.rows.enumerated() {
        writer.element("mtr") { writer in
          for (column, cell) in cells.enumerated() {
            var style: [String] = []
            if alignment(column) != .center { style.append("text-align:\(alignment(column).rawValue)") }
            if table.isPaired {
              style.append("padding-\(column % 2 == 0 ? "right" : "left"):0")
              // The outer edges of pairs stay apart.
              if column % 2 == 0, column > 0 { style.append("padding-left:2em") }
            }
            if table.ruledRows.contains(number) { style.append("border-top:.06em solid") }
            if number == table.rows.count - 1, table.ruledRows.contains(number + 1) {
              style.append("border-bottom:.06em solid")
            }
            if table.ruledColumns.contains(column) { style.append("border-left:.06em solid") }
            if column == cells.count - 1, table.ruledColumns.contains(column + 1) {
              style.append("border-right:.06em solid")
            }
            writer.element("mtd", style.isEmpty ? "" : " style=\"\(style.joined(separator: ";"))\"") {
              writer in
              // After the alignment mark, a relation follows an empty operand.
              writer.cell(cell, isDisplay: table.isDisplay)
            }
          }
        }
      }
    }
  }

  private mutating func cell(_ node: Node, isDisplay: Bool) {
    guard case .row(let nodes) = node else { return write(node, isDisplay, after: nil, before: .ordinary) }
    row(nodes, isDisplay: isDisplay)
  }
}

extension Node {
  /// Whether the node counts as a neighbour for spacing.
  fileprivate var isSpaced: Bool {
    switch self {
    case .space: false
    case .row(let nodes): !nodes.isEmpty
    default: true
    }
  }

  /// Whether the node is a function's name, with or without scripts.
  fileprivate var isFunction: Bool {
    switch self {
    case .classed(.function, _), .classed(.largeOperator, _): true
    case .scripts(let base, _, _, _): base.isFunction
    default: false
    }
  }
}
