import Diagnostics

/// Distinguishes steps from listings, reads their options, and checks document-wide rules.
struct FenceReader {
  let source: SourceText
  private(set) var problems: [LocatedProblem] = []
  /// The first line that uses each label.
  private(set) var labels: [String: Int] = [:]
  private var parametersLine: Int?

  init(_ source: SourceText) { self.source = source }

  /// The fence of a top-level node, or `nil` for indented code and all other nodes.
  mutating func fence(_ node: MarkdownNode) -> Fence? {
    guard case .code(let info, let code) = node.kind, let opening = Opening(node, in: source),
      opening.isTopLevel
    else { return nil }
    let isClosed = opening.closes(code, node, in: source)
    if !isClosed { report(.unclosedFence(marker: opening.marker), node.firstLine, opening.line) }
    let mark = mark(info, opening, line: node.firstLine)
    var fence = Fence(
      info: info, language: mark.language, isStep: mark.isSwift && !mark.isShownOnly,
      isParameters: mark.isParameters, code: code, options: CellOptions(),
      range: source.range(line: node.firstLine, opening.line), firstCodeLine: node.firstLine + 1,
      indentation: opening.indentation)
    if mark.isSwift {
      let end = node.firstLine + 1 + code.utf8.count { $0 == UInt8(ascii: "\n") }
      let reader = CellOptionsReader(source, lines: node.firstLine + 1..<end)
      problems += reader.problems
      fence.options = reader.options
      register(fence)
    }
    return fence
  }

  /// Reports steps within lists and quotes, which would otherwise be skipped silently.
  mutating func checkNested(_ node: MarkdownNode) {
    for child in node.children {
      if case .code(let info, let code) = child.kind, let opening = Opening(child, in: source) {
        let words = info.split(whereSeparator: \.isWhitespace)
        if words.first == "swift", !words.contains("no-run") {
          report(.nestedStep, child.firstLine, opening.line)
        } else if !opening.closes(code, child, in: source) {
          report(.unclosedFence(marker: opening.marker), child.firstLine, opening.line)
        }
      }
      switch child.kind {
      case .quote, .list, .item: checkNested(child)
      default: break
      }
    }
  }

  /// Reports steps within footnotes.
  mutating func checkFootnotes(_ node: MarkdownNode, in text: MarkdownText) {
    if case .code(let info, _) = node.kind {
      let words = info.split(whereSeparator: \.isWhitespace)
      if words.first == "swift", !words.contains("no-run") {
        let place = text.location(line: node.firstLine, byteOffset: node.byteOffset)
        problems.append(LocatedProblem(.nestedStep, at: SourceRange(place, length: 3)))
      }
    }
    for child in node.children { checkFootnotes(child, in: text) }
  }

  private struct Mark {
    var language = ""
    var isSwift = false
    var isShownOnly = false
    var isParameters = false
  }

  /// Interprets the info string.
  private mutating func mark(_ info: String, _ opening: Opening, line: Int) -> Mark {
    let words = info.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return Mark() }
    var mark = Mark(language: String(first), isSwift: first == "swift")
    guard mark.isSwift else {
      if first.lowercased() == "swift" {
        report(.languageCase(String(first)), line, opening.place(of: first))
      } else if info.prefixMatch(of: #/\{? *[.=]?(?i:swift)(?![A-Za-z0-9_+-])/#) != nil {
        report(.braces(info: opening.info.description), line, opening.info)
      }
      return mark
    }
    for word in words.dropFirst() {
      switch word {
      case "no-run": mark.isShownOnly = true
      case "parameters": mark.isParameters = true
      default:
        let near = nearMiss(of: String(word), among: ["no-run", "parameters"])
        report(.unknownFenceWord(String(word), near: near), line, opening.place(of: word))
      }
    }
    if mark.isShownOnly, mark.isParameters { report(.parametersNotRun, line, opening.info) }
    return mark
  }

  /// Records a fence; labels and the parameters cell are unique in a notebook.
  private mutating func register(_ fence: Fence) {
    if let label = fence.label, let range = fence.options.ranges[.label], CellOptionsReader.isLabel(label) {
      if let first = labels[label] {
        problems.append(LocatedProblem(.repeatedLabel(label, firstLine: first), at: range))
      } else {
        labels[label] = range.start.line
      }
    }
    guard fence.isParameters, fence.isStep else { return }
    if let first = parametersLine {
      problems.append(LocatedProblem(.secondParameters(firstLine: first), at: fence.range))
    } else {
      parametersLine = fence.range.start.line
    }
  }

  private mutating func report(_ problem: DocumentProblem, _ line: Int, _ part: Substring) {
    problems.append(LocatedProblem(problem, at: source.range(line: line, part)))
  }
}

/// The opening line of a fence in the source.
private struct Opening {
  /// The text from the fence to the end of the line.
  var line: Substring
  /// The backticks or tildes.
  var marker: String
  /// The text after the marker.
  var info: Substring
  /// The number of columns before the fence.
  var indentation: Int
  var isTopLevel: Bool

  /// Finds a fence's opening line; `nil` if the node is indented code.
  init?(_ node: MarkdownNode, in source: SourceText) {
    guard let text = source.line(node.firstLine),
      let start = text.utf8.index(text.startIndex, offsetBy: node.byteOffset, limitedBy: text.endIndex)
    else { return nil }
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.endIndex
    guard start < end, let character = text[start..<end].first, character == "`" || character == "~" else {
      return nil
    }
    line = text[start..<end]
    marker = String(line.prefix { $0 == character })
    guard marker.count >= 3 else { return nil }
    info = line.dropFirst(marker.count).drop(while: \.isWhitespace)
    indentation = text[..<start].count
    isTopLevel = indentation <= 3 && text[..<start].allSatisfy { $0 == " " }
  }

  /// The word in the line, or the whole line if cmark has unescaped the word.
  func place(of word: Substring) -> Substring { info.firstRange(of: word).map { info[$0] } ?? line }

  /// Whether the node ends in a closing fence: it then has one line more than its code.
  func closes(_ code: String, _ node: MarkdownNode, in source: SourceText) -> Bool {
    guard let character = marker.first, let last = source.line(node.lastLine),
      node.lastLine - node.firstLine - 1 == code.utf8.count(where: { $0 == UInt8(ascii: "\n") })
    else { return false }
    let text = last.reversed().drop(while: \.isWhitespace)
    return text.prefix { $0 == character }.count >= marker.count
  }
}
