import Neural

/// Why the store could not do what was asked.
public struct StoreError: Problem, Hashable {
  public enum Fact: Hashable, Sendable {
    /// Another run of the notebook is going on.
    case running(LockHolder)
    /// What would change the store must wait for these.
    case inUse([LockHolder])
    /// Nothing is kept under the name or the beginning of a key.
    case nothing(name: String)
    /// The beginning of a key is too short to remove by.
    case tooShort(name: String, atLeast: Int)
    /// The beginning of a key is that of several.
    case ambiguous(name: String, found: [RecordName])
  }

  public var fact: Fact
  public var directory: String

  init(_ fact: Fact, directory: String) {
    self.fact = fact
    self.directory = directory
  }

  /// Whether the user named what is not there, or not clearly.
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
        "another run of this notebook (\(holder)) is going on; wait until it ends, or give this one another --output"
    case .inUse(let holders):
      let who = holders.map { holder in
        holder.notebook.map { "a run of '\($0)' (\(holder))" } ?? "\(holder)"
      }
      let users = who.isEmpty ? "another process" : who.joined(separator: " and ")
      return "\(directory) is in use by \(users); wait until that ends and try again"
    case .nothing(let name):
      return "nothing is kept under '\(name)' in \(directory); 'quire cache ls' lists what is"
    case .tooShort(let name, let least):
      return
        "'\(name)' is no notebook here, and too short for the beginning of a key; give \(least) or more of its characters"
    case .ambiguous(let name, let found):
      let keys = found.prefix(5).map { "\($0.key.prefix(16)) (\($0.kind.rawValue))" }.joined(separator: ", ")
      let more = found.count > 5 ? " and \(found.count - 5) more" : ""
      return "'\(name)' is the beginning of \(found.count) keys: \(keys)\(more); give more of its characters"
    }
  }
}
