import Diagnostics
import Documents
import Foundation
import Support

/// A Jupyter notebook converted to a Quire notebook: Markdown cells become prose, code cells become fences that do
/// not run.
///
/// A notebook written by ``JupyterExport`` is restored: front matter, steps, expressions.
///
///     let imported = try JupyterImport(bytes, name: "old")
///     imported.files   // old.md, and the images attached to its cells
public struct JupyterImport {
  /// The notebook, followed by its images.
  public private(set) var files: [ExportedFile] = []
  /// Messages about omitted or changed parts, one sentence each.
  public private(set) var notes: [String] = []

  private let name: String
  private let language: String
  private let isOurs: Bool
  private var frontMatter: String?
  private var title: String?
  private var blocks: [String] = []
  private var attachments: [String: [UInt8]] = [:]
  private var droppedOutputs = 0
  private var labels = ReferenceLabels()

  /// Converts a notebook.
  ///
  /// - Parameter name: the base name of the notebook's file, `NAME.md`, and of its image folder, `NAME_files`.
  /// - Throws: ``JupyterError``.
  public init(_ bytes: [UInt8], name: String) throws(JupyterError) {
    let notebook = try JupyterFile.read(bytes)
    self.name = name
    language = JupyterFile.language(notebook)
    isOurs = JupyterFile.isOurs(notebook)
    var cells: [JupyterCell] = []
    for (index, cell) in try JupyterFile.cells(notebook).enumerated() {
      cells.append(try JupyterCell(cell, number: index + 1))
    }
    for cell in cells { add(cell) }
    if droppedOutputs > 0 {
      notes.append(
        "dropped the outputs of \(droppedOutputs) \(droppedOutputs == 1 ? "cell" : "cells"); run the notebook to create new ones"
      )
    }
    // An exported notebook that had no front matter needs none.
    let head = frontMatter ?? (isOurs ? nil : "---\ntitle: \(JSONText.quoted(title ?? name))\n---")
    let text = ((head.map { [$0] } ?? []) + blocks).joined(separator: "\n\n") + "\n"
    files = [ExportedFile("\(name).md", OriginalText(notebook).restored(text, cells))]
    files += attachments.sorted { $0.key < $1.key }.map { ExportedFile($0.key, $0.value) }
  }

  private mutating func add(_ cell: JupyterCell) {
    if !isOurs, blocks.isEmpty, frontMatter == nil, addFrontMatter(cell) { return }
    switch cell.kind {
    case .markdown: addMarkdown(cell)
    case .code:
      if cell.hasOutputs { droppedOutputs += 1 }
      if let source = cell.unchangedSource {
        blocks.append(source)
        return
      }
      let ours = cell.quire["fence"]?.string.flatMap { $0.contains("`") ? nil : $0 }
      addFence(cell.source, info: ours ?? "\(language) no-run")
    case .raw:
      guard !cell.source.isEmpty else { return }
      notes.append("cell \(cell.number) is a raw cell; it is shown as plain text")
      addFence(cell.source, info: cell.metadata["format"]?.string == "text/x-python" ? "python" : "text")
    }
  }

  /// Uses the YAML at the start of a first cell, as Quarto writes it, if it is valid front matter.
  ///
  /// - Returns: whether the cell has been added.
  private mutating func addFrontMatter(_ cell: JupyterCell) -> Bool {
    let lines = cell.source.trimmingNewlines.split(separator: "\n", omittingEmptySubsequences: false)
    func isDelimiter(_ line: Substring) -> Bool {
      line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }
    guard cell.kind != .code, let first = lines.first, isDelimiter(first),
      let end = lines.dropFirst().firstIndex(where: isDelimiter), end > 1
    else { return false }
    let head = lines[...end].joined(separator: "\n")
    let (document, problems) = DocumentReader.read(bytes: "\(head)\n".utf8, name: name)
    let isValid = document?.frontMatter.lineCount == end + 1 && !problems.contains { $0.severity == .error }
    guard isValid else { return false }
    let rest = lines[(end + 1)...].joined(separator: "\n").trimmingNewlines
    // A raw cell with more than front matter is shown as text.
    if cell.kind == .raw, !rest.isEmpty { return false }
    frontMatter = head
    if !rest.isEmpty { blocks.append(foreign(rest, cell)) }
    return true
  }

  private mutating func addFence(_ code: String, info: String) {
    let word = info.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    blocks.append(code.fenced(word))
  }

  private mutating func addMarkdown(_ cell: JupyterCell) {
    var text = cell.source
    // The cell comes from our export and is unchanged: use its source.
    if let digest = cell.quire["shownSHA256"]?.string {
      let isUnchanged = digest == JupyterText.digest(text)
      if let lines = cell.quire["frontMatter"]?.string {
        // Front matter is possible only at the top.
        if blocks.isEmpty, frontMatter == nil {
          frontMatter = lines
          if isUnchanged { return }
          notes.append("cell \(cell.number) was edited; the original front matter is kept")
        }
      } else if let source = cell.quire["source"]?.string {
        if isUnchanged {
          blocks.append(source)
          return
        }
        notes.append("cell \(cell.number) was edited; its inline values are now plain text")
      }
    } else if !isOurs {
      text = foreign(text, cell)
    }
    text = text.trimmingNewlines
    if !text.allSatisfy(\.isWhitespace) { blocks.append(text) }
  }

  /// Converts Markdown that was not written for Quire: nothing in it runs, and attachments become files.
  private mutating func foreign(_ text: String, _ cell: JupyterCell) -> String {
    var text = ForeignMarkdown.shownOnly(text)
    // Longer names first: a name may be the beginning of another.
    for (file, path) in attach(cell).sorted(by: { $0.0.utf8.count > $1.0.utf8.count }) {
      let encoded = file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? file
      text = text.replacing("attachment:\(file)", with: path).replacing("attachment:\(encoded)", with: path)
    }
    text = labels.separated(text)
    // The first heading becomes the title, which the report itself displays.
    guard title == nil, frontMatter == nil, let (heading, rest) = ForeignMarkdown.firstHeading(text) else {
      return text
    }
    title = heading
    return blocks.isEmpty ? rest ?? text : text
  }

  /// Saves a cell's attached images.
  ///
  /// - Returns: for each image, its name in the cell and its path relative to the notebook.
  private mutating func attach(_ cell: JupyterCell) -> [(String, String)] {
    var paths: [(String, String)] = []
    for (file, variants) in cell.attachments.sorted(by: { $0.key < $1.key }) {
      let data = variants.object?.sorted { $0.key < $1.key }.first?.value
      let encoded = data?.string ?? data?.array?.compactMap(\.string).joined() ?? ""
      guard let bytes = Data(base64Encoded: encoded, options: .ignoreUnknownCharacters), !bytes.isEmpty else {
        notes.append("cell \(cell.number): dropped the attachment '\(file)', which is damaged")
        continue
      }
      let safe = String(
        file.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
      let path = "\(name)_files/\(cell.number)-\(safe)"
      attachments[path] = Array(bytes)
      paths.append((file, path.linkDestination))
    }
    return paths
  }
}

/// JSON strings, which are valid YAML too.
enum JSONText {
  static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
