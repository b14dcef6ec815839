/// A file of an export.
public struct ExportedFile: Sendable, Hashable {
  /// The path, relative to the export's destination.
  public var path: String
  /// The file's content.
  public var bytes: [UInt8]

  /// Creates a file from bytes.
  public init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Creates a UTF-8 file from text.
  public init(_ path: String, _ text: String) { self.init(path, Array(text.utf8)) }
}
