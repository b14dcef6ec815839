import Diagnostics

/// The raw text of one block without its markers (`> `, indentation), with each scalar's place in the file.
///
/// cmark 0.30's places of inlines are imprecise, so inline expressions and references are looked up here.
struct LocatedText {
  struct Element {
    var scalar: Unicode.Scalar
    var line: Int
    var column: Int
  }

  private(set) var elements: [Element] = []

  /// Appends the part of a line from an index on, preceded by a line end unless it is the first line.
  mutating func append(line number: Int, _ line: String, from start: String.Index) {
    if let last = elements.last {
      elements.append(Element(scalar: "\n", line: last.line, column: last.column + 1))
    }
    var column = 0
    var index = line.startIndex
    while index < line.endIndex {
      column += 1
      let next = line.index(after: index)
      if index >= start {
        for scalar in line[index..<next].unicodeScalars {
          elements.append(Element(scalar: scalar, line: number, column: column))
        }
      }
      index = next
    }
  }

  init() {}
  init(_ elements: some Sequence<Element>) { self.elements = Array(elements) }

  /// Creates the lines of a block as cmark sees them: without indentation and the `>` of enclosing quotes.
  init(_ node: MarkdownNode, in source: SourceText, quoteDepth: Int) {
    for number in node.firstLine...max(node.firstLine, node.lastLine) {
      guard let line = source.line(number) else { continue }
      append(line: number, line, from: Self.start(of: line, number, in: node, quoteDepth: quoteDepth))
    }
  }

  /// The start of a block's text on one of its lines.
  static func start(
    of line: String, _ number: Int, in node: MarkdownNode, quoteDepth: Int
  ) -> String.Index {
    if number == node.firstLine {
      return line.utf8.index(line.startIndex, offsetBy: node.byteOffset, limitedBy: line.endIndex)
        ?? line.endIndex
    }
    return line.startOfText(quoteDepth: quoteDepth)
  }
}

extension Collection<Character> {
  /// The index after the spaces, and up to `quoteDepth` quote marks, at the start of a line.
  func startOfText(quoteDepth: Int) -> Index {
    var quotes = quoteDepth
    return firstIndex { character in
      if character == ">", quotes > 0 {
        quotes -= 1
        return false
      }
      return character != " " && character != "\t"
    } ?? endIndex
  }
}
