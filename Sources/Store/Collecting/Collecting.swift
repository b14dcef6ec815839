import Foundation
import Support

extension Store {
  /// Reduces the store to a limit: removes the least recently used records, then everything that no record uses.
  /// Data pinned by an existing report stays, whatever the limit (``Removal/kept`` is then larger).
  ///
  /// - Parameters:
  ///   - limit: the maximum size in bytes.
  ///   - patience: how long to wait for running notebooks, including a lock of this process.
  /// - Throws: ``StoreError``, `.inUse`, if notebooks are running; ``FileError`` if the store cannot be changed.
  @discardableResult
  public func collect(limit: Int, waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience, limit: limit)
  }

  /// Removes everything.
  ///
  /// - Throws: see ``collect(limit:waiting:)``.
  public func removeAll(waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience) { inventory in Set(inventory.entries.map(\.header.name)) }
  }

  /// Removes the data of a notebook, except what another notebook's last run used. If no notebook has this name,
  /// removes the record whose key begins with it.
  ///
  /// - Parameter text: `cifar10`, `cifar10.md`, or the beginning of a key.
  ///
  /// - Throws: ``StoreError`` if there is no such record or more than one; also see ``collect(limit:waiting:)``.
  public func remove(_ text: String, waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience) { inventory in try names(matching: text, in: inventory) }
  }

  static let shortestPrefix = 4

  private func names(matching text: String, in inventory: Inventory) throws -> Set<RecordName> {
    let notebooks = inventory.entries.map(\.header).filter { $0.name.kind == .notebook }
    let known = notebooks.map(\.name.key)
    let isFile = text.hasSuffix(".md") && !known.contains(text)
    let name = isFile ? String(text.split(separator: "/").last?.dropLast(3) ?? "") : text
    // Data used by its last run, and data left by earlier ones.
    let parts = notebooks.filter { $0.name.key == name }.flatMap { $0.parts + [$0.name] }
    let left = inventory.entries.map(\.header).filter { $0.label.hasPrefix("\(name): ") }.map(\.name)
    if !(parts + left).isEmpty {
      return Set(parts + left).subtracting(notebooks.filter { $0.name.key != name }.flatMap(\.parts))
    }
    let matching = Set(inventory.entries.map(\.header.name).filter { $0.key.hasPrefix(text) })
    let exact = matching.filter { $0.key == text }
    if !exact.isEmpty { return exact }
    guard text.count >= Self.shortestPrefix else {
      throw StoreError(.tooShort(name: text, atLeast: Self.shortestPrefix), directory: directory)
    }
    guard !matching.isEmpty else { throw StoreError(.nothing(name: text), directory: directory) }
    guard matching.count == 1 else {
      let sorted = matching.sorted { ($0.key, $0.kind.rawValue) < ($1.key, $1.kind.rawValue) }
      throw StoreError(.ambiguous(name: text, found: sorted), directory: directory)
    }
    return matching
  }

  /// - Parameter choose: selects records that are removed in any case.
  private func tidy(
    _ patience: Duration, limit: Int = .max,
    dropping choose: (Inventory) throws -> Set<RecordName> = { _ in [] }
  ) throws -> Removal {
    // Do not create a missing store just to lock it.
    let lock = FileBytes.isDirectory(directory) ? try lockAll(waiting: patience) : nil
    defer { lock?.release() }
    let inventory = try Inventory(layout)
    // The clock's file may be lost: new uses must not look older than these.
    if let newest = inventory.entries.map(\.used).max() { recency.restore(newest) }
    var collector = Collector(inventory, layout, dropping: try choose(inventory))
    try collector.drop()
    try collector.evict(to: limit)
    try collector.sweep()
    return collector.removal
  }
}
