import Diagnostics

/// A parsed notebook: its front matter, and its blocks in file order.
///
///     let (document, problems) = DocumentReader.read(path: "notebooks/quickstart.md")
///     for case .step(let cell) in document?.blocks ?? [] { print(cell.label ?? "-", cell.code) }
public struct Document: Sendable {
  /// A fence, or the text between two fences.
  public enum Block: Sendable, Hashable {
    /// Text that is not a fence: headings, paragraphs, lists, tables, …
    case prose(Prose)
    /// A Swift fence that runs.
    case step(Fence)
    /// A fence that is only displayed: another language, or `swift no-run`.
    case listing(Fence)

    /// Whether the block contains the footnotes.
    public var isFootnotes: Bool {
      if case .prose(let prose) = self, case .footnotes? = prose.blocks.first { true } else { false }
    }
  }

  /// The whole file with its front matter; all line numbers refer to it.
  public let source: SourceText
  /// The file's bytes; unlike `source`, with line ends and byte order mark.
  public internal(set) var bytes: [UInt8] = []
  /// The front matter; its default values if the notebook has none.
  public let frontMatter: FrontMatter
  /// The blocks, in file order.
  public let blocks: [Block]

  /// The cells that run, in order.
  public var steps: [Fence] {
    blocks.compactMap { if case .step(let fence) = $0 { fence } else { nil } }
  }

  /// The cell marked `swift parameters`, if there is one.
  public var parameters: Fence? { steps.first { $0.isParameters } }

  /// The links and pictures in prose that lead to files or to anchors of the page, in file order.
  public var targets: [Prose.Target] {
    blocks.flatMap { block -> [Prose.Target] in
      guard case .prose(let prose) = block else { return [] }
      return prose.targets
    }
  }

  /// All `{swift}` expressions in prose, in file order.
  public var inlineExpressions: [InlineExpression] {
    blocks.flatMap { block -> [InlineExpression] in
      guard case .prose(let prose) = block else { return [] }
      return prose.inlineExpressions
    }
  }
}
