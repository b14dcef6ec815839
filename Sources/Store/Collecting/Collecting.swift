import Foundation
import Neural

extension Store {
  /// Makes the store fit a limit: records go by the order of their last use, then all that no record uses. What an
  /// existing report pins stays, whatever the limit (``Removal/kept`` is then larger).
  ///
  /// - Parameters:
  ///   - limit: bytes.
  ///   - patience: how long to wait for runs that are going on, this process's own lock included.
  /// - Throws: ``StoreError``, `.inUse`, where runs go on; ``FileError`` where the store cannot be changed.
  @discardableResult
  public func collect(limit: Int, waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience, limit: limit)
  }

  /// Removes everything.
  ///
  /// - Throws: as ``collect(limit:waiting:)``.
  public func removeAll(waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience) { inventory in Set(inventory.entries.map(\.header.name)) }
  }

  /// Removes what a notebook's runs left, but for what another's last run used; or, where no notebook has the name, the
  /// record whose key begins with it.
  ///
  /// - Parameter text: `cifar10`, or `cifar10.md`, or the beginning of a key.
  ///
  /// - Throws: ``StoreError`` where there is no such record or more than one; as ``collect(limit:waiting:)``.
  public func remove(_ text: String, waiting patience: Duration = .zero) throws -> Removal {
    try tidy(patience) { inventory in try names(matching: text, in: inventory) }
  }

  static let shortestPrefix = 4

  private func names(matching text: String, in inventory: Inventory) throws -> Set<RecordName> {
    let notebooks = inventory.entries.map(\.header).filter { $0.name.kind == .notebook }
    let known = notebooks.map(\.name.key)
    let isFile = text.hasSuffix(".md") && !known.contains(text)
    let name = isFile ? String(text.split(separator: "/").last?.dropLast(3) ?? "") : text
    // What its last run used, and what earlier ones left.
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

  /// - Parameter choose: the records that go in any case.
  private func tidy(
    _ patience: Duration, limit: Int = .max,
    dropping choose: (Inventory) throws -> Set<RecordName> = { _ in [] }
  ) throws -> Removal {
    // What is not there is not made to be locked.
    let lock = FileBytes.isDirectory(directory) ? try lockAll(waiting: patience) : nil
    defer { lock?.release() }
    let inventory = try Inventory(layout)
    // The clock's file may have been lost: no new use is to look older than these.
    if let newest = inventory.entries.map(\.used).max() { recency.restore(newest) }
    var collector = Collector(inventory, layout, dropping: try choose(inventory))
    try collector.drop()
    try collector.evict(to: limit)
    try collector.sweep()
    return collector.removal
  }
}
