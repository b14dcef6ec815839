import Support

/// A file in the IDX format: two zero bytes, the type (8: unsigned bytes), the number of dimensions, the dimensions as
/// big-endian 32-bit numbers, then the elements. Source: the page of the MNIST database, "File formats".
struct IDXFile {
  /// The kinds of files.
  enum Kind: Sendable, Hashable {
    case images, labels

    /// The number of dimensions: images, rows, columns; or labels.
    var dimensions: Int { self == .images ? 3 : 1 }
    var headerBytes: Int { 4 + 4 * dimensions }
    /// The number of bytes of an image, or of a label.
    var recordBytes: Int { self == .images ? IDX.side * IDX.side : 1 }
  }

  var kind: Kind
  /// The data set's name, for errors.
  var dataset: String
  /// The path, for errors.
  var file: String

  /// The maximum number of images.
  static let mostImages = 1 << 20

  /// The number of images or labels according to a file's header.
  ///
  /// - Parameter start: the first bytes of the file.
  /// - Throws: ``DatasetError``.
  func count(_ start: some Collection<UInt8>) throws -> Int {
    let start = Array(start.prefix(kind.headerBytes))
    guard start.count == kind.headerBytes else {
      throw failure(.truncated(found: start.count, expected: kind.headerBytes))
    }
    let magic: [UInt8] = [0, 0, 8, UInt8(kind.dimensions)]
    guard start.starts(with: magic) else {
      throw failure(
        .idx(reason: "it begins with the bytes \(hex(start[..<4])), expected \(hex(magic[...]))"), at: 0)
    }
    let numbers = (0..<kind.dimensions).map { dimension in
      start[(4 + 4 * dimension)...].prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    guard (1...Self.mostImages).contains(numbers[0]) else {
      throw failure(
        .idx(
          reason:
            "the header has \(Number.counted(numbers[0], kind == .images ? "image" : "label")), expected "
            + "1 to \(Number.grouped(Self.mostImages))"), at: 4)
    }
    guard numbers.dropFirst().allSatisfy({ $0 == IDX.side }) else {
      throw failure(
        .idx(
          reason:
            "the header has images of \(numbers[1])×\(numbers[2]) pixels, expected \(IDX.side)×\(IDX.side)"),
        at: 8)
    }
    return numbers[0]
  }

  /// The size of a file with this many images or labels.
  func bytes(count: Int) -> Int { kind.headerBytes + count * kind.recordBytes }

  /// Checks that a file of this size has as many images or labels as its header says.
  ///
  /// - Throws: ``DatasetError``.
  func check(bytes found: Int, count: Int) throws {
    let expected = bytes(count: count)
    if found < expected { throw failure(.truncated(found: found, expected: expected)) }
    if found > expected { throw failure(.wrongLength(found: found, expected: "\(expected)")) }
  }

  /// The elements of a whole file.
  ///
  /// - Throws: ``DatasetError``.
  func elements(_ bytes: [UInt8]) throws -> ArraySlice<UInt8> {
    try check(bytes: bytes.count, count: count(bytes))
    return bytes[kind.headerBytes...]
  }

  /// The labels of a whole file, each one of `classes`.
  ///
  /// - Throws: ``DatasetError``.
  func labels(_ bytes: [UInt8], classes: Int) throws -> [Int32] {
    try elements(bytes).enumerated().map { index, label in
      guard Int(label) < classes else {
        throw failure(.label(found: Int(label), classes: classes), at: kind.headerBytes + index)
      }
      return Int32(label)
    }
  }

  func failure(_ fact: DatasetError.Fact, at offset: Int? = nil) -> DatasetError {
    DatasetError(fact, dataset: dataset, file: file, offset: offset)
  }

  private func hex(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
