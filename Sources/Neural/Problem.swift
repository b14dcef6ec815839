import Support

// Files fail with an error that callers of this library catch too.
@_exported import struct Support.FileError

/// An error that the user can fix: what is wrong, what was found, what to do.
///
/// Every error of this library conforms; each family of errors has its wording in its own file.
public protocol Problem: Error, Sendable, CustomStringConvertible {
  /// The place of the cause in the user's source, if known.
  var origin: Origin? { get }
}

extension Problem {
  public var origin: Origin? { nil }
}

extension FileError: Problem {}

/// A place in a source file; lines and columns count from 1.
public struct Origin: Sendable, Hashable {
  /// The file's path.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1.
  public var column: Int

  /// Creates a place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
