import Documents
import Support

/// The parts of a notebook's file that cells cannot hold: line ends, byte order mark, and, if they are unusual, the
/// spaces between blocks. Kept in the exported notebook's metadata, so that an import restores the file.
struct OriginalText {
  private let quire: [String: JSONValue]

  init(_ notebook: JSONValue) { quire = notebook["metadata"]?["quire"]?.object ?? [:] }

  /// The imported text, or the original file if no cell was edited.
  func restored(_ text: String, _ cells: [JupyterCell]) -> String {
    if let file = quire["file"]?.string, quire["cellsSHA256"]?.string == JupyterFile.digest(cells) {
      return file
    }
    let lines = quire["lineEnd"] == "\r\n" ? text.replacing("\n", with: "\r\n") : text
    return quire["byteOrderMark"] == true ? "\u{FEFF}" + lines : lines
  }

  /// The metadata for a document; empty if it has only ordinary line ends and spaces.
  ///
  /// - Parameter content: the exported notebook, without outputs, with additional metadata.
  static func metadata(
    _ document: Document, _ content: ([String: JSONValue]) -> JSONValue
  ) -> [String: JSONValue] {
    let bytes = document.bytes
    var metadata: [String: JSONValue] = [:]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { metadata["byteOrderMark"] = true }
    let lineEnds = bytes.count { $0 == 0x0A }
    let pairs = zip(bytes, bytes.dropFirst()).count { $0 == 0x0D && $1 == 0x0A }
    if pairs > 0, 2 * pairs > lineEnds { metadata["lineEnd"] = "\r\n" }
    // Whatever else is lost shows in an import.
    guard let file = String(validating: bytes, as: UTF8.self),
      let json = JSONReader.value(in: Array(JSON.text(content(metadata)).utf8)),
      let cells = try? JupyterFile.cells(json).enumerated().map({ try JupyterCell($1, number: $0 + 1) }),
      let imported = try? JupyterImport(Array(JSON.text(json).utf8), name: "notebook"),
      imported.files.first?.bytes != bytes
    else { return metadata }
    metadata["file"] = .string(file)
    metadata["cellsSHA256"] = .string(JupyterFile.digest(cells))
    return metadata
  }
}
