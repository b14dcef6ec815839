/// Reads comma-separated values (RFC 4180): quoted fields with line breaks and doubled quotes, CRLF, LF or CR, and a byte
/// order mark. The first record is the header.
///
///     let file = CSVFile(Array("name,age\r\n\"Ada, Countess\",36\r\n".utf8))
///     file.rows[0].fields   // ["Ada, Countess", "36"]
///
/// All faults are collected with their lines; records at fault are left out.
struct CSVFile {
  /// A record after the header.
  struct Row: Hashable {
    /// The line on which it starts, counted from 1.
    var line: Int
    /// As many as the header has.
    var fields: [String]
  }

  /// The names of the columns, without white space around them.
  private(set) var header: [String] = []
  /// The records; empty lines are skipped.
  private(set) var rows: [Row] = []
  private(set) var faults: [CSVError.Located] = []

  init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      faults = [.init(line: 1, .encoding("UTF-16"))]
      return
    }
    var scanner = CSVScanner(bytes, separator: separator)
    if let record = scanner.next() { readHeader(record) }
    while faults.isEmpty || !header.isEmpty, let record = scanner.next() { read(record) }
  }

  private mutating func readHeader(_ record: CSVScanner.Record) {
    let names = record.fields.map { Self.trimmed($0) }
    if let fault = record.fault { faults.append(.init(line: record.line, fault)) }
    for (index, name) in names.enumerated() {
      if name.isEmpty { faults.append(.init(line: record.line, .unnamedColumn(index + 1))) }
      if !name.isEmpty, names.firstIndex(of: name) != index {
        faults.append(.init(line: record.line, .repeatedColumn(name)))
      }
    }
    if faults.isEmpty { header = names }
  }

  private mutating func read(_ record: CSVScanner.Record) {
    if let fault = record.fault {
      faults.append(.init(line: record.line, fault))
    } else if record.fields.count != header.count {
      faults.append(
        .init(line: record.line, .fieldCount(found: record.fields.count, expected: header.count)))
    } else {
      rows.append(Row(line: record.line, fields: record.fields))
    }
  }

  static func trimmed(_ text: String) -> String {
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? start
    return String(text[start..<end])
  }
}

/// Divides the bytes of a CSV file into records.
private struct CSVScanner {
  struct Record {
    var line: Int
    var fields: [String]
    var fault: CSVError.Fault?
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  private var position: Int
  private var line = 1

  private static let (quote, carriageReturn, lineFeed) = (UInt8(ascii: "\""), UInt8(13), UInt8(10))

  init(_ bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record that is not an empty line; `nil` at the end.
  mutating func next() -> Record? {
    while position < bytes.count, endLine() {}
    guard position < bytes.count else { return nil }
    var record = Record(line: line, fields: [], fault: nil)
    repeat {
      let field = bytes[position...].first == Self.quote ? quoted(&record.fault) : plain(&record.fault)
      if let text = String(validating: field, as: UTF8.self) {
        record.fields.append(text)
      } else {
        record.fields.append("")
        record.fault = record.fault ?? .encoding("something other than UTF-8")
      }
    } while skipSeparator()
    _ = endLine()
    return record
  }

  private mutating func skipSeparator() -> Bool {
    guard position < bytes.count, bytes[position] == separator else { return false }
    position += 1
    return true
  }

  /// Skips a line's end, if there is one.
  private mutating func endLine() -> Bool {
    guard position < bytes.count, isLineEnd(bytes[position]) else { return false }
    let isPair =
      bytes[position] == Self.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == Self.lineFeed
    position += isPair ? 2 : 1
    line += 1
    return true
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.carriageReturn || byte == Self.lineFeed }

  private mutating func plain(_ fault: inout CSVError.Fault?) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
      if bytes[position] == Self.quote { fault = fault ?? .quoteInField }
      position += 1
    }
    return bytes[start..<position]
  }

  private mutating func quoted(_ fault: inout CSVError.Fault?) -> ArraySlice<UInt8> {
    var field: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        position += 1
        guard position < bytes.count, bytes[position] == Self.quote else {
          // Whatever follows the closing quote belongs to no field.
          let rest = plain(&fault)
          if !rest.isEmpty { fault = fault ?? .textAfterQuote }
          return field[...]
        }
        field.append(Self.quote)
        position += 1
      } else if isLineEnd(byte) {
        let start = position
        _ = endLine()
        field += bytes[start..<position]
      } else {
        field.append(byte)
        position += 1
      }
    }
    fault = fault ?? .openQuote
    return field[...]
  }
}
