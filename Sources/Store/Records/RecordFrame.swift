import Support

/// All of a record except its payload, which can be read without reading the payload.
struct RecordHeader: Codable, Hashable {
  var name: RecordName
  var label: String
  /// Increases with every state of the record.
  var generation: UInt64
  var uses: [ContentDigest]
  var parts: [RecordName]
  var pins: Pins?
  var payloadCount: Int
  var payload: ContentDigest

  init(_ record: Record, generation: UInt64) throws {
    name = record.name
    label = record.label
    self.generation = generation
    uses = record.uses
    parts = record.parts
    pins = record.pins
    payloadCount = record.payload.count
    payload = try ContentDigest(of: record.payload)
  }
}

/// The file format of a record: a magic line with the format version, the header's length (8 bytes, little endian),
/// the header (JSON), the SHA-256 of all of these (32 bytes), the payload. The header contains the payload's length
/// and SHA-256.
enum RecordFrame {
  static let magic = Array("quire record 1\n".utf8)
  private static let family = Array("quire record ".utf8)
  static let digestCount = 32
  /// The maximum header size in bytes.
  static let headerLimit = 16 << 20
  static let payloadLimit = 4 << 30

  /// All bytes before the payload.
  static func head(_ header: RecordHeader) throws -> [UInt8] {
    let json = Array(JSON.text(header).utf8)
    var head = magic
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { head.append(contentsOf: $0) }
    head += json
    return head + (try Digest.bytes(.sha256, of: head))
  }

  /// Reads a header and checks everything except the payload.
  ///
  /// - Throws: ``Damage``, ``FileError``.
  static func header(of file: OpenFile) throws -> (header: RecordHeader, count: Int) {
    let prefixCount = magic.count + 8
    let prefix = try file.bytes(at: 0, count: prefixCount)
    guard prefix.starts(with: family.prefix(prefix.count)) else { throw Damage.notARecord }
    guard prefix.count == prefixCount else {
      throw Damage.truncated(found: file.size, expected: prefixCount)
    }
    guard prefix.starts(with: magic) else { throw Damage.otherVersion }
    let length = prefix[magic.count...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(headerLimit), let length = Int(exactly: length) else { throw Damage.checksum }
    let count = prefixCount + length + digestCount
    guard file.size >= count else { throw Damage.truncated(found: file.size, expected: count) }
    let rest = try file.bytes(at: prefixCount, count: length + digestCount)
    guard rest.count == length + digestCount else {
      throw Damage.truncated(found: prefixCount + rest.count, expected: count)
    }
    let json = Array(rest.prefix(length))
    guard try Digest.bytes(.sha256, of: prefix + json) == Array(rest.suffix(digestCount)) else {
      throw Damage.checksum
    }
    guard let header = try? JSON.value(RecordHeader.self, from: json) else { throw Damage.otherVersion }
    guard header.payloadCount == file.size - count else {
      throw Damage.truncated(found: file.size - count, expected: header.payloadCount)
    }
    return (header, count)
  }

  /// Reads and verifies the payload.
  ///
  /// - Throws: ``Damage``, ``FileError``.
  static func payload(
    of file: OpenFile, _ header: RecordHeader, at start: Int
  ) throws -> [UInt8] {
    guard header.payloadCount <= payloadLimit else {
      throw FileError(.tooLarge(found: header.payloadCount, limit: payloadLimit), path: file.path)
    }
    let payload = try file.bytes(at: start, count: header.payloadCount)
    guard try ContentDigest(of: payload) == header.payload else { throw Damage.checksum }
    return payload
  }
}

extension Record {
  init(_ header: RecordHeader, payload: [UInt8]) {
    self.init(
      header.name.kind, key: header.name.key, label: header.label, payload: payload, uses: header.uses,
      parts: header.parts, pins: header.pins)
  }
}
