import Exporting
import Foundation
import Neural
import Support

/// Marks exported pages with the path of their notebook, so that an export replaces only earlier exports of the same
/// notebook.
enum ExportMark {
  private static let beginning = "<!-- Exported by quire from "
  private static let end = " -->"
  /// The entry of an ONNX file's metadata with the notebook's path.
  static let metadataKey = "quire_notebook"

  /// The last line of a Markdown page.
  static func line(_ notebook: String) -> String {
    "\n\(beginning)\(notebook.linkDestination.replacing("--", with: "%2D%2D"))\(end)\n"
  }

  /// The reason why the export of a notebook must not replace a file.
  static func problem(_ destination: String, _ format: ExportOptions.Format, notebook: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: destination), !bytes.isEmpty else { return nil }
    guard let source = source(Array(bytes), format) else {
      return
        "\(destination): error: this file exists, and 'quire export' did not write it; choose another file"
    }
    // An export without a path is from an earlier version.
    if source.isEmpty { return nil }
    return other(source, in: Paths.folder(of: destination), than: notebook).map {
      "\(destination): error: this file is the export of \($0); choose another file"
    }
  }

  /// The path of another notebook that still exists, from which an export in a folder was made; `nil` if there is
  /// none.
  ///
  /// - Parameter source: the path of the export's notebook, relative to the folder.
  static func other(_ source: String, in folder: String, than notebook: String) -> String? {
    let path = source.hasPrefix("/") ? source : "\(folder)/\(source)"
    guard FileBytes.isFile(path), Paths.absolute(path) != Paths.absolute(notebook) else { return nil }
    return Paths.relative(path, from: ".")
  }

  /// The path of the notebook that a file was exported from; empty if it is unknown, `nil` if the file is no export.
  private static func source(_ bytes: [UInt8], _ format: ExportOptions.Format) -> String? {
    if format == .ipynb {
      guard let quire = JSONReader.value(in: bytes)?["metadata"]?["quire"] else {
        return nil
      }
      return quire["notebook"]?.string ?? ""
    }
    if format == .onnx { return ONNXExport.metadata(of: bytes)?[metadataKey] }
    let tail = String(decoding: bytes.suffix(1 << 13), as: UTF8.self)
    guard let start = tail.range(of: beginning, options: .backwards) else { return nil }
    let rest = tail[start.upperBound...]
    return rest.range(of: end).flatMap { String(rest[..<$0.lowerBound]).removingPercentEncoding }
  }
}
