import Foundation

/// What can go wrong between this program and a file.
public struct FileError: Problem, Hashable {
  public enum Action: String, Sendable, Hashable {
    case open, read, write, list, remove
    case createDirectory = "create directory"
  }

  public enum Fact: Sendable, Hashable {
    /// The operating system refused: `errno`.
    case system(Action, code: Int32)
    /// The file is larger than is read at once.
    case tooLarge(found: Int, limit: Int)
    /// A directory or a device stands where a file is expected.
    case notAFile
    /// The file changed while it was read: fewer bytes came than it had.
    case shortRead(found: Int, expected: Int)
  }

  public var fact: Fact
  public var path: String

  public init(_ fact: Fact, path: String) {
    self.fact = fact
    self.path = path
  }

  /// Reads `errno`; to be made right after the call that failed.
  static func last(_ action: Action, _ path: String) -> FileError {
    FileError(.system(action, code: errno), path: path)
  }

  public var description: String {
    switch fact {
    case .system(let action, let code):
      "cannot \(action.rawValue) \(path): \(String(cString: strerror(code)))\(hint(code, action))"
    case .tooLarge(let found, let limit):
      "cannot read \(path): it has \(found) bytes, at most \(limit) are read"
    case .notAFile:
      "cannot read \(path): it is not a file"
    case .shortRead(let found, let expected):
      "cannot read \(path): only \(found) of its \(expected) bytes came; was it changed meanwhile?"
    }
  }

  /// Why, without the path.
  public var reason: String {
    switch fact {
    case .system(_, let code): String(cString: strerror(code))
    case .tooLarge(let found, let limit): "it has \(found) bytes, at most \(limit) are read"
    case .notAFile: "it is not a file"
    case .shortRead: "it was changed meanwhile"
    }
  }

  private func hint(_ code: Int32, _ action: Action) -> String {
    switch code {
    case ENOSPC, EDQUOT: "; free some space and run again"
    case EROFS: "; choose a place that can be written"
    case EACCES, EPERM:
      [.read, .open, .remove].contains(action)
        ? "; check its permissions" : "; choose a place that can be written"
    default: ""
    }
  }
}
