import Diagnostics
import Yams

/// Reads the YAML between `---` lines at the start of a notebook.
struct FrontMatterReader {
  let source: SourceText
  private(set) var problems: [LocatedProblem] = []
  private(set) var frontMatter = FrontMatter()

  /// Reads the front matter of a source and collects its problems in `problems`.
  init(_ source: SourceText) {
    self.source = source
    // A thematic break may start a notebook too; an empty line follows it.
    guard isDelimiter(1), let second = source.line(2), !second.allSatisfy(\.isWhitespace) else { return }
    guard let end = (2...source.lines.count).first(where: isDelimiter) else {
      // It is unknown where the front matter ends; reading on would only find false problems.
      frontMatter.lineCount = source.lines.count
      problems.append(LocatedProblem(.unclosedFrontMatter, at: range(line: 1)))
      return
    }
    frontMatter.lineCount = end
    read(source.lines[1..<end - 1].joined(separator: "\n"))
  }

  private func isDelimiter(_ line: Int) -> Bool {
    guard let text = source.line(line), text.hasPrefix("---") else { return false }
    return text.dropFirst(3).allSatisfy(\.isWhitespace)
  }

  private mutating func read(_ text: String) {
    let root: Node?
    do {
      root = try YAML.compose(text)
    } catch {
      // The front matter starts on line 2 of the file.
      let line = min(max(1, error.line ?? 1) + 1, frontMatter.lineCount)
      let column = error.line == nil ? 1 : max(1, error.column ?? 1)
      let location = SourceLocation(file: source.name, line: line, column: column)
      problems.append(LocatedProblem(.invalidYAML(error.text), at: SourceRange(location)))
      return
    }
    switch root {
    case .mapping(let mapping): for (key, value) in mapping { read(key, value) }
    case .scalar(let scalar) where scalar.string.isEmpty: break
    case nil: break
    default: report(.frontMatterNotMapping, at: root)
    }
  }

  private mutating func read(_ key: Node, _ value: Node) {
    guard let name = key.scalar?.string else { return report(.frontMatterKeyNotText, at: key) }
    let isNull = value.null != nil && value.scalar?.style == .plain
    switch name {
    case "title": frontMatter.title = isNull ? nil : text(value, key)
    case "date": frontMatter.date = isNull ? nil : text(value, key)
    case "description": frontMatter.description = isNull ? nil : text(value, key)
    case "author": frontMatter.authors = isNull ? [] : authors(value, key)
    case "seed":
      guard !isNull else { break }
      guard let scalar = value.scalar, scalar.style == .plain, let seed = UInt64(scalar.string),
        scalar.string.first?.isNumber == true
      else { return report(.seed(found: YAML.kind(of: value)), at: key) }
      frontMatter.seed = seed
    case "quiet": frontMatter.quiet = isNull ? [] : quietCodes(value, key)
    default:
      let yaml = value.scalar?.string ?? (try? serialize(node: value))
      frontMatter.other[name] = yaml?.trimmingCharacters(in: .newlines) ?? ""
    }
  }

  private mutating func text(_ value: Node, _ key: Node) -> String? {
    if let text = value.scalar?.string { return text }
    let name = key.scalar?.string ?? ""
    report(.frontMatterType(key: name, expected: "text", found: YAML.kind(of: value)), at: key)
    return nil
  }

  /// Reads a name, a list of names, or Quarto's mappings with a `name`.
  private mutating func authors(_ value: Node, _ key: Node) -> [String] {
    let nodes = value.sequence.map(Array.init) ?? [value]
    let names = nodes.compactMap { $0.scalar?.string ?? $0.mapping?["name"]?.scalar?.string }
    if names.count < nodes.count {
      let found = nodes.first { $0.scalar == nil && $0.mapping?["name"]?.scalar == nil }.map(YAML.kind(of:))
      report(
        .frontMatterType(key: "author", expected: "a name or a list of names", found: found ?? "nothing"),
        at: key)
    }
    return names
  }

  private mutating func quietCodes(_ value: Node, _ key: Node) -> [QuietCode] {
    guard let codes = YAML.texts(of: value) else {
      report(.quietType(found: YAML.kind(of: value)), at: key)
      return []
    }
    return codes.map { node, code in
      let number = (node.mark?.line ?? 1) + 1
      guard let line = source.line(number) else { return QuietCode(code: code, range: range(line: number)) }
      let start = line.unicodeScalars.dropFirst(max(0, (node.mark?.column ?? 1) - 1)).startIndex
      let place = code.isEmpty ? nil : line[start...].firstRange(of: code)
      return QuietCode(
        code: code, range: place.map { source.range(line: number, line[$0]) } ?? range(line: number))
    }
  }

  private mutating func report(_ problem: DocumentProblem, at node: Node?) {
    let line = (node?.mark?.line ?? 1) + 1
    problems.append(LocatedProblem(problem, at: range(line: line)))
  }

  /// A line without its leading spaces.
  private func range(line number: Int) -> SourceRange {
    let line = source.line(number) ?? ""
    let start = line.firstIndex { !$0.isWhitespace } ?? line.startIndex
    let end = line.lastIndex { !$0.isWhitespace }.map { line.index(after: $0) } ?? line.endIndex
    return source.range(line: number, line[start..<max(start, end)])
  }
}
