import Diagnostics
import Foundation

/// Reads notebooks: CommonMark with YAML front matter, GitHub tables and Swift fences.
///
///     let (document, problems) = DocumentReader.read(bytes: Data("# Hi".utf8), name: "hi.md")
public enum DocumentReader {
  /// The largest notebook read, in bytes.
  public static let maximumSize = 16 << 20

  /// Reads a notebook from its bytes.
  ///
  /// - Parameter name: the path as the user wrote it, for locations.
  /// - Returns: the document, or `nil` where the bytes are no text at all, and every problem found, in the
  ///   order of the file. A document with errors is whole enough to be checked further, not to be run.
  public static func read(bytes: some Sequence<UInt8>, name: String) -> (Document?, [Diagnostic]) {
    (nil, [])
  }

  /// Reads a notebook from a file; a file that cannot be read is a problem like any other.
  public static func read(path: String) -> (Document?, [Diagnostic]) {
    (nil, [])
  }
}
