/// A named text split into lines.
///
/// Lines and columns count from 1; a column counts characters (grapheme clusters), as editors do.
public struct SourceText: Sendable, Hashable {
  /// The path as the user wrote it, for example `notebooks/cifar10.md`.
  public let name: String
  /// The lines, without line ends.
  public let lines: [String]

  /// Splits the text at `\n`, `\r\n` or `\r`. A line end at the end of the text starts another, empty line.
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

  /// A line's text, counted from 1, or `nil` if the file has no such line.
  public func line(_ number: Int) -> String? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }
}

/// A place in a file.
public struct SourceLocation: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The path as the user wrote it.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1 in characters.
  public var column: Int

  /// Creates a location.
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

/// A part of one line.
public struct SourceRange: Sendable, Hashable, Codable {
  /// The first character.
  public var start: SourceLocation
  /// The number of characters, at least 1.
  public var length: Int

  /// Creates a range on one line.
  public init(_ start: SourceLocation, length: Int = 1) {
    self.start = start
    self.length = max(1, length)
  }
}
