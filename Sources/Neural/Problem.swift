/// A failure that the user can do something about: what is wrong, what was found, what to do.
///
/// Every error of this library conforms; each family of errors words its cases in its own file.
public protocol Problem: Error, Sendable, CustomStringConvertible {
  /// Where in the user's source the cause stands, if it is known.
  var origin: Origin? { get }
}

extension Problem {
  public var origin: Origin? { nil }
}
