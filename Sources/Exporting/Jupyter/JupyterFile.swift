import Foundation
import Support

/// Reads nbformat 4, any minor version, and converts nbformat 2 and 3.
enum JupyterFile {
  static func read(_ bytes: [UInt8]) throws(JupyterError) -> JSONValue {
    // Some editors write a byte order mark.
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let notebook = JSONReader.value(in: text) else { throw syntaxError(text) }
    guard let object = notebook.object, let format = object["nbformat"] else {
      throw JupyterError(fact: .notANotebook)
    }
    if format == 2 || format == 3 { return OldJupyter.converted(notebook) }
    guard format == 4 else {
      throw JupyterError(fact: .version(format.int.map(String.init) ?? "of an unknown kind"))
    }
    return notebook
  }

  static func cells(_ notebook: JSONValue) throws(JupyterError) -> [JSONValue] {
    guard let cells = notebook["cells"]?.array else {
      throw JupyterError(fact: .form(place: "'cells'", expected: "a list"))
    }
    return cells
  }

  /// The digest of all cells as text, without outputs: it changes if any cell is edited.
  static func digest(_ cells: [JupyterCell]) -> String {
    JupyterText.digest(cells.map { "\($0.kind.rawValue)\0\($0.source)\0" }.joined())
  }

  /// Whether `quire export` wrote it.
  static func isOurs(_ notebook: JSONValue) -> Bool { notebook["metadata"]?["quire"] != nil }

  /// The language of the notebook's code; Python if none is stated.
  static func language(_ notebook: JSONValue) -> String {
    let metadata = notebook["metadata"]
    let name =
      metadata?["language_info"]?["name"]?.string ?? metadata?["kernelspec"]?["language"]?.string ?? "python"
    let word = name.lowercased().filter { $0.isLetter || $0.isNumber || "+-#".contains($0) }
    return word.isEmpty ? "python" : word
  }

  /// The error for text that is not JSON, with its place.
  private static func syntaxError(_ bytes: [UInt8]) -> JupyterError {
    guard let problem = JSONSyntax.firstProblem(in: bytes) else {
      let reason = JSON.isTooDeep(bytes) ? "nested too deeply" : "a number or an escape sequence is invalid"
      return JupyterError(fact: .notJSON(reason))
    }
    return JupyterError(fact: .notJSON(problem.message), line: problem.line, column: problem.column)
  }
}

/// A cell in nbformat.
struct JupyterCell {
  enum Kind: String { case markdown, code, raw }

  let kind: Kind
  /// The cell's position, counted from 1.
  let number: Int
  let source: String
  let metadata: [String: JSONValue]
  let attachments: [String: JSONValue]
  let hasOutputs: Bool

  /// Quire's part of the cell's metadata.
  var quire: [String: JSONValue] { metadata["quire"]?.object ?? [:] }

  /// The fence from which our export made this code cell, unless the code was edited.
  var unchangedSource: String? {
    guard kind == .code, let digest = quire["shownSHA256"]?.string, digest == JupyterText.digest(source)
    else {
      return nil
    }
    return quire["source"]?.string
  }

  init(_ cell: JSONValue, number: Int) throws(JupyterError) {
    func problem(_ key: String, _ expected: String) -> JupyterError {
      JupyterError(fact: .form(place: "\(key) of cell \(number)", expected: expected))
    }
    guard let kind = cell["cell_type"]?.string.flatMap(Kind.init) else {
      throw problem("'cell_type'", "\"markdown\", \"code\" or \"raw\"")
    }
    let lines = cell["source"].flatMap { source in
      source.string.map { [$0] }
        ?? source.array.flatMap { list in
          let texts = list.compactMap(\.string)
          return texts.count == list.count ? texts : nil
        }
    }
    guard let lines else { throw problem("'source'", "text or a list of lines") }
    self.kind = kind
    self.number = number
    source = lines.joined().replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing(
      "\0", with: "")
    metadata = cell["metadata"]?.object ?? [:]
    attachments = cell["attachments"]?.object ?? [:]
    hasOutputs = cell["outputs"]?.array?.isEmpty == false
  }
}
