import Foundation
import Support

/// Removes records and the data that only they need: mark and sweep.
struct Collector {
  private let inventory: Inventory
  private let layout: StoreLayout
  private let dropped: Set<RecordName>
  private let pinned: (records: Set<RecordName>, blobs: Set<ContentDigest>)
  /// The number of records that use each blob.
  private var users: [ContentDigest: Int] = [:]
  /// The size in bytes of all records and the blobs that they use.
  private var needed = 0
  private var removed: Set<RecordName> = []
  private(set) var removal = Removal()

  /// - Parameter dropped: records to remove, pinned or not; data pinned only by them is released.
  init(_ inventory: Inventory, _ layout: StoreLayout, dropping dropped: Set<RecordName> = []) {
    self.inventory = inventory
    self.layout = layout
    self.dropped = dropped
    pinned = inventory.pinned(beside: layout.directory, without: dropped)
    for entry in inventory.entries {
      needed += entry.size
      for blob in Set(entry.header.uses) { users[blob, default: 0] += 1 }
    }
    for (blob, size) in inventory.blobs where isNeeded(blob) { needed += size }
  }

  private func isNeeded(_ blob: ContentDigest) -> Bool {
    users[blob, default: 0] > 0 || pinned.blobs.contains(blob)
  }

  /// Removes the least recently used records until the rest fits; never removes pinned data.
  ///
  /// - Throws: ``FileError`` if a file cannot be removed.
  mutating func evict(to limit: Int) throws {
    let oldestFirst = inventory.entries.sorted { ($0.used, $0.path) < ($1.used, $1.path) }
    for entry in oldestFirst where !pinned.records.contains(entry.header.name) {
      if needed <= limit { return }
      try remove(entry)
    }
  }

  /// Removes the dropped records.
  ///
  /// - Throws: ``FileError``.
  mutating func drop() throws {
    for entry in inventory.entries where dropped.contains(entry.header.name) { try remove(entry) }
  }

  private mutating func remove(_ entry: Inventory.Entry) throws {
    try remove(entry.path, entry.size)
    removed.insert(entry.header.name)
    removal.records = removed.count
    needed -= entry.size
    for blob in Set(entry.header.uses) {
      users[blob, default: 0] -= 1
      if !isNeeded(blob) { needed -= inventory.blobs[blob] ?? 0 }
    }
  }

  /// Removes blobs that no record uses, damaged records, and leftovers of interrupted writes.
  ///
  /// - Throws: ``FileError``.
  mutating func sweep() throws {
    for (blob, size) in inventory.blobs.sorted(by: { $0.key.hex < $1.key.hex }) where !isNeeded(blob) {
      try remove(layout.object(blob), size)
      removal.blobs += 1
    }
    for file in inventory.damaged + inventory.leftovers {
      try remove(file.path, file.size)
      removal.leftovers += 1
    }
    removal.kept = needed
  }

  private mutating func remove(_ path: String, _ size: Int) throws {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw FileError(.system(.remove, code: errno), path: path)
    }
    removal.freed += size
  }
}

/// The result of removing data from a store.
public struct Removal: Hashable, Sendable, CustomStringConvertible {
  /// The number of removed records, including training records of which one state was removed.
  public var records = 0
  /// The number of removed blobs.
  public var blobs = 0
  /// The number of removed damaged records and leftovers of interrupted writes.
  public var leftovers = 0
  /// The freed size in bytes.
  public var freed = 0
  /// The remaining size in bytes.
  public var kept = 0

  /// `removed 3 entries and 2 values: 12.3 MB freed, 1.2 GB remaining`.
  public var description: String {
    let parts = [
      (records, "entry", "entries"), (blobs, "value", "values"),
      (leftovers, "damaged or incomplete file", "damaged or incomplete files"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    if parts.isEmpty { return "nothing to remove, \(ByteCount(kept)) remaining" }
    return "removed \(parts.list("and")): \(ByteCount(freed)) freed, \(ByteCount(kept)) remaining"
  }
}
