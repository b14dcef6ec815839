/// Applies fix-its to a file's bytes. Everything else is unchanged, including line ends and a byte order mark.
public enum SourceEdits {
  /// Applies fix-its and returns the new bytes with the fix-its that were applied.
  ///
  /// Ranges refer to the original text. Of two overlapping fix-its, the first is applied. One that extends beyond
  /// its line is skipped.
  ///
  ///     SourceEdits.apply([FixIt("", range, "train")], to: Array("trian(1)\r\n".utf8)).bytes   // train(1)\r\n
  public static func apply(_ fixes: [FixIt], to bytes: [UInt8]) -> (bytes: [UInt8], applied: [FixIt]) {
    let lines = lineRanges(of: bytes)
    var edits: [(bytes: Range<Int>, fix: FixIt)] = []
    for fix in fixes {
      guard let range = byteRange(of: fix.range, lines, bytes) else { continue }
      edits.append((range, fix))
    }
    edits.sort { ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound) }
    var out: [UInt8] = []
    var applied: [FixIt] = []
    var next = 0
    for (range, fix) in edits where range.lowerBound >= next {
      out += bytes[next..<range.lowerBound]
      out += Array(fix.replacement.utf8)
      next = range.upperBound
      applied.append(fix)
    }
    out += bytes[next...]
    return (out, applied)
  }

  /// The byte range of each line, without its line end and without the byte order mark.
  private static func lineRanges(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 10 || byte == 13 {
        lines.append(start..<index)
        if byte == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { index += 1 }
        start = index + 1
      }
      index += 1
    }
    lines.append(start..<bytes.count)
    return lines
  }

  private static func byteRange(of range: SourceRange, _ lines: [Range<Int>], _ bytes: [UInt8]) -> Range<Int>?
  {
    let (number, first) = (range.start.line - 1, range.start.column - 1)
    guard lines.indices.contains(number), first >= 0 else { return nil }
    let line = String(decoding: bytes[lines[number]], as: UTF8.self)
    guard let start = line.index(line.startIndex, offsetBy: first, limitedBy: line.endIndex),
      let end = line.index(start, offsetBy: range.length, limitedBy: line.endIndex)
    else { return nil }
    let base = lines[number].lowerBound
    return base + line[..<start].utf8.count..<base + line[..<end].utf8.count
  }
}
