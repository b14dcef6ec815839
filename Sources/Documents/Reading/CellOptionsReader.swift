import Diagnostics
import Yams

/// Reads the leading `//| key: value` lines of a cell.
struct CellOptionsReader {
  let source: SourceText
  private(set) var problems: [LocatedProblem] = []
  private(set) var options = CellOptions()

  /// Reads the options of one cell.
  ///
  /// - Parameter lines: the lines of the file between the fences.
  init(_ source: SourceText, lines: Range<Int>) {
    self.source = source
    for number in lines {
      guard let line = source.line(number), let option = Self.option(line) else { break }
      options.lineCount += 1
      read(option, line: number)
    }
    for number in lines.dropFirst(options.lineCount) {
      guard let line = source.line(number), let option = Self.option(line),
        let colon = option.firstIndex(of: ":"),
        CellOptions.Key(rawValue: Self.trimmed(option[..<colon]).description) != nil
      else { continue }
      report(.lateOption, number, Self.trimmed(line[...]))
    }
  }

  /// The text after `//|` on an option line.
  private static func option(_ line: String) -> Substring? {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return text.hasPrefix("//|") ? text.dropFirst(3) : nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start
  }

  private mutating func read(_ option: Substring, line: Int) {
    let whole = Self.trimmed(option)
    guard let colon = whole.firstIndex(of: ":") else {
      return report(.optionSyntax, line, whole.isEmpty ? Self.trimmed((source.line(line) ?? "")[...]) : whole)
    }
    let name = Self.trimmed(whole[..<colon])
    let value = Self.trimmed(whole[whole.index(after: colon)...])
    guard let key = CellOptions.Key(rawValue: String(name)) else {
      guard !name.isEmpty else { return report(.optionSyntax, line, whole) }
      let near = nearMiss(of: String(name), among: CellOptions.Key.allCases.map(\.rawValue))
      return report(.unknownOption(String(name), near: near), line, name)
    }
    if let first = options.ranges[key] {
      return report(.repeatedOption(key.rawValue, firstLine: first.start.line), line, name)
    }
    options.ranges[key] = source.range(line: line, whole)
    if key == .quiet { return quiet(value, line) }
    guard let scalar = scalar(key, value, line) else { return }
    set(key, scalar, value, line)
  }

  /// The value, parsed as YAML.
  private mutating func scalar(_ key: CellOptions.Key, _ value: Substring, _ line: Int) -> Node.Scalar? {
    if value.isEmpty {
      report(
        .optionValue(key: key.rawValue, expected: Self.expected(key), found: nil, near: nil), line,
        Self.trimmed((source.line(line) ?? "")[...]))
      return nil
    }
    let isBlock = value.hasPrefix("|") || value.hasPrefix(">")
    if !isBlock, let scalar = (try? YAML.compose(String(value)))?.scalar { return scalar }
    report(.optionNeedsQuotes(key: key.rawValue, value: String(value)), line, value)
    return nil
  }

  private static func expected(_ key: CellOptions.Key) -> String {
    switch key {
    case .echo, .eval, .output, .error, .cache: "true or false"
    case .codeFold: "true, false or show"
    case .label, .codeSummary, .figCap, .figAlt: "text"
    case .quiet: "a code or a list of codes, for example [QR001, QR004]"
    }
  }

  private mutating func set(
    _ key: CellOptions.Key, _ scalar: Node.Scalar, _ value: Substring, _ line: Int
  ) {
    let text = scalar.string
    func boolean() -> Bool? { scalar.style == .plain ? Bool(text) : nil }
    var isFine = true
    switch key {
    case .label:
      options.label = text
      if !Self.isLabel(text) { report(.label(text), line, value) }
    case .echo: (options.echo, isFine) = (boolean(), boolean() != nil)
    case .eval: (options.eval, isFine) = (boolean(), boolean() != nil)
    case .output: (options.output, isFine) = (boolean(), boolean() != nil)
    case .error: (options.error, isFine) = (boolean(), boolean() != nil)
    case .cache: (options.cache, isFine) = (boolean(), boolean() != nil)
    case .codeFold:
      options.codeFold = CellOptions.CodeFold(rawValue: text)
      isFine = options.codeFold != nil
    case .codeSummary: options.codeSummary = text
    case .figCap: options.figCap = text
    case .figAlt: options.figAlt = text
    case .quiet: break  // read separately: it may be a list
    }
    if !isFine {
      report(
        .optionValue(
          key: key.rawValue, expected: Self.expected(key), found: String(value),
          near: Self.boolean(meant: text)),
        line, value)
    }
  }

  private mutating func quiet(_ value: Substring, _ line: Int) {
    guard let node = try? YAML.compose(String(value)), let codes = YAML.texts(of: node) else {
      return report(
        .optionValue(
          key: CellOptions.Key.quiet.rawValue, expected: Self.expected(.quiet),
          found: value.isEmpty ? nil : String(value), near: nil), line,
        value.isEmpty ? Self.trimmed((source.line(line) ?? "")[...]) : value)
    }
    var rest = value
    for (_, code) in codes {
      let place = rest.firstRange(of: code)
      options.quiet.append(
        QuietCode(code: code, range: source.range(line: line, place.map { value[$0] } ?? value)))
      if let place { rest = rest[place.upperBound...] }
    }
  }

  /// YAML 1.1 has more words for true and false; Quarto and YAML 1.2 do not accept them.
  private static func boolean(meant text: String) -> String? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": "true"
    case "false", "no", "off", "0": "false"
    default: nil
    }
  }

  static func isLabel(_ text: String) -> Bool {
    text.utf8.first.map(Mention.isLetter) == true && text.utf8.allSatisfy(Mention.isLabel)
  }

  private mutating func report(_ problem: DocumentProblem, _ line: Int, _ part: Substring) {
    problems.append(LocatedProblem(problem, at: source.range(line: line, part)))
  }
}
