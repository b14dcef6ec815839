import Diagnostics

/// Converts a file's bytes to text: UTF-8 without NULs, at most `DocumentReader.maximumSize` bytes.
enum SourceBytes {
  /// The text without its byte order mark, or the first problem.
  static func text(_ bytes: [UInt8], name: String) -> Result<String, LocatedProblem> {
    if bytes.count > DocumentReader.maximumSize {
      return .failure(LocatedProblem(.tooLarge(name, limit: DocumentReader.maximumSize), at: nil))
    }
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if !isUTF16, let offset = content.firstIndex(of: 0) {
      return .failure(LocatedProblem(.nul(offset: offset), at: range(of: offset, in: content, name: name)))
    }
    if let text = String(validating: content, as: UTF8.self) { return .success(text) }
    let offset = firstInvalid(content)
    return .failure(
      LocatedProblem(
        .notUTF8(
          byte: offset < content.endIndex ? content[offset] : nil, offset: offset, looksLikeUTF16: isUTF16),
        at: range(of: offset, in: content, name: name)))
  }

  /// The offset of the first byte that is not valid UTF-8.
  private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: return offset
      }
    }
  }

  private static func range(of offset: Int, in bytes: ArraySlice<UInt8>, name: String) -> SourceRange {
    let before = SourceText(name: name, text: String(decoding: bytes[..<offset], as: UTF8.self))
    let location = SourceLocation(
      file: name, line: before.lines.count, column: (before.lines.last?.count ?? 0) + 1)
    return SourceRange(location)
  }
}
