/// A text and the name it is known by, able to turn offsets into lines and columns and back.
///
/// Lines and columns count from 1; a column counts characters (grapheme clusters), as editors do.
public struct SourceText: Sendable, Hashable {
  /// The path as the user wrote it, for example `notebooks/cifar10.md`.
  public let name: String
  public let lines: [String]

  /// Lines end in `\n`, `\r\n` or `\r`; a line end at the end of the text opens one more, empty line.
  public init(name: String, text: String) {
    self.name = name
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var start = 0
    var next = 0
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      lines.append(String(decoding: bytes[start..<next - 1], as: UTF8.self))
      if byte == 0x0D, next < bytes.count, bytes[next] == 0x0A { next += 1 }
      start = next
    }
    lines.append(String(decoding: bytes[start...], as: UTF8.self))
    self.lines = lines
  }

  /// The text of a line counted from 1, or `nil` where the file has no such line.
  public func line(_ number: Int) -> String? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }
}

/// A place in a file: line and column count from 1.
public struct SourceLocation: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }

  public static func < (a: Self, b: Self) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }
}

/// A stretch of one line: where it starts and how many characters it covers (at least 1).
public struct SourceRange: Sendable, Hashable, Codable {
  public var start: SourceLocation
  public var length: Int

  public init(_ start: SourceLocation, length: Int = 1) {
    self.start = start
    self.length = max(1, length)
  }
}
