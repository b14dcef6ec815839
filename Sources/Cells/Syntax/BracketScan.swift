/// Measures a text's brackets before it is parsed: how deeply they nest, and how much work the parser's lookahead
/// would be.
///
/// At each `[`, SwiftParser (603) tries two readings as a type, `[3 of Int]` and `[Int]`, and each of them tries
/// both at the next `[`: the work doubles with every level. A few dozen levels would take hours.
///
/// Brackets in strings and comments count too, but only up to their end: the scan need not agree with Swift's lexer
/// about where they are.
struct BracketScan {
  /// The maximum nesting of brackets and interpolations.
  static let maximumNesting = 120
  /// The maximum number of readings that the parser may try: array literals nest up to 12 deep.
  static let maximumReadings = 12_000
  /// Readings at one bracket that cost next to nothing: a matrix may have any number of rows.
  private static let freeReadings = 3

  fileprivate enum Context {
    case round, curly
    /// A `(` opened by an interpolation; its end continues the string.
    case interpolation
    case square(offset: Int)
    case string(isMultiline: Bool, pounds: Int)
    case lineComment, blockComment
  }

  fileprivate struct Level {
    var context: Context
    /// The number of readings in which this can still be part of a type.
    var readings = 0
    var hasComma = false
  }

  private let bytes: [UInt8]
  private var index = 0
  private var levels: [Level] = []
  private var nesting = 0
  private var total = 0
  /// The offset of the first bracket over a limit.
  private var fault: Int?

  /// The offset of the first bracket over a limit, or `nil` if the text can be parsed in reasonable time.
  static func fault(in text: String) -> Int? {
    var scan = BracketScan(bytes: Array(text.utf8))
    scan.run()
    return scan.fault
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() {
    while index < bytes.count, fault == nil {
      step()
      index += 1
    }
    while fault == nil, !levels.isEmpty { close() }
  }

  private func byte(_ ahead: Int) -> UInt8? { index + ahead < bytes.count ? bytes[index + ahead] : nil }

  private func starts(with text: StaticString) -> Bool {
    let end = index + text.utf8CodeUnitCount
    return end <= bytes.count && text.withUTF8Buffer { $0.elementsEqual(bytes[index..<end]) }
  }

  private mutating func step() {
    switch levels.last(where: { !$0.isBracket || $0.isInterpolation })?.context {
    case .string(let isMultiline, let pounds): if inString(isMultiline, pounds) { return }
    case .lineComment:
      if bytes[index] == 10 || bytes[index] == 13 { return heal() }
    case .blockComment:
      if starts(with: "*/") {
        index += 1
        return heal()
      }
      if starts(with: "/*") {
        index += 1
        return open(.blockComment)
      }
    default:
      if starts(with: "//") { return open(.lineComment) }
      if starts(with: "/*") {
        index += 1
        return open(.blockComment)
      }
      if startsString() { return }
    }
    switch bytes[index] {
    case UInt8(ascii: "("): open(.round)
    case UInt8(ascii: "["): open(.square(offset: index))
    case UInt8(ascii: "{"): open(.curly)
    case UInt8(ascii: ")"): close { $0.isRound }
    case UInt8(ascii: "]"): close { if case .square = $0.context { true } else { false } }
    case UInt8(ascii: "}"): close { if case .curly = $0.context { true } else { false } }
    case UInt8(ascii: ","): if let last = levels.indices.last { levels[last].hasComma = true }
    default: break
    }
  }

  // MARK: Strings

  private mutating func startsString() -> Bool {
    var pounds = 0
    while byte(pounds) == UInt8(ascii: "#") { pounds += 1 }
    guard byte(pounds) == UInt8(ascii: "\"") else { return false }
    index += pounds
    let isMultiline = starts(with: "\"\"\"")
    if isMultiline { index += 2 }
    open(.string(isMultiline: isMultiline, pounds: pounds))
    return true
  }

  /// Whether the bytes are significant to the string itself (a delimiter, an escape, its end); consumes them.
  private mutating func inString(_ isMultiline: Bool, _ pounds: Int) -> Bool {
    func hasPounds(after start: Int) -> Bool {
      (0..<pounds).allSatisfy { byte(start + $0) == UInt8(ascii: "#") }
    }
    switch bytes[index] {
    case 10, 13:
      if isMultiline { return false }
      heal()
    case UInt8(ascii: "\"") where isMultiline ? starts(with: "\"\"\"") : true:
      let quotes = isMultiline ? 3 : 1
      guard hasPounds(after: quotes) else { return true }
      index += quotes - 1 + pounds
      heal()
    case UInt8(ascii: "\\") where hasPounds(after: 1):
      index += pounds + 1
      if byte(0) == UInt8(ascii: "(") { open(.interpolation) }
    default: return false
    }
    return true
  }

  // MARK: Levels

  private mutating func open(_ context: Context) {
    let level = Level(context: context)
    if level.isBracket {
      nesting += 1
      if nesting > Self.maximumNesting { fault = min(index, bytes.count - 1) }
    }
    levels.append(level)
  }

  /// Closes the innermost level that `fits` and all levels inside it; does nothing if a string or comment is in
  /// between.
  private mutating func close(where fits: (Level) -> Bool) {
    guard let found = levels.lastIndex(where: { !$0.isBracket || fits($0) }), fits(levels[found]) else {
      return
    }
    while levels.count > found, fault == nil { close() }
  }

  /// Closes the innermost string or comment, and every bracket opened in it.
  private mutating func heal() {
    while let last = levels.last, fault == nil {
      close()
      if !last.isBracket { return }
    }
  }

  private mutating func close() {
    guard let level = levels.popLast() else { return }
    if level.isBracket { nesting -= 1 }
    var readings = 0
    switch level.context {
    case .square(let offset):
      readings = min(1 + 2 * level.readings, Self.maximumReadings + 1)
      total += max(0, readings - Self.freeReadings)
      if total > Self.maximumReadings { fault = offset }
    case .round: readings = level.readings
    case .curly, .interpolation, .string, .lineComment, .blockComment: break
    }
    guard let outer = levels.indices.last else { return }
    // The readings as `[…]` end at its first comma; those of a tuple continue.
    if case .square = levels[outer].context, levels[outer].hasComma { return }
    levels[outer].readings = min(levels[outer].readings + readings, Self.maximumReadings + 1)
  }
}

extension BracketScan.Level {
  fileprivate var isBracket: Bool {
    switch context {
    case .round, .curly, .interpolation, .square: true
    case .string, .lineComment, .blockComment: false
    }
  }
  fileprivate var isInterpolation: Bool { if case .interpolation = context { true } else { false } }
  fileprivate var isRound: Bool {
    switch context {
    case .round, .interpolation: true
    default: false
    }
  }
}
