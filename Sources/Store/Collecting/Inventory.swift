import Foundation
import Support

/// The files of a store, found by listing its folders without reading payloads.
struct Inventory {
  struct Entry {
    var header: RecordHeader
    var path: String
    /// The file's size in bytes.
    var size: Int
    var used: Stamp
  }

  struct Stray {
    var path: String
    var size: Int
  }

  var entries: [Entry] = []
  /// The size of each blob in bytes.
  var blobs: [ContentDigest: Int] = [:]
  /// Records that cannot be read.
  var damaged: [Stray] = []
  /// Files left by interrupted writes.
  var leftovers: [Stray] = []

  /// Lists a store. Files removed in the meantime are left out.
  ///
  /// - Throws: ``FileError`` if a folder cannot be listed.
  init(_ layout: StoreLayout) throws {
    for kind in RecordKind.allCases { try addRecords(kind, layout) }
    for folder in try Self.list(layout.objects) {
      for name in try Self.list("\(layout.objects)/\(folder)") {
        let path = "\(layout.objects)/\(folder)/\(name)"
        guard let size = Self.size(path) else { continue }
        if let digest = ContentDigest(hex: folder + name), layout.object(digest) == path {
          blobs[digest] = size
        } else {
          leftovers.append(Stray(path: path, size: size))
        }
      }
    }
  }

  private mutating func addRecords(_ kind: RecordKind, _ layout: StoreLayout) throws {
    let folder = layout.records(kind)
    for file in try Self.list(folder) {
      let path = "\(folder)/\(file)"
      guard let size = Self.size(path) else { continue }
      guard let slot = StoreLayout.slot(ofFile: file), slot < kind.generations else {
        leftovers.append(Stray(path: path, size: size))
        continue
      }
      do {
        guard let file = try OpenFile.ifPresent(path), let used = Stamp(of: path) else { continue }
        let header = try RecordFrame.header(of: file).header
        guard layout.record(header.name, slot: slot) == path else { throw Damage.otherRecord }
        entries.append(Entry(header: header, path: path, size: size, used: used))
      } catch is Damage {
        damaged.append(Stray(path: path, size: size))
      }
    }
  }

  /// The file's size; implausibly large sizes are ignored, so that sums cannot overflow.
  private static func size(_ path: String) -> Int? {
    (try? FileBytes.size(path)).map { min($0, 1 << 44) }
  }

  private static func list(_ folder: String) throws -> [String] {
    do { return try FileBytes.list(folder) } catch let error as FileError {
      if case .system(_, ENOENT) = error.fact { return [] }
      // A file in place of a folder does not belong to the store.
      if case .system(_, ENOTDIR) = error.fact { return [] }
      throw error
    }
  }

  /// The records and blobs that existing reports need.
  ///
  /// - Parameter dropped: records to ignore.
  func pinned(beside directory: String, without dropped: Set<RecordName> = []) -> (
    records: Set<RecordName>, blobs: Set<ContentDigest>
  ) {
    var records: Set<RecordName> = []
    var blobs: Set<ContentDigest> = []
    let output = AtomicFile.directory(of: directory)
    for entry in entries where !dropped.contains(entry.header.name) {
      guard let pins = entry.header.pins, FileBytes.isFile("\(output)/\(pins.report)") else { continue }
      records.insert(entry.header.name)
      records.formUnion(pins.records)
      blobs.formUnion(pins.blobs)
    }
    records.subtract(dropped)
    for entry in entries where records.contains(entry.header.name) { blobs.formUnion(entry.header.uses) }
    return (records, blobs)
  }
}
