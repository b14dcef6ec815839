import Diagnostics
import Foundation

/// Reads notebooks: CommonMark with YAML front matter, GitHub tables and Swift fences.
///
///     let (document, problems) = DocumentReader.read(bytes: Data("# Hi".utf8), name: "hi.md")
public enum DocumentReader {
  /// The maximum notebook size, in bytes.
  public static let maximumSize = 16 << 20

  /// Reads a notebook from its bytes.
  ///
  /// - Parameter name: the path as the user wrote it, for locations.
  /// - Returns: the document, or `nil` if the bytes are not text, and all problems in file order. A document with
  ///   errors can be checked further but not run.
  public static func read(bytes: some Sequence<UInt8>, name: String) -> (Document?, [Diagnostic]) {
    switch SourceBytes.text(Array(bytes), name: name) {
    case .failure(let problem): return (nil, [problem.diagnostic])
    case .success(let text): return read(SourceText(name: name, text: text))
    }
  }

  /// Reads a notebook from a file; a read error is returned as a problem.
  public static func read(path: String) -> (Document?, [Diagnostic]) {
    switch NotebookFile.bytes(of: path) {
    case .failure(let problem): return (nil, [problem.diagnostic])
    case .success(let bytes): return read(bytes: bytes, name: path)
    }
  }

  /// The bytes of a notebook's file, or the reason why they cannot be read.
  public static func bytes(of path: String) -> Result<[UInt8], Diagnostic> {
    NotebookFile.bytes(of: path).map { Array($0) }.mapError(\.diagnostic)
  }

  private static func read(_ source: SourceText) -> (Document?, [Diagnostic]) {
    let frontMatter = FrontMatterReader(source)
    // Replace the front matter with empty lines to keep the line numbers.
    let lines = frontMatter.frontMatter.lineCount
    let markdown =
      String(repeating: "\n", count: lines) + source.lines.dropFirst(lines).joined(separator: "\n")
    let nodes = CommonMark.parse(markdown).children

    // Fences first: prose may refer to the label of any cell.
    var fences = FenceReader(source)
    var found: [Int: Fence] = [:]
    for (index, node) in nodes.enumerated() {
      found[index] = fences.fence(node)
      fences.checkNested(node)
    }
    var prose = ProseBuilder(nodes, source: source, labels: Set(fences.labels.keys))
    var blocks: [Document.Block] = []
    var pending: [MarkdownNode] = []
    for (index, node) in nodes.enumerated() {
      guard let fence = found[index] else {
        pending.append(node)
        continue
      }
      if !pending.isEmpty { blocks.append(.prose(prose.prose(pending))) }
      pending = []
      blocks.append(fence.isStep ? .step(fence) : .listing(fence))
    }
    if !pending.isEmpty { blocks.append(.prose(prose.prose(pending))) }

    let problems = frontMatter.problems + fences.problems + prose.problems
    return (
      Document(source: source, frontMatter: frontMatter.frontMatter, blocks: blocks),
      problems.map(\.diagnostic).inSourceOrder()
    )
  }
}
