import Support

/// An error of a store operation.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of errors.
  public enum Fact: Hashable, Sendable {
    /// Another run of the notebook is in progress.
    case running(LockHolder)
    /// The store is in use by these holders and cannot be changed.
    case inUse([LockHolder])
    /// No entry has this name or a key with this beginning.
    case nothing(name: String)
    /// The given beginning of a key is too short.
    case tooShort(name: String, atLeast: Int)
    /// Several keys have this beginning.
    case ambiguous(name: String, found: [RecordName])
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The store's folder.
  public var directory: String

  init(_ fact: Fact, directory: String) {
    self.fact = fact
    self.directory = directory
  }

  /// Whether the given name is unknown or ambiguous.
  public var isWrongName: Bool {
    switch fact {
    case .nothing, .tooShort, .ambiguous: true
    case .running, .inUse: false
    }
  }

  public var description: String {
    switch fact {
    case .running(let holder):
      return
        "another run of this notebook (\(holder)) is in progress; wait, or choose a different --output"
    case .inUse(let holders):
      let who = holders.map { holder in
        holder.notebook.map { "a run of '\($0)' (\(holder))" } ?? "\(holder)"
      }
      let users = who.isEmpty ? "another process" : who.joined(separator: " and ")
      return "\(directory) is in use by \(users); wait for it to finish and try again"
    case .nothing(let name):
      return "no entry '\(name)' in \(directory); 'quire cache ls' lists the entries"
    case .tooShort(let name, let least):
      return
        "no notebook '\(name)' in the cache, and '\(name)' is too short for a key; use at least \(least) characters of the key"
    case .ambiguous(let name, let found):
      let keys = found.prefix(5).map { "\($0.key.prefix(16)) (\($0.kind.rawValue))" }.joined(separator: ", ")
      let more = found.count > 5 ? " and \(found.count - 5) more" : ""
      return "'\(name)' matches \(found.count) keys: \(keys)\(more); use more characters"
    }
  }
}
