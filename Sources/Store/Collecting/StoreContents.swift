import Foundation
import Support

/// The contents of a store, as shown by `quire cache ls`.
public struct StoreContents: Sendable {
  /// A record of the store.
  public struct Item: Hashable, Sendable {
    /// The kind of record.
    public var kind: RecordKind
    /// The record's key.
    public var key: String
    /// The label, for example `cifar10: training, 50 epochs`.
    public var label: String
    /// The size in bytes of its files and the blobs that it uses. Other records may share the blobs.
    public var bytes: Int
    /// The time of the last use.
    public var lastUsed: Date
    /// Whether an existing report pins it.
    public var isPinned: Bool
  }

  /// The records, most recently used first.
  public var items: [Item]
  /// The total size in bytes; shared blobs count once.
  public var bytes: Int
  /// The number of damaged records and leftovers of interrupted writes.
  public var leftovers: Int
}

extension Store {
  /// Lists the store without locking or changing it.
  ///
  /// - Throws: ``FileError`` if it cannot be read.
  public func contents() throws -> StoreContents {
    let inventory = try Inventory(layout)
    let pinned = inventory.pinned(beside: directory)
    let items = Dictionary(grouping: inventory.entries, by: \.header.name).compactMap { name, states in
      states.max { $0.header.generation < $1.header.generation }.map { newest in
        let blobs = Set(states.flatMap(\.header.uses)).reduce(0) { $0 + (inventory.blobs[$1] ?? 0) }
        let used = states.map(\.used).max() ?? newest.used
        return (
          used,
          StoreContents.Item(
            kind: name.kind, key: name.key, label: newest.header.label,
            bytes: states.reduce(blobs) { $0 + $1.size }, lastUsed: used.date,
            isPinned: pinned.records.contains(name))
        )
      }
    }
    let strays = inventory.damaged + inventory.leftovers
    return StoreContents(
      items: items.sorted { ($0.0, $0.1.key) > ($1.0, $1.1.key) }.map(\.1),
      bytes: inventory.entries.reduce(0) { $0 + $1.size } + inventory.blobs.values.reduce(0, +)
        + strays.reduce(0) { $0 + $1.size },
      leftovers: strays.count)
  }
}

extension Stamp {
  var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }
}
