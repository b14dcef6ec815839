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
    guard let end = (2...source.lines.count).first(where: isEnd) else {
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

  /// Whether a line is `---` or YAML's `...`.
  private func isEnd(_ line: Int) -> Bool {
    if isDelimiter(line) { return true }
    guard let text = source.line(line), text.hasPrefix("...") else { return false }
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
    case "subtitle": frontMatter.subtitle = isNull ? nil : text(value, key)
    case "abstract": frontMatter.abstract = isNull ? nil : text(value, key)
    case "lang": frontMatter.lang = isNull ? nil : text(value, key)
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
    case "theme":
      guard !isNull, let path = text(value, key) else { break }
      frontMatter.theme = ThemePath(path: path, range: place(of: path, in: value))
    case "tags": frontMatter.tags = isNull ? [] : tags(value, key)
    case "source": if !isNull { frontMatter.source = boolean(value, key) }
    case "echo": if !isNull { frontMatter.execute.echo = boolean(value, key) }
    case "execute": if !isNull { execute(value, key) }
    default:
      reportUnknown(name, among: Self.keys, at: key)
      let yaml = value.scalar?.string ?? (try? serialize(node: value))
      frontMatter.other[name] = yaml?.trimmingCharacters(in: .newlines) ?? ""
    }
  }

  /// The keys that have a meaning.
  private static let keys = [
    "title", "subtitle", "author", "date", "description", "abstract", "lang", "seed", "quiet", "execute",
    "echo", "source", "tags", "theme",
  ]

  /// Reads Quarto's `execute`: options of all cells.
  private mutating func execute(_ value: Node, _ key: Node) {
    guard let mapping = value.mapping else {
      return report(
        .frontMatterType(
          key: "execute", expected: "a list of options such as 'echo: false'", found: YAML.kind(of: value)),
        at: key)
    }
    for (option, value) in mapping {
      guard let name = option.scalar?.string else {
        report(.frontMatterKeyNotText, at: option)
        continue
      }
      switch name {
      case "echo": frontMatter.execute.echo = boolean(value, option)
      case "eval": frontMatter.execute.eval = boolean(value, option)
      case "output": frontMatter.execute.output = boolean(value, option)
      case "error": frontMatter.execute.error = boolean(value, option)
      case "cache": frontMatter.execute.cache = boolean(value, option)
      default: reportUnknown(name, among: ["echo", "eval", "output", "error", "cache"], at: option)
      }
    }
  }

  private mutating func boolean(_ value: Node, _ key: Node) -> Bool? {
    if let scalar = value.scalar, scalar.style == .plain, let boolean = Bool(scalar.string) { return boolean }
    report(
      .frontMatterType(key: key.scalar?.string ?? "", expected: "true or false", found: YAML.kind(of: value)),
      at: key)
    return nil
  }

  /// Reports a key without meaning, at its place in the line.
  private mutating func reportUnknown(_ name: String, among keys: [String], at key: Node) {
    let near = nearMiss(of: name, among: keys)
    let number = (key.mark?.line ?? 1) + 1
    let place = source.line(number).flatMap { line in
      line.firstRange(of: name).map { source.range(line: number, line[$0]) }
    }
    let problem = DocumentProblem.unknownKey(
      name, near: near, isCertain: near.map { isCertainMiss($0, of: name, among: Set(keys)) } ?? false,
      known: keys)
    problems.append(LocatedProblem(problem, at: place ?? range(line: number)))
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

  private mutating func tags(_ value: Node, _ key: Node) -> [String] {
    if let texts = YAML.texts(of: value) { return texts.map(\.1) }
    report(
      .frontMatterType(key: "tags", expected: "a word or a list of words", found: YAML.kind(of: value)),
      at: key)
    return []
  }

  private mutating func quietCodes(_ value: Node, _ key: Node) -> [QuietCode] {
    guard let codes = YAML.texts(of: value) else {
      report(.quietType(found: YAML.kind(of: value)), at: key)
      return []
    }
    return codes.map { node, code in QuietCode(code: code, range: place(of: code, in: node)) }
  }

  /// The place of a scalar's text in its line, or the line if the text is written differently.
  private func place(of text: String, in node: Node) -> SourceRange {
    let number = (node.mark?.line ?? 1) + 1
    guard let line = source.line(number) else { return range(line: number) }
    let start = line.unicodeScalars.dropFirst(max(0, (node.mark?.column ?? 1) - 1)).startIndex
    let place = text.isEmpty ? nil : line[start...].firstRange(of: text)
    return place.map { source.range(line: number, line[$0]) } ?? range(line: number)
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
