import Foundation
import Support

@testable import NotebookRunner
@testable import Store

extension FuzzTarget {
  /// A record of the store, unchanged and with corrected checksums, and the content of its payload.
  static let storeRecord = FuzzTarget(name: "store-record", maximumLength: 16_384) { bytes in
    for file in [bytes, mended(bytes)] {
      guard let record = try? read(file) else { continue }
      _ = StepCache.decode(StepCache.Index.self, record)
      if let memory = StepCache.decode(CachedStep.self, record) {
        var fingerprints = Fingerprints()
        fingerprints.apply(memory)
        for name in memory.names {
          _ = fingerprints.fingerprint(of: name.name)
          _ = name.value?.value
        }
      }
    }
  }

  private static func read(_ bytes: [UInt8]) throws -> Record? {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      return nil
    }
    let file = try OpenFile("/proc/self/fd/\(descriptor)")
    let (header, start) = try RecordFrame.header(of: file)
    return Record(header, payload: try RecordFrame.payload(of: file, header, at: start))
  }

  /// A file in memory.
  private static let descriptor: Int32 = {
    let file = tmpfile()
    return file.map(fileno) ?? -1
  }()

  /// The file with the correct lengths and checksums of its header and payload. The header is the text between the
  /// first `{` and the first blank line.
  private static func mended(_ bytes: [UInt8]) -> [UInt8] {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let header = try? JSON.value(RecordHeader.self, from: Array(parts[0])),
      let head = try? RecordFrame.head(
        RecordHeader(
          Record(
            header.name.kind, key: header.name.key, label: header.label, payload: Array(parts[1]),
            uses: header.uses, parts: header.parts, pins: header.pins), generation: header.generation))
    else { return bytes }
    return head + parts[1]
  }
}
