import Documents
import Foundation
import Neural
import Reporting
import Support

/// The data that a report carries besides the page: the run's record and the notebook's source.
struct EmbeddedRun {
  /// The ids of the page's elements with the data.
  private enum ID {
    static let run = "run"
    static let notebook = "notebook"
    static let epochs = "epochs"
  }

  /// The source of a notebook, byte for byte.
  struct Notebook: Codable, Sendable {
    /// The file's name, without folders.
    var name: String
    /// The bytes, in base64.
    var base64: String
  }

  /// The record, as in run.json but without local paths.
  var record: RunRecord
  /// The source; `nil` if the notebook says `source: false`.
  var notebook: Notebook?

  /// The epochs of each training, as in history.csv.
  var epochs: [String]

  /// The data to embed in a run's report.
  static func attachments(
    _ run: RunSnapshot, _ provenance: RunProvenance, _ paths: LocalPaths
  ) -> [Attachment] {
    let record = paths.hidden(in: RunRecord(run, provenance).json)
    var attachments = [Attachment(ID.run, json: record)]
    if !run.results.histories.isEmpty {
      attachments.append(Attachment(ID.epochs, json: JSON.text(run.results.histories.map(\.csv))))
    }
    if run.notebook.document.frontMatter.source != false {
      let notebook = Notebook(
        name: "\(run.options.name).md", base64: Data(run.notebook.document.bytes).base64EncodedString())
      attachments.append(Attachment(ID.notebook, json: JSON.text(notebook)))
    }
    return attachments
  }

  /// Reads a report.
  ///
  /// - Throws: ``EmbeddedRunProblem``; `FileError`.
  init(report path: String) throws {
    let page = String(decoding: try FileBytes.read(path, limit: 1 << 30), as: UTF8.self)
    guard let json = Self.json(ID.run, in: page), let record = Self.decoded(RunRecord.self, json) else {
      throw EmbeddedRunProblem.notAReport(path)
    }
    self.record = record
    epochs = Self.json(ID.epochs, in: page).flatMap { Self.decoded([String].self, $0) } ?? []
    notebook = try Self.json(ID.notebook, in: page).map { json in
      guard let notebook = Self.decoded(Notebook.self, json) else { throw EmbeddedRunProblem.damaged(path) }
      return notebook
    }
    if notebook != nil { _ = try source(of: path) }
  }

  /// The notebook's bytes.
  ///
  /// - Parameter path: the report's path, for errors.
  /// - Throws: ``EmbeddedRunProblem`` if the report has no source, or another one than the run read.
  func source(of path: String) throws(EmbeddedRunProblem) -> [UInt8] {
    guard let notebook else { throw .noSource(path) }
    guard let bytes = Data(base64Encoded: notebook.base64).map(Array.init),
      (try? Digest.hex(.sha256, of: bytes)) == record.provenance.notebookSHA256
    else { throw .damaged(path) }
    return bytes
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ json: Substring) -> Value? {
    JSON.isTooDeep(json.utf8) ? nil : try? JSON.decoder.decode(type, from: Data(json.utf8))
  }

  private static func json(_ id: String, in page: String) -> Substring? {
    guard let start = page.range(of: "<script type=\"application/json\" id=\"\(id)\">", options: .backwards),
      let end = page.range(of: "</script>", range: start.upperBound..<page.endIndex)
    else { return nil }
    return page[start.upperBound..<end.lowerBound]
  }
}

/// A reason why a report cannot be extracted or verified.
public enum EmbeddedRunProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is not the report of a run, or was written by a version that embedded nothing.
  case notAReport(String)
  /// The notebook asked to leave its source out.
  case noSource(String)
  /// The embedded source is not the one that was run.
  case damaged(String)
  /// The destination has other content.
  case exists(String)

  public var description: String {
    switch self {
    case .notAReport(let path):
      "\(path): error: not a report that contains its run; name the page of a run, such as output/NAME.html"
    case .noSource(let path):
      "\(path): error: the report does not contain its notebook, because the notebook's front matter says 'source: false'"
    case .damaged(let path):
      "\(path): error: the notebook in the report is not the one that was run; the file was changed or cut off"
    case .exists(let path):
      "\(path): error: the file exists and differs from the notebook in the report; name another destination"
    }
  }
}
