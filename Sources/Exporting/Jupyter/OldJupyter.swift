import Support

/// Converts nbformat 2 and 3, in which notebooks were saved before 2015, to the structure of nbformat 4.
enum OldJupyter {
  static func converted(_ notebook: JSONValue) -> JSONValue {
    var object = notebook.object ?? [:]
    let sheets = object["worksheets"]?.array ?? []
    let cells = sheets.flatMap { $0["cells"]?.array ?? [] }
    object["cells"] = .array(cells.map(cell))
    object["nbformat"] = 4
    // The language was a property of each cell.
    if let language = cells.lazy.compactMap({ $0["language"]?.string }).first {
      var metadata = object["metadata"]?.object ?? [:]
      metadata["language_info"] = ["name": .string(language)]
      object["metadata"] = .object(metadata)
    }
    return .object(object)
  }

  private static func cell(_ cell: JSONValue) -> JSONValue {
    guard var object = cell.object else { return cell }
    switch object["cell_type"]?.string {
    case "code":
      object["source"] = object["input"] ?? object["source"]
    case "heading":
      let level = min(max(1, object["level"]?.int ?? 1), 6)
      let text = object["source"]?.string ?? (object["source"]?.array ?? []).compactMap(\.string).joined()
      let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      object["cell_type"] = "markdown"
      object["source"] = .string(String(repeating: "#", count: level) + " " + words)
    case "html", "rst": object["cell_type"] = "markdown"
    case "plaintext": object["cell_type"] = "raw"
    default: break
    }
    return .object(object)
  }
}
