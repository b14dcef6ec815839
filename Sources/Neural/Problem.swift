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
