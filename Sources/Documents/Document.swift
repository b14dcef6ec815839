import Diagnostics

/// A notebook as read: its front matter and its blocks in the order of the file.
///
///     let (document, problems) = DocumentReader.read(path: "notebooks/quickstart.md")
///     for case .step(let cell) in document?.blocks ?? [] { print(cell.label ?? "-", cell.code) }
public struct Document: Sendable {
  /// A stretch of the file between fences, or a fence.
  public enum Block: Sendable, Hashable {
    /// Everything that is not a fence: headings, paragraphs, lists, tables …
    case prose(Prose)
    /// A Swift fence that is run.
    case step(Fence)
    /// A fence that is only shown: another language, or `swift no-run`.
    case listing(Fence)
  }

  /// The whole file, front matter included: line numbers everywhere refer to it.
  public let source: SourceText
  public let frontMatter: FrontMatter
  public let blocks: [Block]

  /// The cells that are run, in order.
  public var steps: [Fence] {
    blocks.compactMap { if case .step(let fence) = $0 { fence } else { nil } }
  }

  /// The cell marked `swift parameters`, if there is one.
  public var parameters: Fence? { steps.first { $0.isParameters } }

  /// Every `{swift}` expression in prose, in the order of the file.
  public var inlineExpressions: [InlineExpression] {
    blocks.flatMap { block -> [InlineExpression] in
      guard case .prose(let prose) = block else { return [] }
      return prose.inlineExpressions
    }
  }
}
