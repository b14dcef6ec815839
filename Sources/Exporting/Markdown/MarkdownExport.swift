import Documents
import Reporting
import Support

/// A notebook as a Markdown page for GitHub: prose with values, code, the results of the last run, figures as
/// files.
///
///     for file in MarkdownExport(document, outputs: outputs).files(named: "cifar10.md") { … }
public struct MarkdownExport {
  private let document: Document
  private let outputs: RunOutputs?
  private let linkPrefix: String

  /// Converts a notebook.
  ///
  /// - Parameters:
  ///   - outputs: the outputs of the last run; without them, the page contains only prose and code.
  ///   - linkPrefix: prepended to relative links, which are relative to the notebook's folder: `../notebooks/`.
  public init(_ document: Document, outputs: RunOutputs? = nil, linkPrefix: String = "") {
    self.document = document
    self.outputs = outputs
    self.linkPrefix = linkPrefix
  }

  /// The page, followed by its images in the folder `NAME_files`.
  public func files(named name: String) -> [ExportedFile] {
    let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    var pictures = PictureFiles(folder: "\(stem)_files")
    let links = ProseLinks(references: references, prefix: linkPrefix)
    let text = NotebookParts(document, values: outputs?.values ?? [], links: links)
    var blocks: [String] = []
    if let head = document.frontMatter.markdown { blocks.append(head) }
    for part in text.parts {
      switch part {
      case .prose(_, let shown):
        // The page is made for readers, as the report is.
        let text = ProseLinks.withoutComments(shown).trimmingNewlines
        if !text.isEmpty { blocks.append(text) }
      case .step(let fence, _): blocks += step(fence, &pictures)
      }
    }
    return [ExportedFile(name, blocks.joined(separator: "\n\n") + "\n")] + pictures.files
  }

  /// A link for each `@label`.
  private var references: [String: String] {
    var references: [String: String] = [:]
    for fence in document.steps {
      guard let label = fence.label else { continue }
      let words = outputs?.step(atLine: fence.range.start.line)?.captionLabel ?? label
      references[label] = "[\(words.escapedMarkdown)](#cell-\(label))"
    }
    return references
  }

  private func step(_ fence: Fence, _ pictures: inout PictureFiles) -> [String] {
    var blocks: [String] = []
    if let label = fence.label { blocks.append("<a id=\"cell-\(label)\"></a>") }
    if fence.options.echo != false { blocks.append(code(fence)) }
    guard let step = outputs?.step(atLine: fence.range.start.line) else { return blocks }
    var captions = Captions(label: step.captionLabel)
    var writer = MarkdownBlocks(label: fence.label)
    for block in step.blocks { blocks += writer.markdown(block, &captions, &pictures) }
    return blocks
  }

  private func code(_ fence: Fence) -> String {
    let text = fence.codeWithoutOptions.trimmingNewlines
    let block = "\(text.fence)swift\n\(text)\n\(text.fence)"
    guard fence.options.codeFold == .folded else { return block }
    return details(fence.options.codeSummary ?? "Code", block)
  }
}

/// The images of a page, each written once.
struct PictureFiles {
  let folder: String
  private(set) var files: [ExportedFile] = []
  private var paths: [[UInt8]: String] = [:]

  init(folder: String) { self.folder = folder }

  /// Adds an image and returns its path relative to the page.
  mutating func add(_ png: [UInt8], name: String) -> String {
    if let known = paths[png] { return known }
    var path = "\(folder)/\(name).png"
    var count = 1
    while files.contains(where: { $0.path == path }) {
      count += 1
      path = "\(folder)/\(name)-\(count).png"
    }
    files.append(ExportedFile(path, png))
    paths[png] = path.linkDestination
    return path.linkDestination
  }
}

/// A collapsible part of a page.
func details(_ summary: String, _ content: String) -> String {
  "<details>\n<summary>\(summary.escapedHTML)</summary>\n\n\(content)\n\n</details>"
}
