import Documents
import Reporting
import Support

/// A notebook in Jupyter format (nbformat 4.5): prose as Markdown cells, steps as code cells with the outputs of
/// the last run.
///
///     let file = JupyterExport(document, outputs: outputs).file(named: "cifar10.ipynb")
///
/// Parts that Jupyter has no place for (front matter, fences, inline expressions) are stored in metadata under
/// `quire`, so that ``JupyterImport`` restores the notebook.
public struct JupyterExport {
  private let content: JSONValue

  /// Converts a notebook.
  ///
  /// - Parameters:
  ///   - outputs: the outputs of the last run; without them, cells have no outputs.
  ///   - linkPrefix: prepended to relative links, which are relative to the notebook's folder: `../notebooks/`.
  ///   - notebook: the notebook's path, relative to the exported file.
  public init(
    _ document: Document, outputs: RunOutputs? = nil, linkPrefix: String = "", notebook: String? = nil
  ) {
    let front = document.frontMatter
    let links = ProseLinks(references: Self.references(document, outputs), prefix: linkPrefix)
    let text = NotebookParts(document, values: outputs?.values ?? [], links: links)
    var ids = CellIDs(reserved: document.steps.compactMap(\.label))
    var cells: [JSONValue] = []
    if let lines = text.frontMatter {
      cells.append(Self.markdown(front.markdown ?? "", key: "frontMatter", source: lines, id: ids.next()))
    }
    for part in text.parts {
      switch part {
      case .prose(let source, let shown):
        cells.append(
          Self.markdown(shown, key: "source", source: source == shown ? nil : source, id: ids.next()))
      case .step(let fence, let source):
        let id = fence.label.flatMap { ids.take($0) } ?? ids.next()
        cells.append(Self.code(fence, source, outputs?.step(atLine: fence.range.start.line), id: id))
      }
    }
    // Number the cells as Jupyter does after a single run.
    var count = 0
    cells = cells.map { cell in
      guard var object = cell.object, object["cell_type"] == "code" else { return cell }
      if object["execution_count"] != .null {
        count += 1
        object["execution_count"] = .int(count)
      }
      return .object(object)
    }
    var metadata: [String: JSONValue] = [
      "kernelspec": ["display_name": "Swift", "language": "swift", "name": "swift"],
      "language_info": [
        "name": "swift", "file_extension": ".swift", "mimetype": "text/x-swift", "pygments_lexer": "swift",
      ],
      "quire": ["version": 1],
    ]
    if let notebook { metadata["quire"] = ["version": 1, "notebook": .string(notebook)] }
    if let title = front.title { metadata["title"] = .string(title) }
    if !front.authors.isEmpty { metadata["authors"] = .array(front.authors.map { ["name": .string($0)] }) }
    func content(_ cells: [JSONValue], _ original: [String: JSONValue]) -> JSONValue {
      var metadata = metadata
      metadata["quire"] = .object((metadata["quire"]?.object ?? [:]).merging(original) { $1 })
      return ["cells": .array(cells), "metadata": .object(metadata), "nbformat": 4, "nbformat_minor": 5]
    }
    let withoutOutputs = cells.map { cell in
      cell.object.map { .object($0.filter { $0.key != "outputs" }) } ?? cell
    }
    self.content = content(cells, OriginalText.metadata(document) { content(withoutOutputs, $0) })
  }

  /// The notebook as a file with this name.
  public func file(named name: String) -> ExportedFile { ExportedFile(name, JSON.text(content)) }

  /// The displayed text of each `@label`: `Figure 2`, or the label itself.
  private static func references(_ document: Document, _ outputs: RunOutputs?) -> [String: String] {
    var references: [String: String] = [:]
    for fence in document.steps {
      guard let label = fence.label else { continue }
      references[label] = outputs?.step(atLine: fence.range.start.line)?.captionLabel ?? label
    }
    return references
  }

  /// A Markdown cell.
  ///
  /// - Parameters:
  ///   - key: the metadata key for `source`.
  ///   - source: the text that `shown` was made from; `nil` if both are equal.
  private static func markdown(_ shown: String, key: String, source: String?, id: String) -> JSONValue {
    var metadata: [String: JSONValue] = [:]
    if let source {
      metadata["quire"] = [key: .string(source), "shownSHA256": .string(JupyterText.digest(shown))]
    }
    return [
      "cell_type": "markdown", "id": .string(id), "metadata": .object(metadata),
      "source": JupyterText.lines(shown),
    ]
  }

  /// A code cell.
  ///
  /// - Parameter source: the fence as written, with its opening and closing lines.
  private static func code(_ fence: Fence, _ source: String, _ step: RunOutputs.Step?, id: String)
    -> JSONValue
  {
    let code = fence.code.hasSuffix("\n") ? String(fence.code.dropLast()) : fence.code
    var quire: [String: JSONValue] = ["fence": .string(fence.info)]
    if source != code.fenced(fence.info) {
      quire["source"] = .string(source)
      quire["shownSHA256"] = .string(JupyterText.digest(code))
    }
    var metadata: [String: JSONValue] = ["quire": .object(quire)]
    // papermill finds parameters by this tag.
    if fence.isParameters { metadata["tags"] = ["parameters"] }
    // Jupyter has no element around cells, so the cells of a closed one are folded.
    if fence.isFolded {
      metadata["jupyter"] = ["source_hidden": true, "outputs_hidden": true]
    } else if fence.options.echo == false || fence.options.codeFold == .folded {
      metadata["jupyter"] = ["source_hidden": true]
    }
    let wasRun = step?.status == .ran || step?.status == .failed
    return [
      "cell_type": "code", "id": .string(id), "metadata": .object(metadata),
      "execution_count": wasRun ? 1 : .null, "source": JupyterText.lines(code),
      "outputs": .array(step.map(JupyterOutputs.outputs) ?? []),
    ]
  }
}

/// Unique cell ids: letters, digits, `-` and `_`, at most 64 characters.
private struct CellIDs {
  private var used: Set<String>
  private var count = 0

  init(reserved: [String]) { used = Set(reserved) }

  mutating func next() -> String {
    repeat { count += 1 } while !used.insert("cell-\(count)").inserted
    return "cell-\(count)"
  }

  /// The label as an id, if it is valid.
  func take(_ label: String) -> String? {
    label.count <= 64
      && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
      ? label : nil
  }
}

/// Text as nbformat stores it.
enum JupyterText {
  /// The text as a list of lines with their line ends.
  static func lines(_ text: String) -> JSONValue {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
    if var last = lines.popLast(), last != "\n" {
      last.removeLast()
      lines.append(last)
    }
    return .array(lines.map { .string($0) })
  }

  static func digest(_ text: String) -> String { (try? Digest.hex(.sha256, of: Array(text.utf8))) ?? "" }
}
