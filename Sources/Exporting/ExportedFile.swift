/// A file of an export: its path, seen from where the export goes, and its bytes.
public struct ExportedFile: Sendable, Hashable {
  public var path: String
  public var bytes: [UInt8]

  public init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  public init(_ path: String, _ text: String) { self.init(path, Array(text.utf8)) }
}
