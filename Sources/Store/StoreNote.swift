import Foundation

/// A defect of a file in the store.
public enum Damage: Error, Hashable, Sendable {
  /// The file is shorter or longer than its header says; lengths in bytes.
  case truncated(found: Int, expected: Int)
  /// The file does not start like a record.
  case notARecord
  /// A checksum does not match.
  case checksum
  /// The file contains another record.
  case otherRecord
  /// Not damage: another version of Quire, with a different format, wrote the file.
  case otherVersion
}

/// A problem that the user should know about but that does not stop the run.
public enum StoreNote: Hashable, Sendable, CustomStringConvertible {
  /// A damaged file and how it was handled.
  case damaged(path: String, Damage, Remedy)
  /// A file that cannot be read.
  case unreadable(path: String, reason: String)
  /// The file system does not support locks, so concurrent runs are not prevented.
  case unlocked(path: String, reason: String)

  /// How a damaged file was handled.
  public enum Remedy: Hashable, Sendable {
    /// Used the previous state, the record's other state, or no state.
    case previousState, otherState, leftOut
  }

  public var description: String {
    switch self {
    case .damaged(let path, .otherVersion, let remedy):
      "\(path) was written by another version of Quire; \(text(remedy))"
    case .damaged(let path, let damage, let remedy):
      "\(path) is damaged (\(text(damage))); \(text(remedy))"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason); ignored"
    case .unlocked(let path, let reason):
      "cannot lock \(path) (\(reason)); do not run the same notebook twice at the same time, or 'quire cache' during a run"
    }
  }

  private func text(_ damage: Damage) -> String {
    switch damage {
    case .truncated(let found, let expected): "\(found) of \(expected) bytes"
    case .notARecord: "not a record"
    case .checksum: "checksum"
    case .otherRecord: "contains a different record"
    case .otherVersion: "wrong version"
    }
  }

  private func text(_ remedy: Remedy) -> String {
    switch remedy {
    case .previousState: "using the previous state"
    case .otherState: "using the other saved state"
    case .leftOut: "ignored"
    }
  }
}
