import Diagnostics
import Formulas

/// Formulas: `$…$`, `` $`…`$ ``, `$$…$$` and `\begin{align}…\end{align}`.
///
/// `DollarRule` tells formulas from prices.
extension InlineScanner {
  /// The result of reading a `$`.
  enum FormulaResult {
    case found((line: Int, column: Int))
    /// Characters that are text.
    case literal(count: Int)
  }

  mutating func formula(at index: Int, in block: Block) -> FormulaResult {
    let run = line[index...].prefix { $0 == "$" }.count
    if run == 1, index + 1 < line.count, line[index + 1] == "`" {
      guard let end = backtickEnd(from: index + 2, in: block) else { return .literal(count: 1) }
      add([(number, index..<end)], tex: [index + 2..<end - 2], isDisplay: false)
      return .found((number, end))
    }
    switch run {
    case 1: return inline(at: index, in: block)
    case 2: return display(at: index, in: block)
    default: return .literal(count: run)
    }
  }

  /// The index after `` `$ ``; GitHub's form for formulas with characters that Markdown changes.
  private func backtickEnd(from start: Int, in block: Block) -> Int? {
    guard !line[start...].starts(with: "{swift}") else { return nil }
    var index = start
    while index + 1 < line.count {
      if line[index] == "`" {
        return line[index + 1] == "$" && index > start ? index + 2 : nil
      }
      index += 1
    }
    return nil
  }

  private mutating func inline(at start: Int, in block: Block) -> FormulaResult {
    guard let parts = inlineParts(at: start, in: block), let last = parts.last else {
      return .literal(count: 1)
    }
    add(parts, isDisplay: false, delimiter: 1)
    return .found((last.line, last.columns.upperBound))
  }

  /// The parts of lines of `$…$`; `nil` if the dollar is text.
  private func inlineParts(at start: Int, in block: Block) -> [(line: Int, columns: Range<Int>)]? {
    guard DollarRule.opens(before: start + 1 < line.count ? line[start + 1] : nil) else { return nil }
    let initial = line[start + 1]
    var parts: [(line: Int, columns: Range<Int>)] = []
    var number = number
    var text = line
    var first = start
    var index = start + 1
    var last: Character = "$"
    while true {
      while index < text.count {
        let character = text[index]
        switch character {
        case "\\":
          index = Self.wordsEnd(from: index, in: text) ?? index + 2
          last = character
          continue
        case "`": return nil
        // In a table, a bar ends the cell, and \| is a bar within it.
        case "|" where block.isRow: return nil
        case "$":
          let next = index + 1 < text.count ? text[index + 1] : nil
          guard DollarRule.closes(first: initial, last: last, before: next) else { return nil }
          parts.append((number, first..<index + 1))
          return parts
        default: break
        }
        last = character
        index += 1
      }
      parts.append((number, first..<text.count))
      number += 1
      guard number <= block.last, !block.isHeading else { return nil }
      text = Array(lines[number - 1])
      first = text.startOfText(quoteDepth: block.quoteDepth)
      index = first
      last = " "
      if first == text.count { return nil }
    }
  }

  /// The index after `\text{…}`, in which dollars enclose a formula within words; `nil` if there are no words.
  private static func wordsEnd(from start: Int, in line: [Character]) -> Int? {
    let names = ["\\text", "\\mbox{", "\\hbox{"]
    guard names.contains(where: { line[start...].starts(with: $0) }) else { return nil }
    // Bounded, so that the time stays linear.
    let near = line[start...].prefix(200)
    guard let open = near.firstIndex(of: "{"), near[(start + 1)..<open].allSatisfy({ $0.isLetter }) else {
      return nil
    }
    var depth = 0
    for index in open..<near.endIndex {
      if line[index] == "{" { depth += 1 }
      if line[index] == "}" { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return nil
  }

  private mutating func display(at start: Int, in block: Block) -> FormulaResult {
    let isOneLine = block.isRow || block.isHeading
    guard
      let parts = parts(from: start, skipping: 2, in: block, isOneLine: isOneLine, endingWith: ["$", "$"])
    else { return .literal(count: 2) }
    if parts.count == 1, line[start + 2..<parts[0].columns.upperBound - 2].allSatisfy(\.isWhitespace) {
      return .literal(count: 2)
    }
    add(parts, isDisplay: true, delimiter: 2)
    guard let last = parts.last else { return .literal(count: 2) }
    return .found((last.line, last.columns.upperBound))
  }

  /// `\begin{align}` at the start of a line, as Jupyter and Pandoc accept it.
  mutating func environment(at start: Int, in block: Block) -> (line: Int, column: Int)? {
    guard start + 7 < line.count, line[start] == "\\", line[start...].starts(with: "\\begin{"),
      let close = line[start...].firstIndex(of: "}")
    else { return nil }
    let name = String(line[start + 7..<close])
    guard Self.environments.contains(name.hasSuffix("*") ? String(name.dropLast()) : name),
      let parts = parts(
        from: start, skipping: 7, in: block, isOneLine: block.isRow || block.isHeading,
        endingWith: Array("\\end{\(name)}"))
    else { return nil }
    add(parts, isDisplay: true, delimiter: 0)
    return parts.last.map { ($0.line, $0.columns.upperBound) }
  }

  private static let environments: Set<String> = [
    "equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath",
  ]

  /// The parts of lines up to the end of a formula; `nil` if an empty line or another block comes first.
  private mutating func parts(
    from start: Int, skipping opening: Int, in block: Block, isOneLine: Bool, endingWith end: [Character]
  ) -> [(line: Int, columns: Range<Int>)]? {
    var parts: [(line: Int, columns: Range<Int>)] = []
    var number = number
    guard missingEnds[end].map({ $0 <= number }) ?? true else { return nil }
    var text = line
    var first = start
    var index = start + opening
    while true {
      while index < text.count {
        if text[index] == end[0], text[index...].starts(with: end) {
          parts.append((number, first..<index + end.count))
          return parts
        }
        if block.isRow, text[index] == "|" { return nil }
        index += text[index] == "\\" ? 2 : 1
      }
      parts.append((number, first..<text.count))
      number += 1
      // A block that cmark found here may be an effect of the formula, but code is code.
      if isOneLine { return nil }
      guard number <= lines.count, blocks[number] != nil || isPlain(number) else { break }
      text = Array(lines[number - 1])
      first = text.startOfText(quoteDepth: block.quoteDepth)
      index = first
      if first == text.count { break }
    }
    missingEnds[end] = number
    return nil
  }

  /// Whether a line that is in no block looks like part of a formula: a rule or a heading's underline.
  private func isPlain(_ number: Int) -> Bool {
    let text = lines[number - 1]
    return text.contains { !$0.isWhitespace } && text.allSatisfy { "=-+*_ \t>".contains($0) }
  }

  private mutating func add(
    _ parts: [(line: Int, columns: Range<Int>)], isDisplay: Bool, delimiter: Int
  ) {
    guard let last = parts.indices.last else { return }
    var inner = parts.map(\.columns)
    inner[0] = inner[0].lowerBound + delimiter..<inner[0].upperBound
    inner[last] = inner[last].lowerBound..<max(inner[last].lowerBound, inner[last].upperBound - delimiter)
    add(parts, tex: inner, isDisplay: isDisplay)
  }

  /// Adds a formula and reports what cannot be read.
  ///
  /// - Parameters:
  ///   - parts: the parts of lines with the delimiters.
  ///   - tex: the columns of each part without them.
  private mutating func add(
    _ parts: [(line: Int, columns: Range<Int>)], tex: [Range<Int>], isDisplay: Bool
  ) {
    let isRow = parts.first.flatMap { blocks[$0.line]?.isRow } ?? false
    func text(_ number: Int, _ columns: Range<Int>) -> String {
      let text = String(self.number == number ? line[columns] : Array(lines[number - 1])[columns])
      return isRow ? text.replacing("\\|", with: "|") : text
    }
    let pieces = zip(parts, tex).map { text($0.line, $1) }
    let written = parts.map { text($0.line, $0.columns) }.joined(separator: "\n")
    let source = Self.withoutRemarks(pieces.joined(separator: "\n"))
    let expanded = macros.expanded(source)
    // Definitions alone show nothing.
    let isEmpty = expanded.allSatisfy(\.isWhitespace) && expanded != source
    let formula = Prose.Formula(tex: expanded, isDisplay: isDisplay, written: Self.withoutComments(written))
    if !isEmpty, let problem = formula.problem {
      var offset = problem.offset
      var place = 0
      while place + 1 < pieces.count, offset > pieces[place].count {
        offset -= pieces[place].count + 1
        place += 1
      }
      let column = min(
        tex[place].lowerBound + max(0, offset), max(tex[place].lowerBound, tex[place].upperBound - 1))
      problems.append(
        LocatedProblem(
          .formula(problem.message), at: SourceRange(location(line: parts[place].line, column: column))))
    }
    let insertion = isEmpty ? Placeholders.Insertion.literal("") : .formula(formula)
    if parts.count == 1, parts[0].line == number {
      replace(parts[0].columns, with: insertion)
    } else {
      replace(parts, with: insertion)
    }
  }

  /// The text without HTML comments, which no reader of the report may see.
  static func withoutComments(_ text: String) -> String {
    guard text.contains("<!--") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "<!--") {
      result += rest[..<start.lowerBound]
      rest = rest[(rest[start.upperBound...].firstRange(of: "-->")?.upperBound ?? rest.endIndex)...]
    }
    return result + rest
  }

  /// The text without HTML comments and without TeX's, from `%` to the end of the line.
  static func withoutRemarks(_ text: String) -> String {
    let text = withoutComments(text)
    guard text.contains("%") else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var isEscaped = false
      return line.prefix { character in
        if character == "%", !isEscaped { return false }
        isEscaped = character == "\\" && !isEscaped
        return true
      }
    }
    return lines.joined(separator: "\n")
  }
}
