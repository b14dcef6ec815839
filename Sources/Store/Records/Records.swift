import Foundation
import Support

extension Store {
  /// Stores a record, replacing the one with its name, and marks it as used.
  ///
  /// A training's previous state is kept unchanged until the new one is safely stored. An identical existing record
  /// is not written again.
  ///
  /// - Parameter isSynced: whether the record is on the disk when this returns. An unsynced one may be lost in a
  ///   power failure.
  /// - Throws: ``FileError``, for example if the disk is full; existing data is unchanged.
  public func write(_ record: Record, isSynced: Bool = true) throws {
    if record.name.kind.generations == 1, isKept(record) {
      return recency.mark(layout.record(record.name, slot: 0))
    }
    let states = states(of: record.name)
    let newest = states.compactMap(\.?.generation).max() ?? 0
    let header = try RecordHeader(record, generation: newest &+ 1)
    let slot = slotToReplace(record.name, states)
    let path = layout.record(record.name, slot: slot)
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    try AtomicFile.write(parts: [RecordFrame.head(header), record.payload], to: path, isSynced: isSynced)
    recency.mark(path)
    trust(record.name, State(slot: slot, generation: header.generation))
  }

  /// Reads a record and marks it as used.
  ///
  /// - Returns: `nil` if there is no valid one. A damaged record is noted and not removed; for a training, its
  ///   other state is then returned.
  public func read(_ kind: RecordKind, key: String) -> Record? {
    let name = RecordName(kind, key: key)
    var damaged: [(path: String, Damage)] = []
    var states: [State] = []
    for slot in 0..<kind.generations {
      switch header(name, slot) {
      case .success(let header?): states.append(State(slot: slot, generation: header.generation))
      case .success(nil): break
      case .failure(let damage): damaged.append((layout.record(name, slot: slot), damage))
      }
    }
    // With an unreadable header, it is unknown which state was newer.
    var remedy = StoreNote.Remedy.otherState
    var found: Record?
    for state in states.sorted(by: { $0.generation > $1.generation }) {
      switch record(name, state.slot) {
      case .success(let record?):
        found = record
        trust(name, state)
        recency.mark(layout.record(name, slot: state.slot))
      case .success(nil): break
      case .failure(let damage):
        damaged.append((layout.record(name, slot: state.slot), damage))
        remedy = .previousState
      }
      if found != nil { break }
    }
    for (path, damage) in damaged {
      note(.damaged(path: path, damage, found == nil ? .leftOut : remedy))
    }
    return found
  }

  /// A record's states by slot, as far as their headers tell; `nil` for a slot without a valid one.
  private func states(of name: RecordName) -> [State?] {
    (0..<name.kind.generations).map { slot in
      guard case .success(let header?) = header(name, slot) else { return nil }
      return State(slot: slot, generation: header.generation)
    }
  }

  /// The slot to overwrite: never that of the newest fully valid state.
  private func slotToReplace(_ name: RecordName, _ states: [State?]) -> Int {
    let newestFirst = states.compactMap(\.self).sorted { $0.generation > $1.generation }
    guard states.count > 1 else { return 0 }
    let keep = newestFirst.first { state in
      if trusted(name) == state { return true }
      guard case .success(_?) = record(name, state.slot) else { return false }
      return true
    }
    return keep?.slot == 0 ? 1 : 0
  }

  private func isKept(_ record: Record) -> Bool {
    guard case .success(let header?) = header(record.name, 0),
      header.payloadCount == record.payload.count,
      case .success(let kept?) = self.record(record.name, 0)
    else { return false }
    return kept == record
  }

  /// Reads a header; `nil` if the file is missing, or unreadable, which is noted.
  private func header(_ name: RecordName, _ slot: Int) -> Result<RecordHeader?, Damage> {
    reading(name, slot) { file in try RecordFrame.header(of: file).header }
  }

  private func record(_ name: RecordName, _ slot: Int) -> Result<Record?, Damage> {
    reading(name, slot) { file in
      let (header, count) = try RecordFrame.header(of: file)
      return Record(header, payload: try RecordFrame.payload(of: file, header, at: count))
    }
  }

  private func reading<T: Named>(
    _ name: RecordName, _ slot: Int, _ read: (OpenFile) throws -> T
  ) -> Result<T?, Damage> {
    let path = layout.record(name, slot: slot)
    do {
      guard let file = try OpenFile.ifPresent(path) else { return .success(nil) }
      let value = try read(file)
      return value.name == name ? .success(value) : .failure(.otherRecord)
    } catch let damage as Damage {
      return .failure(damage)
    } catch {
      note(.unreadable(path: path, reason: (error as? FileError)?.reason ?? "\(error)"))
      return .success(nil)
    }
  }
}

private protocol Named { var name: RecordName { get } }
extension Record: Named {}
extension RecordHeader: Named {}
