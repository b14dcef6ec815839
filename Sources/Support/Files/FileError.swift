import Foundation

/// An error of a file operation.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operation that failed.
  public enum Action: String, Sendable, Hashable {
    /// Opening, reading, writing or removing a file, or listing a directory.
    case open, read, write, list, remove
    /// Creating a directory.
    case createDirectory = "create folder"
  }

  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The operating system reported an error: `errno`.
    case system(Action, code: Int32)
    /// The file is larger than the limit.
    case tooLarge(found: Int, limit: Int)
    /// The path is a directory or a device instead of a file.
    case notAFile
    /// The file changed while it was read: it had fewer bytes than its size.
    case shortRead(found: Int, expected: Int)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The file's path.
  public var path: String

  /// Creates an error.
  public init(_ fact: Fact, path: String) {
    self.fact = fact
    self.path = path
  }

  /// Creates an error from `errno`; call it right after the system call that failed.
  public static func last(_ action: Action, _ path: String) -> FileError {
    FileError(.system(action, code: errno), path: path)
  }

  public var description: String {
    switch fact {
    case .system(let action, let code):
      "cannot \(action.rawValue) \(path): \(String(cString: strerror(code)))\(hint(code, action))"
    case .tooLarge(let found, let limit):
      "cannot read \(path): \(found) bytes; the maximum is \(limit)"
    case .notAFile:
      "cannot read \(path): not a file"
    case .shortRead(let found, let expected):
      "cannot read \(path): read only \(found) of \(expected) bytes; did the file change?"
    }
  }

  /// The reason without the path.
  public var reason: String {
    switch fact {
    case .system(_, let code): String(cString: strerror(code))
    case .tooLarge(let found, let limit): "\(found) bytes; the maximum is \(limit)"
    case .notAFile: "not a file"
    case .shortRead: "the file changed while it was read"
    }
  }

  private func hint(_ code: Int32, _ action: Action) -> String {
    switch code {
    case ENOSPC, EDQUOT: "; free some space and run again"
    case EROFS: "; choose a writable folder"
    case EACCES, EPERM:
      [.read, .open, .remove].contains(action)
        ? "; check its permissions" : "; choose a writable folder"
    default: ""
    }
  }
}
