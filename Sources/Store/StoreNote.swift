import Foundation

/// What is wrong with a file of the store.
public enum Damage: Error, Hashable, Sendable {
  case truncated(found: Int, expected: Int)
  case notARecord
  case checksum
  /// It stands at another's place.
  case otherRecord
  /// Not damage but age: written by a version of Quire with another format.
  case otherVersion
}

/// Something that a user should know of, though the run goes on.
public enum StoreNote: Hashable, Sendable, CustomStringConvertible {
  case damaged(path: String, Damage, Remedy)
  case unreadable(path: String, reason: String)
  /// The file system has no locks: nobody keeps two runs apart.
  case unlocked(path: String, reason: String)

  /// What was done instead.
  public enum Remedy: Hashable, Sendable {
    case previousState, otherState, leftOut
  }

  public var description: String {
    switch self {
    case .damaged(let path, .otherVersion, let remedy):
      "\(path) was written by another version of Quire; \(text(remedy))"
    case .damaged(let path, let damage, let remedy):
      "\(path) is damaged (\(text(damage))); \(text(remedy))"
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason); went on without it"
    case .unlocked(let path, let reason):
      "\(path) cannot be locked (\(reason)); do not run a notebook twice at once, nor 'quire cache' meanwhile"
    }
  }

  private func text(_ damage: Damage) -> String {
    switch damage {
    case .truncated(let found, let expected): "\(found) of \(expected) bytes"
    case .notARecord: "not a record"
    case .checksum: "checksum"
    case .otherRecord: "another record's"
    case .otherVersion: "another version's"
    }
  }

  private func text(_ remedy: Remedy) -> String {
    switch remedy {
    case .previousState: "went back to the state before it"
    case .otherState: "took the other state that is kept"
    case .leftOut: "went on without it"
    }
  }
}
