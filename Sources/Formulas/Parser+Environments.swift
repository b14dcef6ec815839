/// `\begin{…} … \end{…}`.
extension Parser {
  mutating func environment(_ start: Int) throws(FormulaProblem) -> Node {
    let name = try rawArgument("begin", start)
    let plain = name.hasSuffix("*") ? String(name.dropLast()) : name
    guard var table = Self.table(plain) else { throw problem(.unknownEnvironment(name), at: start) }
    if plain == "array" || plain == "subarray" { try readColumns(of: &table, start) }
    if plain == "alignat" || plain == "alignedat" { _ = try rawArgument("begin", start) }
    if plain.hasSuffix("matrix"), name.hasSuffix("*") || peek == "[" { _ = try optional() }
    if ["aligned", "gathered", "split"].contains(plain), peek == "[" { _ = try optional() }
    table = try rows(of: table, until: "\\end", opened: start, name: name)
    let place = position
    position += 4
    let closed = try rawArgument("end", place)
    guard closed == name else { throw problem(.mismatchedEnd(opened: name, closed: closed), at: place) }
    let body = Node.table(table)
    guard let (opening, closing) = Self.fences[plain] else { return body }
    var nodes: [Node] = [.mark(Mark(text: opening, kind: .open, isStretchy: true)), body]
    if !closing.isEmpty { nodes.append(.mark(Mark(text: closing, kind: .close, isStretchy: true))) }
    return plain == "rcases"
      ? .row([body, .mark(Mark(text: "}", kind: .close, isStretchy: true))]) : .row(nodes)
  }

  /// The rows up to the end of an environment, which is not consumed.
  mutating func rows(
    of table: Table, until end: String, opened start: Int, name: String? = nil
  ) throws(FormulaProblem) -> Table {
    var table = table
    var cells: [Node] = []
    func isBlank(_ cells: [Node]) -> Bool {
      if cells.count == 1, case .row(let nodes) = cells[0] { return nodes.isEmpty }
      return cells.isEmpty
    }
    while true {
      readRules(of: &table)
      cells.append(Node(try row()))
      skipSpace()
      if peek == "&" {
        position += 1
      } else if isAt("\\\\") || commandName(at: position) == "cr" {
        if commandName(at: position) == "cr" { position += 3 } else { skipRowBreak() }
        table.rows.append(cells)
        cells = []
      } else if isAt(end) {
        if !isBlank(cells) { table.rows.append(cells) }
        return table
      } else if position < characters.count {
        throw unexpected()
      } else {
        throw problem(.unclosed(name.map { "\\begin{\($0)}" } ?? "{"), at: start)
      }
    }
  }

  /// `\hline` at the start of a row.
  private mutating func readRules(of table: inout Table) {
    while true {
      skipSpace()
      guard let name = commandName(at: position),
        ["hline", "hdashline", "toprule", "midrule", "bottomrule"].contains(name)
      else { return }
      position += 1 + name.count
      table.ruledRows.insert(table.rows.count)
    }
  }

  /// The columns of an array: `{c|lr}`.
  private mutating func readColumns(of table: inout Table, _ start: Int) throws(FormulaProblem) {
    skipSpace()
    if peek == "[" { _ = try optional() }
    table.alignments = []
    for character in try rawArgument("begin", start) {
      switch character {
      case "l": table.alignments.append(.left)
      case "c": table.alignments.append(.center)
      case "r": table.alignments.append(.right)
      case "|", ":": table.ruledColumns.insert(table.alignments.count)
      case " ": break
      default: throw problem(.unexpected(String(character)), at: start)
      }
    }
    if table.alignments.isEmpty { table.alignments = [.center] }
  }

  private static func table(_ name: String) -> Table? {
    switch name {
    case "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array", "subarray":
      Table()
    case "cases", "rcases": Table(alignments: [.left])
    case "dcases", "drcases": Table(alignments: [.left], isDisplay: true)
    case "aligned", "align", "split", "alignat", "alignedat", "flalign":
      Table(alignments: [.right, .left], isDisplay: true, isPaired: true)
    case "eqnarray": Table(alignments: [.right, .center, .left], isDisplay: true)
    case "gather", "gathered", "equation", "multline", "displaymath", "math": Table(isDisplay: true)
    default: nil
    }
  }

  private static let fences: [String: (String, String)] = [
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"),
  ]
}
