import Foundation
import Neural

/// What a store has, as `quire cache ls` shows it.
public struct StoreContents: Sendable {
  public struct Item: Hashable, Sendable {
    public var kind: RecordKind
    public var key: String
    public var label: String
    /// Its files and the blobs that it uses, which others may use too.
    public var bytes: Int
    public var lastUsed: Date
    /// Whether a report that exists keeps it.
    public var isPinned: Bool
  }

  /// What was used last comes first.
  public var items: [Item]
  /// Everything together.
  public var bytes: Int
  /// Damaged records, and what interrupted writes left.
  public var leftovers: Int
}

extension Store {
  /// Looks through the store; nothing is locked or changed.
  ///
  /// - Throws: ``FileError`` where it cannot be read.
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
